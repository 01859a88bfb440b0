"""What the benchmarks of the whole program share: a sink, programs, load, and what a process has used."""

import atexit
import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

SECONDS = int(os.environ.get("SECONDS_A_ROUND", "5"))
TICKS = os.sysconf("SC_CLK_TCK")


STARTED = []


@atexit.register
def end():
    """Ends what a benchmark that stopped early has left."""
    for process in STARTED:
        if process.poll() is None:
            process.terminate()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(arguments, folder, probe):
    log = open(os.path.join(folder, os.path.basename(arguments[0]) + ".log"), "ab")
    process = subprocess.Popen(arguments, stdout=log, stderr=log, cwd=folder)
    STARTED.append(process)
    for _ in range(5000):
        try:
            urllib.request.urlopen(probe, timeout=1).read()
            return process
        except OSError:
            if process.poll() is not None:
                sys.exit(f"{arguments[0]} ended: see {log.name}")
            time.sleep(0.002)
    sys.exit(f"{arguments[0]} does not answer")


def time_to_ready(arguments, folder, port, path):
    """How long it takes from before `exec` until a program says that it is ready, in ms."""
    log = open(os.path.join(folder, os.path.basename(arguments[0]) + ".log"), "ab")
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    begin = time.monotonic()
    process = subprocess.Popen(arguments, stdout=log, stderr=log, cwd=folder)
    STARTED.append(process)
    while time.monotonic() - begin < 10:
        try:
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(request)
                if b" 200 " in connection.recv(4096):
                    taken = (time.monotonic() - begin) * 1e3
                    stop(process)
                    return taken
        except OSError:
            time.sleep(0.0003)
    sys.exit(f"{arguments[0]} is not ready")


def stop(process):
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=60)


def cpu_seconds(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident(pid, key):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith(key):
            return int(line.split()[1]) / 1024
    return 0.0


def load(url, script, connections, seconds=SECONDS):
    report = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", script, url], capture_output=True,
        text=True, check=True
    ).stdout
    requests = next(int(line.split()[0]) for line in report.splitlines() if "requests in" in line)
    if "Non-2xx" in report:
        sys.exit(f"answers other than 2xx from {url}:\n{report}")
    return requests


def script(folder, name, body, **headers):
    """Writes what wrk sends; a path with `%d` in it gets numbers below `groups`."""
    groups = headers.pop("groups", None)
    with open(f"{folder}/{name}.body", "wb") as file:
        file.write(body)
    lines = [f'local f = io.open("{folder}/{name}.body", "rb")', 'wrk.method = "POST"', 'wrk.body = f:read("*a")']
    lines += [f'wrk.headers["{key.replace("_", "-")}"] = "{value}"' for key, value in headers.items()]
    if groups:
        lines += ["local n = 0", "request = function()", f"  n = (n * 7919 + 1) % {groups}",
                  '  return wrk.format(nil, wrk.path .. n)', "end"]
    with open(f"{folder}/{name}.lua", "w") as file:
        file.write("\n".join(lines) + "\n")
    return f"{folder}/{name}.lua"


class Receiver:
    """A destination that counts what it is sent, and says that all was written, as version 2 wants it."""

    def __init__(self):
        self.bytes = 0
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.bytes += len(body)
                self.send_response(204)
                for kind, count in (("Samples", 10**6), ("Histograms", 0), ("Exemplars", 0)):
                    self.send_header(f"X-Prometheus-Remote-Write-{kind}-Written", str(count))
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def sink(tools, folder):
    """Starts nginx answering 204 to everything; returns the process and its port."""
    port = free_port()
    with open(f"{folder}/nginx.conf", "w") as file:
        file.write(
            f"daemon off; pid {folder}/pid; error_log {folder}/nginx-error.log; worker_processes 1; worker_rlimit_nofile 16384; events {{ worker_connections 8192; }}\n"
            f"http {{ access_log off; client_max_body_size 64m; client_body_buffer_size 8m; keepalive_requests 1000000;\n"
            f"client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;\n"
            f"uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;\n"
            f"server {{ listen 127.0.0.1:{port}; location /healthy {{ return 200; }} location / {{ return 204; }} }} }}\n"
        )
    nginx = start([f"{tools}/usr/sbin/nginx", "-p", folder, "-c", f"{folder}/nginx.conf"], folder,
                  f"http://127.0.0.1:{port}/healthy")
    return nginx, port
