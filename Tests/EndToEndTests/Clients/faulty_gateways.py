"""Pushgateways with a fault each: `faulty_gateways.py`; it prints a port for each of these.

slow, half, status, gigabyte, bomb, redirect, page, garbage, trickle.
"""

import gzip
import io
import http.server
import threading
import time


class Gateway(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    fault = ""

    def do_GET(self):
        getattr(self, self.fault)()

    def head(self, length, status=200, coding=None, kind="text/plain; version=0.0.4", place=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if place:
            self.send_header("Location", place)
        self.send_header("Content-Length", str(length))
        if coding:
            self.send_header("Content-Encoding", coding)
        self.end_headers()

    def slow(self):
        self.head(4)
        time.sleep(30)

    def half(self):
        self.head(1000)
        self.wfile.write(b"some_metric 1\n")
        self.close_connection = True

    def status(self):
        self.head(5, status=500)
        self.wfile.write(b"wrong")

    def gigabyte(self):
        self.head(1 << 30)
        line = b"some_metric{label=\"value\"} 1\n" * 4096
        try:
            for _ in range((1 << 30) // len(line)):
                self.wfile.write(line)
        except OSError:
            self.close_connection = True

    def bomb(self):
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as file:
            for _ in range(200):
                file.write(b"#" * (1 << 20))
        self.head(len(packed.getvalue()), coding="gzip")
        self.wfile.write(packed.getvalue())

    def redirect(self):
        # To what could be read.
        if self.path == "/right":
            self.head(len(b"redirected 1\n"))
            self.wfile.write(b"redirected 1\n")
        else:
            self.head(0, status=302, place="/right")

    def page(self):
        body = b"<!DOCTYPE html>\n<title>Log in</title>\n"
        self.head(len(body), kind="text/html")
        self.wfile.write(body)

    def garbage(self):
        self.head(9, coding="gzip")
        self.wfile.write(b"not gzip\n")

    def trickle(self):
        self.head(1000)
        try:
            for _ in range(1000):
                self.wfile.write(b"a")
                time.sleep(0.1)
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        pass


for fault in ("slow", "half", "status", "gigabyte", "bomb", "redirect", "page", "garbage", "trickle"):
    handler = type(fault, (Gateway,), {"fault": fault})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
threading.Event().wait()
