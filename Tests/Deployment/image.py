"""Holds deploy/docker/Dockerfile to hadolint, and its packages to what the program is linked with: image.py PROGRAM"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCKERFILE = ROOT / "deploy/docker/Dockerfile"
# Debian's slim image has these already.
GIVEN = {"libc6", "libgcc-s1"}


def run(*command):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout


run(pathlib.Path(sys.executable).parent / "hadolint", "--failure-threshold", "style", DOCKERFILE)

_, runtime = DOCKERFILE.read_text().split("FROM debian:12-slim\n")
installed = set(re.search(r"--no-install-recommends \\\n(.*) \\\n", runtime).group(1).split())
needed = set()
# libcurl is loaded as the program runs.
for library in ["libcurl.so.4"] + re.findall(r"NEEDED.*\[(.*)\]", run("readelf", "--dynamic", sys.argv[1])):
    owner = run("dpkg-query", "--search", f"*/{library}").splitlines()[0]
    needed.add(owner.split(":")[0])
assert installed == needed - GIVEN | {"ca-certificates"}, (installed, needed)

for source in re.findall(r"^COPY (?:--chmod=\d+ )?(deploy/\S+)", runtime, re.MULTILINE):
    assert (ROOT / source).is_file(), source
