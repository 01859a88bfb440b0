"""Pushgateways with a fault each: `faulty_gateways.py`; it prints a port for each of slow, half, status, gigabyte, bomb."""

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

    def head(self, length, status=200, coding=None):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
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

    def log_message(self, *_):
        pass


for fault in ("slow", "half", "status", "gigabyte", "bomb"):
    handler = type(fault, (Gateway,), {"fault": fault})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
threading.Event().wait()
