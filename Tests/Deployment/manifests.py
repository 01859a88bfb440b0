"""Validates deploy/kubernetes and what the chart of deploy/helm renders: manifests.py RENDERER PROGRAM

Every object by the schema of Kubernetes, strictly; that the chart's defaults are the files of deploy/kubernetes/service;
that every container runs as nobody, with nothing to write and nothing more than it needs; that the program takes each
configuration, and the pod's time to end is more than the configuration asks for.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema
import kubernetes_validate
import yaml

RENDERER, PROGRAM = sys.argv[1:]
DEPLOY = pathlib.Path(__file__).resolve().parents[2] / "deploy"
CHART = DEPLOY / "helm/push-collector"
OLDEST = "1.29"
VERSION = subprocess.run([PROGRAM, "--version"], check=True, text=True, stdout=subprocess.PIPE).stdout.split()[1]


def objects(text):
    return [document for document in yaml.safe_load_all(text) if document]


def render(values=None, release="push-collector"):
    """The chart's objects, after the values were held to the chart's own schema."""
    given = yaml.safe_load((CHART / "values.yaml").read_text()) | (values or {})
    jsonschema.validate(given, json.loads((CHART / "values.schema.json").read_text()))
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        yaml.safe_dump(values or {}, file)
        file.flush()
        command = [RENDERER, CHART, release, file.name]
        return objects(subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout)


def pod_of(thing):
    """The specification of the pods that an object makes; nothing if it makes none."""
    spec = thing.get("spec", {})
    spec = spec.get("jobTemplate", {}).get("spec", spec)
    return spec.get("template", {}).get("spec")


def check_pod(pod):
    # Only who asks the API server has a token for it.
    assert pod["automountServiceAccountToken"] is ("serviceAccountName" in pod)
    assert pod["securityContext"]["runAsNonRoot"] is True and pod["securityContext"]["runAsUser"] == 65534
    for container in pod["containers"] + pod.get("initContainers", []):
        if container["image"].startswith("push-collector:"):
            assert container["image"] == f"push-collector:{VERSION}", container["image"]
        context = container["securityContext"]
        assert context["readOnlyRootFilesystem"] is True and context["allowPrivilegeEscalation"] is False
        assert context["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}
        assert "memory" in container["resources"]["limits"]


def seconds(duration):
    assert duration.endswith("s"), duration
    return int(duration[:-1])


def check_configuration(text, pods):
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(text)
        file.flush()
        subprocess.run([PROGRAM, "check", f"--config.file={file.name}"], check=True, stdout=subprocess.DEVNULL)
    shutdown = yaml.safe_load(text)["shutdown"]
    needed = seconds(shutdown.get("delay", "0s")) + seconds(shutdown["timeout"])
    assert pods and all(pod["terminationGracePeriodSeconds"] > needed for pod in pods)


def check(things):
    """All that one set of objects has to be."""
    for thing in things:
        # The operator's own kinds have no schema here.
        if not thing["apiVersion"].startswith("monitoring.coreos.com/"):
            for version in (OLDEST, kubernetes_validate.latest_version()):
                kubernetes_validate.validate(thing, version, strict=True)
    pods = [pod for pod in map(pod_of, things) if pod]
    for pod in pods:
        check_pod(pod)
    for thing in things:
        if thing["kind"] == "ConfigMap":
            check_configuration(thing["data"]["collector.yaml"], pods)


def plain(thing):
    """An object without what only Helm adds, and with its configuration as what it means."""
    for name in ("helm.sh/chart", "app.kubernetes.io/managed-by"):
        thing["metadata"]["labels"].pop(name, None)
    if thing["kind"] == "Deployment":
        thing["spec"]["template"]["metadata"].pop("annotations", None)
    if thing["kind"] == "ConfigMap":
        thing["data"] = {name: yaml.safe_load(text) for name, text in thing["data"].items()}
    return thing


def by_kind(things):
    return {thing["kind"]: plain(thing) for thing in things}


folders = {}
for folder in ("service", "sidecar", "scrape"):
    files = sorted(path for path in (DEPLOY / "kubernetes" / folder).glob("*.yaml") if path.name != "kustomization.yaml")
    folders[folder] = [thing for file in files for thing in objects(file.read_text())]
    check(folders[folder])
kustomization = yaml.safe_load((DEPLOY / "kubernetes/service/kustomization.yaml").read_text())
assert len(kustomization["resources"]) == len(folders["service"])
assert all((DEPLOY / "kubernetes/service" / name).is_file() for name in kustomization["resources"])

assert len(yaml.safe_load((DEPLOY / "kubernetes/scrape/kustomization.yaml").read_text())["resources"]) == 4
scraping = {thing["kind"]: thing for thing in folders["scrape"]}
RULES = [
    {"apiGroups": [""], "resources": ["services"], "verbs": ["list", "watch"]},
    {"apiGroups": ["discovery.k8s.io"], "resources": ["endpointslices"], "verbs": ["list", "watch"]},
]
assert scraping["ClusterRole"]["rules"] == RULES
assert pod_of(scraping["StatefulSet"])["serviceAccountName"] == scraping["ServiceAccount"]["metadata"]["name"]
cluster = yaml.safe_load(scraping["ConfigMap"]["data"]["collector.yaml"])["scrape"]["push_gateways"]["clustering"]
assert cluster == {"enabled": True, "replicas": scraping["StatefulSet"]["spec"]["replicas"]}

# The chart's own rights, for one replica that scrapes.
config = {"remote_write": [{"url": "http://p:9090/api/v1/write"}], "shutdown": {"timeout": "25s"},
          "scrape": {"push_gateways": {"kubernetes": {"enabled": True}}}}
alone = render({"rbac": {"create": True}, "config": config, "replicas": 1, "autoscaling": {"enabled": False}})
check(alone)
scraper = {thing["kind"]: thing for thing in alone}
assert scraper["ClusterRole"]["rules"] == RULES
assert scraper["ClusterRoleBinding"]["subjects"][0]["name"] == scraper["ServiceAccount"]["metadata"]["name"]
assert pod_of(scraper["Deployment"])["serviceAccountName"] == scraper["ServiceAccount"]["metadata"]["name"]

monitored = {"serviceMonitor": {"enabled": True, "interval": "30s", "labels": {}}}
check(render())
assert by_kind(render(monitored)) == by_kind(folders["service"])

# Every branch of the templates.
full = render(monitored | {
    "autoscaling": {"enabled": False}, "replicas": 3, "podDisruptionBudget": {"enabled": False},
    "image": {"repository": "registry.example/push-collector", "tag": "1", "pullPolicy": "Always"},
    "imagePullSecrets": [{"name": "pull"}], "nodeSelector": {"kubernetes.io/os": "linux"},
    "env": [{"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "backend", "key": "token"}}}],
    "volumes": [{"name": "certificates", "secret": {"secretName": "backend"}}],
    "volumeMounts": [{"name": "certificates", "mountPath": "/certificates", "readOnly": True}],
    "tolerations": [{"operator": "Exists"}], "podAnnotations": {"a": "b"}, "networkPolicy": {"from": []},
    "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
        "nodeSelectorTerms": [{"matchExpressions": [{"key": "zone", "operator": "Exists"}]}]}}},
}, release="metrics")
check(full)
kinds = {thing["kind"]: thing for thing in full}
assert kinds.keys() == {"ConfigMap", "Deployment", "NetworkPolicy", "Service", "ServiceMonitor"}
assert {thing["metadata"]["name"] for thing in full} == {"metrics-push-collector"}
assert kinds["Deployment"]["spec"]["replicas"] == 3
assert pod_of(kinds["Deployment"])["containers"][0]["image"] == "registry.example/push-collector:1"
