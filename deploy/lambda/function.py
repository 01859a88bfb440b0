"""A function for AWS Lambda, Python 3.12 or later, that counts what it does and pushes when its environment ends.

PUSH_URL names a collector that the function reaches, such as http://collector:3030/pushgateway. Needs no package.

One push an environment, not one an invocation: counters go on over invocations, and nobody waits for a push. Lambda
tells an environment that it ends only where an extension is registered, so the function registers one that asks for no
event. It then has 500 ms, less than a backend may take: `Prefer: respond-async` has the collector answer as soon as it
holds the samples, and deliver them after the function has gone. What Lambda kills without notice (a crash, a timeout)
is not pushed; a function whose every invocation counts pushes at the end of its handler, with `Prefer: wait=2`.
"""

import json
import os
import signal
import sys
import threading
import time
import urllib.parse
import urllib.request

counts = {"invocations": 0, "failures": 0, "seconds": 0.0}


def handler(event, context):
    """What Lambda calls: the work, and what is known of it."""
    began = time.monotonic()
    counts["invocations"] += 1
    try:
        return work(event)
    except Exception:
        counts["failures"] += 1
        raise
    finally:
        counts["seconds"] += time.monotonic() - began


def work(event):
    """In place of yours."""
    return {"greeting": f"hello, {event['name']}"}


def push():
    """Pushes the counters under the function's name and the environment's own identity."""
    group = "/".join(
        urllib.parse.quote(part, safe="")
        for part in ("job", os.environ["AWS_LAMBDA_FUNCTION_NAME"], "instance", os.environ["AWS_LAMBDA_LOG_STREAM_NAME"])
    )
    body = "".join(f"# TYPE function_{name}_total counter\nfunction_{name}_total {value}\n" for name, value in counts.items())
    request = urllib.request.Request(
        f"{os.environ['PUSH_URL']}/metrics/{group}", body.encode(), {"Prefer": "respond-async"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=0.4) as answer:
        return answer.status


def end(_signal, _frame):
    """SIGTERM: the environment ends."""
    if counts["invocations"] > 0:
        try:
            print(f"pushed: {push()}", flush=True)
        except OSError as error:
            print(f"not pushed: {error}", flush=True)
    sys.exit(0)


def extend():
    """Registers an extension that asks for no event, and waits for ever for the next one."""
    api = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2020-01-01/extension"
    headers = {"Lambda-Extension-Name": "push-at-the-end", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{api}/register", json.dumps({"events": []}).encode(), headers, method="POST")
    with urllib.request.urlopen(request) as answer:
        identifier = answer.headers["Lambda-Extension-Identifier"]
    waiting = urllib.request.Request(f"{api}/event/next", headers={"Lambda-Extension-Identifier": identifier})
    threading.Thread(target=urllib.request.urlopen, args=[waiting], daemon=True).start()


signal.signal(signal.SIGTERM, end)
extend()
