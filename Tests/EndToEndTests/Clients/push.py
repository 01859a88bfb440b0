"""Pushes one metric of each type with prometheus_client: push.py URL JOB push|pushadd|delete [--gzip] [LABEL=VALUE...]"""

import sys
import urllib.error

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Summary
from prometheus_client import delete_from_gateway, push_to_gateway, pushadd_to_gateway

url, job, method, *rest = sys.argv[1:]
compression = {"compression": "gzip"} if "--gzip" in rest else {}
grouping_key = dict(word.split("=", 1) for word in rest if "=" in word)

registry = CollectorRegistry()
Counter("py_batches", "Batches.", ["kind"], registry=registry).labels("full").inc(3)
Gauge("py_load", "Load.", registry=registry).set(2.5)
duration = Histogram("py_duration_seconds", "Time.", registry=registry, buckets=(0.5, 1, 10))
for seconds in (0.25, 0.75, 100):
    duration.observe(seconds)
Summary("py_size_bytes", "Size.", registry=registry).observe(2)

try:
    if method == "delete":
        delete_from_gateway(url, job=job, grouping_key=grouping_key)
    else:
        push = {"push": push_to_gateway, "pushadd": pushadd_to_gateway}[method]
        push(url, job=job, registry=registry, grouping_key=grouping_key, **compression)
except urllib.error.HTTPError as error:
    sys.exit(f"HTTPError {error.code}: {error.read().decode()}")
