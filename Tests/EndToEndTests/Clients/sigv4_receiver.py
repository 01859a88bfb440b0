"""A receiver that takes what botocore would have signed alike; it prints its port, then a line for each request."""

import datetime
import http.server
from unittest import mock

from botocore import auth, awsrequest, credentials

KEY = credentials.Credentials("AKIDEXAMPLE", "hush-secret-key", "hush-session-token")


def expected(handler, body):
    """The header `Authorization` that botocore makes for the request, with the same headers signed at the same time."""
    shown = handler.headers["Authorization"]
    names = shown.partition("SignedHeaders=")[2].partition(",")[0].split(";")
    time = datetime.datetime.strptime(handler.headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ")
    own = ("host", "x-amz-date", "x-amz-security-token")
    headers = {name: handler.headers[name] for name in names if name not in own}
    url = f"http://{handler.headers['Host']}{handler.path}"
    request = awsrequest.AWSRequest("POST", url, headers, data=body)
    with mock.patch.object(auth, "get_current_datetime", lambda *_, **__: time):
        auth.SigV4Auth(KEY, "aps", "eu-central-1").add_auth(request)
    return request.headers["Authorization"]


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        wanted, shown = expected(self, body), self.headers["Authorization"]
        is_right = wanted == shown and self.headers["X-Amz-Security-Token"] == KEY.token
        print("right" if is_right else f"wrong: {shown}, not {wanted}", self.path, flush=True)
        self.send_response(204 if is_right else 403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
print(server.server_address[1], flush=True)
server.serve_forever()
