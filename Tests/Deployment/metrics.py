"""Holds the rules and the dashboard to the program's own metrics: metrics.py PROMTOOL METRICS

METRICS is a page of a running program. Every expression is one that Prometheus parses, and asks only for metrics that
there are, with labels and values of `reason` that they have.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

PROMTOOL, PAGE = sys.argv[1], pathlib.Path(sys.argv[2]).read_text()
DEPLOY = pathlib.Path(__file__).resolve().parents[2] / "deploy"
# Of the scrape itself, not of the program.
SCRAPED = {"up"}
TARGET = {"job", "instance"}

families = {name: set() for name in re.findall(r"^# TYPE (\S+)", PAGE, re.MULTILINE)}
for name, labels in re.findall(r"^(\w+)\{(.*)\} ", PAGE, re.MULTILINE):
    base = re.sub(r"_(bucket|sum|count)$", "", name)
    families.setdefault(name, set())
    for known in {name, base} & families.keys():
        families[known] |= set(re.findall(r'(\w+)="', labels))
reasons = set(re.findall(r'reason="(\w+)"', PAGE))

rules = [rule for group in yaml.safe_load((DEPLOY / "prometheus/rules.yml").read_text())["groups"] for rule in group["rules"]]
recorded = {rule["record"] for rule in rules if "record" in rule}
dashboard = json.loads((DEPLOY / "grafana/push-collector.json").read_text())
asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
asked = [expression.replace("$__rate_interval", "5m") for expression in asked]
# What selects the choices of the dashboard's variables.
chosen = [variable["definition"] for variable in dashboard["templating"]["list"] if variable["type"] == "query"]
chosen = [re.fullmatch(r"label_values\((.*), \w+\)", definition).group(1) for definition in chosen]

with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
    checked = [{"record": f"panel{number}", "expr": expression} for number, expression in enumerate(asked + chosen)]
    yaml.safe_dump({"groups": [{"name": "dashboard", "rules": checked}]}, file)
    file.flush()
    subprocess.run([PROMTOOL, "check", "rules", file.name], check=True)

used = set()
for expression in asked + chosen + [rule["expr"] for rule in rules]:
    names = set(re.findall(r"\b(?:push_collector|process)_\w+|\b\w+:push_collector\w*:\w+|\bup\b", expression))
    assert names, expression
    assert names <= families.keys() | recorded | SCRAPED, (expression, names)
    for name, labels in re.findall(r"(\w+)\{([^}]*)\}", expression):
        labels = set(re.findall(r"(\w+)\s*(?:=|!)", labels))
        assert name in SCRAPED or labels <= families.get(name, {"reason"}) | TARGET, (expression, labels)
    for values in re.findall(r'reason(?:=~|!~|=|!=)"([^"]*)"', expression):
        assert set(values.split("|")) <= reasons, (expression, values)
    used |= names

places = [(p["gridPos"]["x"], p["gridPos"]["y"]) for p in dashboard["panels"]]
assert len(places) == len(set(places)) and len({panel["title"] for panel in dashboard["panels"]}) == len(places)
