"""Push Collector, vmagent and a plain server, started to do the same work."""

import os

from rig import free_port, start, stop


class Peer:
    """A program that runs before a destination, and where its pushes go."""

    def __init__(self, process, port, url):
        self.process, self.port, self.url = process, port, url
        self.pid = process.pid

    def stop(self):
        stop(self.process)


def collector_command(program, folder, port, backend, remote_write=(), push=()):
    path = f"{folder}/collector-{port}.yaml"
    with open(path, "w") as file:
        file.write("push:\n  pushgateway:\n    enabled: true\n" + "".join(f"    {line}\n" for line in push)
                   + f"remote_write:\n  - url: http://127.0.0.1:{backend}/write\n"
                   + "".join(f"    {line}\n" for line in remote_write))
    return [program, "--config.file", path, "--web.listen-address", f"127.0.0.1:{port}", "--log.level", "error"]


def collector(program, folder, backend, **lines):
    """Push Collector, with further lines of the `remote_write` block and of `push.pushgateway`."""
    port = free_port()
    process = start(collector_command(program, folder, port, backend, **lines), folder, f"http://127.0.0.1:{port}/-/ready")
    return Peer(process, port, f"http://127.0.0.1:{port}/metrics/job/bench/instance/")


def vmagent_command(tools, folder, port, backend):
    return [f"{tools}/usr/bin/vmagent", f"-httpListenAddr=127.0.0.1:{port}",
            f"-remoteWrite.url=http://127.0.0.1:{backend}/write", f"-remoteWrite.tmpDataPath={folder}/vmagent-{port}"]


def vmagent(tools, folder, backend):
    port = free_port()
    process = start(vmagent_command(tools, folder, port, backend), folder, f"http://127.0.0.1:{port}/health")
    return Peer(process, port, f"http://127.0.0.1:{port}/api/v1/import/prometheus?extra_label=job=bench&i=")


def plain(program, folder):
    """SwiftNIO's HTTP pipeline, which answers everything with an empty 200."""
    port = free_port()
    process = start([program, str(port)], folder, f"http://127.0.0.1:{port}/")
    return Peer(process, port, f"http://127.0.0.1:{port}/metrics/job/bench/instance/")


def stripped(program, folder):
    """The size of the program without symbols, in MB."""
    copy = f"{folder}/stripped"
    if os.system(f"strip -o {copy} {program}") != 0:
        raise SystemExit("strip failed")
    return os.path.getsize(copy) / 1e6


RULES = """relabel_configs:
  - {action: drop, source_labels: [__name__], regex: (go|process)_.*}
  - {action: keep, source_labels: [job], regex: bench|other}
  - {action: replace, source_labels: [region], regex: "([^-]+)-(.*)", target_label: continent}
  - {action: lowercase, source_labels: [step], target_label: step}
  - {action: labelmap, regex: shard(.*), replacement: part$1}
  - {action: labeldrop, regex: shard}
  - {action: hashmod, source_labels: [customer], target_label: __tmp_part, modulus: 4}
  - {action: drop, source_labels: [__tmp_part], regex: "9"}
  - {action: labeldrop, regex: region|step}
  - {action: replace, source_labels: [__name__], regex: "([^_]*)_([^_]*)_(.*)", target_label: __name__, replacement: $1_$3}
""".splitlines()
