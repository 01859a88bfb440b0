"""The bodies that the benchmarks of the whole program push."""

import gzip
import random
import struct


def jobs(samples):
    """What batch jobs push: a label and a value of each line are its own, and have nothing in them to find again."""
    chance = random.Random(7)
    for number in range(samples):
        labels = [("step", "transform"), ("shard", str(number % 100)), ("region", "eu-central-1"),
                  ("customer", str(chance.randrange(10**6)))]
        yield f"batch_step_{number // 100}_duration_seconds", labels, f"{chance.random() * 1000:.6f}"


def service(samples):
    """What a service pushes: the labels' values come again and again."""
    for number in range(samples):
        labels = [("code", str(200 + number % 4)), ("handler", f"/api/v1/item{number % 100}"), ("le", f"0.{number % 10}"),
                  ("method", "POST" if number % 2 else "GET")]
        yield f"http_requests_total_{number // 100}", labels, f"{number + 0.5}"


def text(series):
    lines, last = [], None
    for name, labels, value in series:
        if name != last:
            lines += [f"# HELP {name} How long a step of the batch took.", f"# TYPE {name} gauge"]
            last = name
        lines.append("%s{%s} %s" % (name, ",".join(f'{key}="{text}"' for key, text in labels), value))
    return ("\n".join(lines) + "\n").encode()


def zipped(series):
    return gzip.compress(text(series), 6)


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out + bytes([number]))


def field(number, content):
    return varint(number << 3 | 2) + varint(len(content)) + content


def protobuf(series):
    """The same as delimited `io.prometheus.client.MetricFamily` messages."""
    families = {}
    for name, labels, value in series:
        metric = b"".join(field(1, field(1, key.encode()) + field(2, text.encode())) for key, text in labels)
        metric += field(2, b"\x09" + struct.pack("<d", float(value)))
        families.setdefault(name, []).append(field(4, metric))
    out = b""
    for name, metrics in families.items():
        message = field(1, name.encode()) + field(2, b"How long a step of the batch took.") + b"\x18\x01" + b"".join(metrics)
        out += varint(len(message)) + message
    return out


def big(size):
    """Text of so many bytes."""
    lines, count, number = [], 0, 0
    while count < size:
        lines.append(f'big_metric_of_one_push{{line="{number}",filler="{"x" * 60}"}} {number}\n')
        count += len(lines[-1])
        number += 1
    return "".join(lines).encode()
