"""Attacks the whole program, each time a fresh process, and prints what it answered and what that cost.

python3 Tests/Benchmarks/bombs PUSH_COLLECTOR [NAME...]: all attacks, or those whose names contain a NAME. For each it prints the status, the time to
the answer, the peak of the resident memory (VmHWM), what the backend was sent, and what the next push is answered; exits
1 where an answer is none of those expected, something of an attack was forwarded, the next push fails, a line of the
log is long, or the peak is over LIMIT_MIB.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import bodies
import wire

PROGRAM = os.path.abspath(sys.argv[1])
# limits.inflight_size, 256 MiB, queue_config.max_queue_size, 128 MiB, and the fixed part.
LIMIT_MIB = int(os.environ.get("LIMIT_MIB", "416"))


class Backend:
    """Answers every request with 204, and remembers the bytes of each."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.requests = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        stream = connection.makefile("rb")
        while stream.readline():
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            self.requests.append(len(stream.read(length)))
            connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")


class Collector:
    """The program, started anew."""

    def __init__(self, folder, backend):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = open(os.path.join(folder, "log"), "wb")
        self.process = subprocess.Popen(
            [PROGRAM, "--web.listen-address", f"127.0.0.1:{self.port}", "--remote-write.url",
             f"http://127.0.0.1:{backend.port}/write"], stdout=self.log, stderr=self.log, cwd=folder)
        for _ in range(1000):
            try:
                if b" 200 " in wire.Connection(self.port).exchange([b"GET /-/ready HTTP/1.1\r\n\r\n"]).head:
                    return
            except OSError:
                time.sleep(0.01)
        sys.exit(f"the program does not answer: see {self.log.name}")

    def memory(self, key):
        try:
            for line in open(f"/proc/{self.process.pid}/status"):
                if line.startswith(key):
                    return int(line.split()[1]) / 1024
        except OSError:
            pass
        return float("nan")

    def end(self):
        """Ends it; whether it ended by itself, or wrote a long line."""
        crashed = self.process.poll() is not None
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        longest = max((len(line) for line in open(self.log.name, "rb")), default=0)
        return crashed, longest


def run(name, attack, expected, folder):
    backend = Backend()
    collector = Collector(folder, backend)
    begin = time.monotonic()
    connection = wire.Connection(collector.port)
    try:
        answer = attack(connection)
    except OSError as error:
        answer = wire.Answer(b"", str(error).encode())
    seconds = time.monotonic() - begin
    peak, forwarded = collector.memory("VmHWM"), sum(backend.requests)
    same = answer.keeps_alive
    try:
        follower = connection if same else wire.Connection(collector.port)
        after = follower.exchange(wire.push(b"fine 1\n")).status
    except OSError as error:
        after = str(error)
    rest = collector.memory("VmRSS")
    crashed, longest = collector.end()
    faults = [
        what for what, holds in {
            f"expected {expected}": answer.status not in expected,
            "forwarded": forwarded > 0 and not answer.was_taken,
            "next push": after != 200,
            "crashed": crashed,
            "memory": not peak <= LIMIT_MIB,
            "long line": len(answer.body) > 1024 or answer.body.count(b"\n") > 1,
            "log": longest > 8192,
        }.items() if holds
    ]
    print(f"{name:44} {answer.status:>4} {seconds:7.2f} s {peak:7.0f} {rest:6.0f} {forwarded / 1e6:8.1f}  "
          f"{after} {'same' if same else 'new '} {answer.body[:100].decode(errors='replace').strip()}"
          + (f"  *** {', '.join(faults)}" if faults else ""), flush=True)
    return not faults


def main():
    names = sys.argv[2:]
    folder = tempfile.mkdtemp(prefix="push-collector-bombs-")
    print(f"{'attack':44} answer    after peak MiB  rests  fwd MB  next push")
    fine = True
    for name, attack, expected in bodies.ATTACKS + wire.ATTACKS:
        if not names or any(one in name for one in names):
            fine = run(name, attack, expected, folder) and fine
    sys.exit(0 if fine else 1)


main()
