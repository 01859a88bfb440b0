# Push Collector. `make help` lists what there is; each target works alone on a fresh Debian 12 with Swift 6.3 and root.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
export SWIFT_BACKTRACE ?= enable=no

LIBRARIES := libcrypt-dev libcurl4-openssl-dev libdeflate-dev libre2-dev libsnappy-dev libyaml-dev libzstd-dev zlib1g-dev
TOOLS := .build-tools
PYTHON_PACKAGES := Tests/EndToEndTests/Clients/requirements.txt
RELEASE := .build/release/push-collector
# All at once, two thousand tests would wait for each other's turn of two processors, longer than some can bear.
TESTS := --disable-xctest --experimental-maximum-parallelization-width 16
# The compiler proves most accesses exclusive; what it cannot, tests check as they run (docs/decisions/0014).
UNCHECKED := -Xswiftc -enforce-exclusivity=unchecked
# What runs often in a push, as `make profile` has counted it, is laid out for that (docs/decisions/0023).
PROFILE := deploy/release/program.profdata
PROFILED := -Xswiftc -Xfrontend -Xswiftc -ir-profile-use=$(CURDIR)/$(PROFILE)
RELEASED := -c release --static-swift-stdlib $(UNCHECKED)

.PHONY: browser help setup setup-build setup-tests build profile test lint format bench bench-gate fuzz soak e2e run stripped systemd release ci clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: setup-tests ## Install all that building and testing need

setup-build: ## Install the libraries to build with
	@Tests/Tools/install-packages pkg-config ca-certificates $(LIBRARIES)

setup-tests: setup-build ## Also install what the tests run against
	@Tests/Tools/install-packages binutils curl dpkg-dev g++ golang-github-masterminds-sprig-dev golang-github-prometheus-client-golang-dev \
		golang-go golang-gopkg-yaml.v3-dev libpcre2-8-0 libzstd1 man-db openssl prometheus-cpp-dev python3 python3-venv systemd wget
	@command -v node >/dev/null || Tests/Tools/install-packages nodejs
	@Tests/Tools/unpack-peers $(TOOLS) prometheus victoria-metrics prometheus-pushgateway nginx
	@[ -x $(TOOLS)/python/bin/python ] || python3 -m venv $(TOOLS)/python
	@cmp -s $(PYTHON_PACKAGES) $(TOOLS)/python/installed.txt || { \
		$(TOOLS)/python/bin/pip install --quiet --disable-pip-version-check --only-binary :all: -r $(PYTHON_PACKAGES) \
		&& cp $(PYTHON_PACKAGES) $(TOOLS)/python/installed.txt; }
	@[ -d $(TOOLS)/cyclonedx ] || $(TOOLS)/python/bin/pip install --quiet --disable-pip-version-check --no-deps \
		--only-binary :all: --target $(TOOLS)/cyclonedx cyclonedx-python-lib==11.12.0
	@Tests/Tools/build-clients $(TOOLS)

build: setup-build ## Build the release program, .build/release/push-collector
	@swift build --product push-collector $(RELEASED) $(PROFILED)

profile: setup-tests ## Count what runs how often while the judge of `make bench` looks on, for `make build`
	@Tests/Tools/install-packages binutils util-linux wrk
	@Tests/Tools/profile $(TOOLS) $(PROFILE) --product push-collector $(RELEASED)

test: setup-tests lint build ## Run all that a pull request must pass
	@PUSH_COLLECTOR_TOOLS=$(CURDIR)/$(TOOLS) PUSH_COLLECTOR_PROGRAM=$(CURDIR)/$(RELEASE) \
		swift test $(TESTS) 2>&1 | tee .build/test.log || { echo "# what failed:"; grep -E '✘|↳' .build/test.log; exit 1; }

e2e: setup-tests build ## Run the built program against real backends and clients
	@PUSH_COLLECTOR_TOOLS=$(CURDIR)/$(TOOLS) PUSH_COLLECTOR_PROGRAM=$(CURDIR)/$(RELEASE) \
		swift test $(TESTS) --filter EndToEndTests

lint: ## Check the form of the sources
	@swift format lint --strict --parallel --recursive --configuration .swift-format Package.swift Sources Tests

format: ## Bring the sources into form
	@swift format --in-place --parallel --recursive --configuration .swift-format Package.swift Sources Tests

fuzz: setup-build ## Fuzz the parsers, relabelling, requests, routes and codings, FUZZ_SECONDS (120) each
	@Tests/Tools/install-packages lld
	@Tests/Tools/fuzz FuzzProtobuf "$${FUZZ_SECONDS:-120}"
	@Tests/Tools/fuzz FuzzText "$${FUZZ_SECONDS:-120}"
	@Tests/Tools/fuzz FuzzOpenMetrics "$${FUZZ_SECONDS:-120}"
	@Tests/Tools/fuzz FuzzLabels "$${FUZZ_SECONDS:-120}"
	@Tests/Tools/fuzz FuzzRelabel "$${FUZZ_SECONDS:-120}"
	@Tests/Tools/fuzz FuzzRoute "$${FUZZ_SECONDS:-120}"
	@Tests/Tools/fuzz FuzzRequest "$${FUZZ_SECONDS:-120}"
	@Tests/Tools/fuzz FuzzEncodings "$${FUZZ_SECONDS:-120}"

soak: setup-tests build ## Load the program among random faults, SOAK_SECONDS (600), and six minutes of others before
	@PUSH_COLLECTOR_SOAK=1 PUSH_COLLECTOR_TOOLS=$(CURDIR)/$(TOOLS) PUSH_COLLECTOR_PROGRAM=$(CURDIR)/$(RELEASE) \
		swift test $(TESTS) --filter FaultSoakTests

browser: setup-tests build ## Look at the status page in a real browser, and leave pictures of it in .build-browser
	@Tests/Tools/install-packages chromium fonts-inter
	@$(TOOLS)/python/bin/python -B Tests/Browser/status.py $(RELEASE) .build-browser

systemd: setup-tests build ## Run deploy/systemd under a systemd of its own; takes root
	@Tests/Deployment/systemd $(RELEASE)

bench: setup-tests build ## Judge speed, bytes and memory beside vmagent, and write .build-bench/result.json
	@Tests/Tools/install-packages binutils util-linux valgrind wrk
	@for program in BenchParse BenchEncode BenchRelabel BenchPlain; do \
		PUSH_COLLECTOR_BENCH=1 swift build --product $$program $(RELEASED) $(PROFILED); done
	@missed=; while read -r work; do echo "# $$work"; $$work </dev/null || missed+="; $$work"; done <<< "$$BENCHMARKS"; \
		[ -z "$$missed" ] || { echo "a goal was missed by $${missed#; }"; exit 1; }

define BENCHMARKS
.build/release/BenchParse
.build/release/BenchParse allocations
.build/release/BenchEncode
.build/release/BenchRelabel
Tests/Benchmarks/program $(RELEASE) $(TOOLS) .build-bench/result.json .build/release/BenchPlain
Tests/Benchmarks/delivery $(RELEASE) $(TOOLS)
python3 Tests/Benchmarks/bombs $(RELEASE)
python3 Tests/Benchmarks/scrape $(RELEASE) $(TOOLS)
Tests/Benchmarks/gate scrape
endef
export BENCHMARKS

bench-gate: setup-build ## Count the instructions of each stage, and compare them with what is allowed
	@Tests/Tools/install-packages binutils python3 util-linux valgrind
	@Tests/Benchmarks/gate

run: build ## Build, then run the collector with a receiver that prints what arrives
	@exec $(RELEASE) dev --config.file collector.yaml

stripped: build ## Build and strip the program
	@mkdir -p .build-release && cp $(RELEASE) .build-release/ && strip .build-release/push-collector
	@Tests/Tools/check-binary .build-release/push-collector

release: stripped ## Pack the stripped program: .deb, tarball, checksums, list of what is in it
	@Tests/Tools/install-packages dpkg-dev lintian python3
	@deploy/release/package .build-release/push-collector .build-release/packages
	@lintian --fail-on error,warning --tag-display-limit 0 .build-release/packages/*.deb
	@ls -l .build-release/packages

ci: bench-gate test ## What the continuous integration runs

clean: ## Remove all that was built
	@rm -rf .build .build-*
