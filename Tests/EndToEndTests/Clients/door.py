"""Pushes a gauge with prometheus_client over HTTPS, with a user and a password: door.py URL JOB USER PASSWORD

The authority is the one in SSL_CERT_FILE.
"""

import sys
import urllib.error

from prometheus_client import CollectorRegistry, Gauge, push_to_gateway
from prometheus_client.exposition import basic_auth_handler

url, job, user, password = sys.argv[1:]


def handler(url, method, timeout, headers, data):
    return basic_auth_handler(url, method, timeout, headers, data, user, password)


registry = CollectorRegistry()
Gauge("py_door", "A gauge.", registry=registry).set(2.5)
try:
    push_to_gateway(url, job=job, registry=registry, handler=handler)
except urllib.error.HTTPError as error:
    sys.exit(f"HTTPError {error.code}: {error.read().decode()}")
