"""Holds deploy/compose to the schema of Compose, and what its containers read to the tools that know it: compose.py PROMTOOL"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import compose_spec
import yaml

DEPLOY = pathlib.Path(__file__).resolve().parents[2] / "deploy"
FOLDER = DEPLOY / "compose"

text = (FOLDER / "compose.yaml").read_text()
compose_spec.ComposeSpecification.model_validate(yaml.safe_load(text), extra="forbid")
services = yaml.safe_load(text)["services"]

mounts = {}
for service in services.values():
    for volume in service.get("volumes", []):
        source, target = volume.split(":")[:2]
        if source.startswith("."):
            assert (FOLDER / source).is_file(), source
            mounts[target] = FOLDER / source
build = services["push-collector"]["build"]
assert (FOLDER / build["context"] / build["dockerfile"]).is_file()

# Prometheus finds the rules where they are mounted.
with tempfile.TemporaryDirectory() as folder:
    for target in ("/etc/prometheus/prometheus.yml", "/etc/prometheus/rules.yml"):
        shutil.copy(mounts[target], folder)
    subprocess.run([sys.argv[1], "check", "config", f"{folder}/prometheus.yml"], check=True)

# So does Grafana the dashboard, and the dashboard what it is drawn from.
provider, = yaml.safe_load((FOLDER / "grafana/dashboards.yaml").read_text())["providers"]
assert [target for target in mounts if target.startswith(provider["options"]["path"])]
source, = yaml.safe_load((FOLDER / "grafana/datasources.yaml").read_text())["datasources"]
assert source["url"] == "http://prometheus:9090" and "prometheus" in services
json.loads(mounts["/var/lib/grafana/dashboards/push-collector.json"].read_text())
