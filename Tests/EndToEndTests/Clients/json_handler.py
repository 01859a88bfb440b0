"""What the servers of the tests that speak JSON have in common."""

import http.server
import json


class JSONHandler(http.server.BaseHTTPRequestHandler):
    def answer(self, status, thing):
        body = json.dumps(thing).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
