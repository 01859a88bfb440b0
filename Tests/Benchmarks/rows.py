"""How the rows of the table are measured."""

import http.client
import os
import resource
import socket
import threading
import time
import urllib.request

import bodies
import peers
from rig import Receiver, cpu_seconds, free_port, load, resident, script, time_to_ready

ROUNDS = int(os.environ.get("ROUNDS", "3"))


class Rows:
    def __init__(self, program, tools, folder, backend):
        self.program, self.tools, self.folder, self.backend = program, tools, folder, backend

    def collector(self, backend=None, **lines):
        return peers.collector(self.program, self.folder, backend or self.backend, **lines)

    def cost(self, peer, work, suffix="1", seconds=None):
        """The CPU time of a push, in µs."""
        path, connections = work
        before = cpu_seconds(peer.pid)
        count = load(peer.url + suffix, path, connections, *([seconds] if seconds else []))
        return (cpu_seconds(peer.pid) - before) / count * 1e6

    def works(self, works):
        """What both programs take of each work, and their memory and start."""
        own, other = {}, {}
        for _ in range(ROUNDS):
            for figures, make in ((own, self.collector),
                                  (other, lambda: peers.vmagent(self.tools, self.folder, self.backend))):
                peer = make()
                taken = {"idle": resident(peer.pid, "VmRSS"), "anonymous": resident(peer.pid, "RssAnon")}
                for name, work in works.items():
                    taken[name] = self.cost(peer, work)
                taken["peak"] = resident(peer.pid, "VmHWM")
                peer.stop()
                for name, value in taken.items():
                    figures.setdefault(name, []).append(value)
        return own, other

    def beside_plain(self, plain, work):
        """What a work takes, and what a server takes for it that answers without a look."""
        return self.side_by_side(work, self.collector(), peers.plain(plain, self.folder))

    def side_by_side(self, work, *programs):
        """What a work takes of programs that run already, in turns; they are stopped."""
        taken = [[] for _ in programs]
        for _ in range(ROUNDS):
            for index, peer in enumerate(programs):
                taken[index].append(self.cost(peer, work))
        for peer in programs:
            peer.stop()
        return taken

    def starts(self):
        """How long both take until they are ready, in ms."""
        own, other = [], []
        for _ in range(5 * ROUNDS):
            port = free_port()
            command = peers.collector_command(self.program, self.folder, port, self.backend)
            own.append(time_to_ready(command, self.folder, port, "/-/ready"))
            command = peers.vmagent_command(self.tools, self.folder, port, self.backend)
            other.append(time_to_ready(command, self.folder, port, "/health"))
        return own, other

    def turns(self, *works):
        """What works take of one program, in turns."""
        peer = self.collector()
        taken = [[] for _ in works]
        for _ in range(ROUNDS):
            for index, work in enumerate(works):
                taken[index].append(self.cost(peer, next(iter(work.values()))))
        peer.stop()
        return taken

    def relabeled(self, work):
        """What a work takes with ten rules, and without."""
        rules, none = self.collector(push=peers.RULES), self.collector()
        for peer in (rules, none):
            self.cost(peer, work, seconds=1)
        return self.side_by_side(work, rules, none)

    def bytes_a_sample(self, body, version):
        """What a destination is sent of a sample of one large push, before HTTP."""
        receiver = Receiver()
        if version == "vmagent":
            peer = peers.vmagent(self.tools, self.folder, receiver.port)
        else:
            message = {"1": "prometheus.WriteRequest", "2": "io.prometheus.write.v2.Request"}[version]
            peer = self.collector(receiver.port, remote_write=[f"protobuf_message: {message}"])
        request = urllib.request.Request(peer.url + "1", body, {"Content-Encoding": "gzip"})
        urllib.request.urlopen(request, timeout=60).read()
        # vmagent sends later; when it ends, at the latest.
        peer.stop()
        receiver.server.shutdown()
        return receiver.bytes / 10_000

    def dead(self):
        """The memory with a million samples in the queue of a destination that is not there, in MiB."""
        peer = self.collector(free_port())
        body = bodies.zipped(bodies.jobs(10_000))
        for number in range(100):
            request = urllib.request.Request(
                f"{peer.url}{number}", body, {"Content-Encoding": "gzip", "Prefer": "respond-async"})
            urllib.request.urlopen(request, timeout=60).read()
        page = urllib.request.urlopen(f"http://127.0.0.1:{peer.port}/metrics").read().decode()
        pending = sum(int(float(line.rsplit(" ", 1)[1])) for line in page.splitlines()
                      if line.startswith("push_collector_remote_write_samples_pending"))
        if pending < 1_000_000:
            raise SystemExit(f"only {pending} samples wait")
        held = resident(peer.pid, "VmRSS")
        peer.process.kill()
        peer.process.wait()
        return held

    def stripped(self):
        return peers.stripped(self.program, self.folder)

    def idle_connections(self, count):
        """The memory of a connection that has had one answer, in KiB."""
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        peer = self.collector()
        before = resident(peer.pid, "RssAnon")
        kept = []
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", peer.port))
            connection.sendall(b"GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n")
            connection.recv(4096)
            kept.append(connection)
        cost = (resident(peer.pid, "RssAnon") - before) * 1024 / count
        for connection in kept:
            connection.close()
        peer.stop()
        return cost

    def connections(self, body):
        """What a small push takes over 32 connections, and over 1,000, of 1,000 groups."""
        path = script(self.folder, "connections", body, Content_Encoding="gzip", groups=1_000)
        few, many = self.turns({"few": (path, 32)}, {"many": (path, 1_000)})
        return min(few), min(many)

    def groups(self, body):
        """What a small push takes with 10 groups, and with 100,000."""
        paths = [script(self.folder, f"groups-{count}", body, Content_Encoding="gzip", groups=count)
                 for count in (10, 100_000)]
        few, many = self.turns({"few": (paths[0], 32)}, {"many": (paths[1], 32)})
        return min(few), min(many)

    def stall(self, body):
        """How long the slowest of the small pushes takes while one of 64 MiB is taken, in ms."""
        peer = self.collector(push=["limits: {body_size: 128MiB, decoded_size: 128MiB, inflight_size: 2GiB}"],
                              remote_write=["queue_config: {max_queue_size: 1GiB}"])
        address = ("127.0.0.1", peer.port)
        giant = bodies.big(64 << 20)
        slowest, done = [0.0], threading.Event()

        def push():
            connection = http.client.HTTPConnection(*address, timeout=60)
            while not done.is_set():
                begin = time.monotonic()
                connection.request("POST", "/metrics/job/small", body, {"Content-Encoding": "gzip"})
                connection.getresponse().read()
                slowest[0] = max(slowest[0], (time.monotonic() - begin) * 1e3)

        others = [threading.Thread(target=push) for _ in range(4)]
        for other in others:
            other.start()
        with socket.create_connection(address, timeout=120) as connection:
            connection.sendall(b"POST /metrics/job/giant HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
                               + str(len(giant)).encode() + b"\r\n\r\n")
            connection.sendall(giant)
            status = connection.recv(4096)
        done.set()
        for other in others:
            other.join()
        peer.stop()
        if b" 20" not in status.split(b"\r\n", 1)[0]:
            raise SystemExit(f"the large push was answered {status}")
        return slowest[0]
