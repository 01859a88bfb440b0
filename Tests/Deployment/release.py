"""Packs a program twice and looks at what comes out: release.py PROGRAM FOLDER"""

import gzip
import json
import pathlib
import subprocess
import sys

import jsonschema
import referencing
import referencing.jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = pathlib.Path(sys.prefix).parent / "cyclonedx/cyclonedx/schema/_res"
program, folder = sys.argv[1], pathlib.Path(sys.argv[2])


def run(*command, **options):
    result = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    assert result.returncode == 0, (command, result.stdout, result.stderr)
    return result.stdout


stripped = folder / "push-collector"
run("strip", "-o", stripped, program)
packages = []
for number in "12":
    run(ROOT / "deploy/release/package", stripped, folder / number)
    packages.append({file.name: file.read_bytes() for file in (folder / number).iterdir()})
assert packages[0].keys() == packages[1].keys() and len(packages[0]) == 4, packages[0].keys()
for name in packages[0]:
    assert packages[0][name] == packages[1][name], f"{name} differs"
out = folder / "1"
run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=out)

[deb] = out.glob("*.deb")
fields = run("dpkg-deb", "--field", deb)
for library in "libcurl4", "libre2-9", "libyaml-0-2", "zlib1g", "libc6", "ca-certificates":
    assert library in fields, fields
tree = folder / "tree"
run("dpkg-deb", "--raw-extract", deb, tree)
assert (tree / "DEBIAN/conffiles").read_text() == "/etc/push-collector/collector.yaml\n"
run("md5sum", "--check", "--strict", "DEBIAN/md5sums", cwd=tree)
for script in "postinst", "prerm", "postrm":
    run("sh", "-n", tree / "DEBIAN" / script)
files = {str(file.relative_to(tree)) for file in tree.rglob("*") if file.is_file()}
for name in [
    "usr/bin/push-collector", "lib/systemd/system/push-collector.service", "lib/systemd/system/push-collector.socket",
    "usr/share/man/man1/push-collector.1.gz", "usr/share/doc/push-collector/copyright",
    "usr/share/bash-completion/completions/push-collector", "usr/share/zsh/vendor-completions/_push-collector",
    "usr/share/fish/vendor_completions.d/push-collector.fish",
]:
    assert name in files, (name, files)
unit = (tree / "lib/systemd/system/push-collector.service").read_text()
assert "/usr/bin/push-collector" in unit and "/usr/local" not in unit
assert "PushCollector" not in run(tree / "usr/bin/push-collector", "--version")
run(tree / "usr/bin/push-collector", "check", "--config.file", tree / "etc/push-collector/collector.yaml")
run("bash", "-n", tree / "usr/share/bash-completion/completions/push-collector")
page = folder / "push-collector.1"
page.write_bytes(gzip.decompress((tree / "usr/share/man/man1/push-collector.1.gz").read_bytes()))
warnings = subprocess.run(
    ["man", "--warnings", "--local-file", "--troff-device=utf8", "--ditroff", page],
    env={"LC_ALL": "C.UTF-8", "MANWIDTH": "80", "PATH": "/usr/bin:/bin", "MANROFFSEQ": ""}, text=True,
    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
assert warnings.stderr == "", warnings.stderr

[tarball] = out.glob("*.tar.gz")
names = run("tar", "--list", "--file", tarball).split()
assert names == sorted(names) and all(name.startswith("push-collector-") for name in names), names

bom = json.loads((out / "sbom.cdx.json").read_text())
stored = {name: json.loads((SCHEMAS / f"{name}.SNAPSHOT.schema.json").read_text()) for name in ["spdx", "jsf-0.82"]}
registry = referencing.Registry().with_resources(
    [
        (uri, referencing.Resource.from_contents(schema, referencing.jsonschema.DRAFT7))
        for name, schema in stored.items()
        for uri in [f"{name}.SNAPSHOT.schema.json", f"http://cyclonedx.org/schema/{name}.SNAPSHOT.schema.json"]
    ])
schema = json.loads((SCHEMAS / "bom-1.5.SNAPSHOT.schema.json").read_text())
jsonschema.Draft7Validator(schema, registry=registry).validate(bom)
names = {component["name"] for component in bom["components"]}
assert {"swift-nio", "libcurl4", "libre2-9"} <= names, names
