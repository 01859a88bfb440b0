"""Plays AWS Lambda for deploy/lambda/function.py: registers its extension, invokes it three times, and ends it.

lambda.py URL_OF_THE_COLLECTOR
"""

import http.server
import os
import pathlib
import signal
import subprocess
import sys
import threading

REGISTERED = threading.Event()
WAITING = threading.Event()


class Extensions(http.server.BaseHTTPRequestHandler):
    """As much of Lambda's Extensions API as an extension without events sees."""

    def do_POST(self):
        assert self.path == "/2020-01-01/extension/register", self.path
        assert self.rfile.read(int(self.headers["Content-Length"])) == b'{"events": []}'
        self.send_response(200)
        self.send_header("Lambda-Extension-Identifier", "the-extension")
        self.send_header("Content-Length", "0")
        self.end_headers()
        REGISTERED.set()

    def do_GET(self):
        assert self.path == "/2020-01-01/extension/event/next", self.path
        assert self.headers["Lambda-Extension-Identifier"] == "the-extension"
        WAITING.set()
        threading.Event().wait()

    def log_message(self, *_):
        pass


PROGRAM = """
import function, time
for event in ({"name": "a"}, {"name": "b"}, {}):
    try:
        function.handler(event, None)
    except KeyError:
        pass
print("idle", flush=True)
while True:
    time.sleep(0.1)
"""

# Whoever starts this may have signals blocked, and what it starts would inherit that.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Extensions)
threading.Thread(target=server.serve_forever, daemon=True).start()
environment = os.environ | {
    "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_port}",
    "AWS_LAMBDA_FUNCTION_NAME": "greeter",
    "AWS_LAMBDA_LOG_STREAM_NAME": "2026/01/31/[$LATEST]0123",
    "PUSH_URL": sys.argv[1],
    "no_proxy": "127.0.0.1",
}
folder = pathlib.Path(__file__).resolve().parents[2] / "deploy/lambda"
function = subprocess.Popen([sys.executable, "-Bc", PROGRAM], cwd=folder, env=environment, text=True, stdout=-1)
assert function.stdout.readline() == "idle\n"
assert REGISTERED.wait(10) and WAITING.wait(10)
function.send_signal(signal.SIGTERM)
output, _ = function.communicate(timeout=30)
assert function.returncode == 0, function.returncode
assert output == "pushed: 202\n", output
