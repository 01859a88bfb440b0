"""Attacks by what a request's body holds."""

import struct
import zlib

import wire

MiB = 1 << 20


# Codings that anybody can write without a library: what they hold is one byte again and again.

def deflated(count, byte=b"0"):
    """Raw deflate of `count` MiB, without its end: as much in few bytes as the format can."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = compressor.compress(byte * MiB) + compressor.flush(zlib.Z_FULL_FLUSH)
    return first * count


def end():
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    return compressor.flush()


def gzip(count, size=None):
    size = count * MiB if size is None else size
    return b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + deflated(count) + end() + b"\0\0\0\0" + struct.pack("<I", size & 0xffffffff)


def gzipped(body):
    compressor = zlib.compressobj(6, zlib.DEFLATED, 31)
    return compressor.compress(body) + compressor.flush()


def zstd(blocks, size=None):
    """A frame of blocks of 128 KiB that are one byte again and again."""
    head = b"\x28\xb5\x2f\xfd" + (b"\x00\x38" if size is None else b"\xc0\x38" + struct.pack("<Q", size))
    block = (128 << 10) << 3 | 1 << 1
    return head + (struct.pack("<I", block)[:3] + b"0") * (blocks - 1) + struct.pack("<I", block | 1)[:3] + b"0"


def varint(value):
    out = b""
    while value > 0x7f:
        out += bytes([value & 0x7f | 0x80])
        value >>= 7
    return out + bytes([value])


def snappy(copies, size=None):
    """A block that copies 64 bytes again and again."""
    return varint(64 * copies + 1 if size is None else size) + b"\x000" + b"\xfe\x01\x00" * copies


def frames(count):
    """Snappy's framed format."""
    block = snappy(1023)
    checksum = 0xffffffff
    for byte in b"0" * (64 * 1023 + 1):
        checksum ^= byte
        for _ in range(8):
            checksum = checksum >> 1 ^ (0x82f63b78 if checksum & 1 else 0)
    checksum ^= 0xffffffff
    masked = ((checksum >> 15 | checksum << 17) + 0xa282ead8) & 0xffffffff
    chunk = b"\0" + struct.pack("<I", len(block) + 4)[:3] + struct.pack("<I", masked) + block
    return b"\xff\x06\0\0sNaPpY" + chunk * count


def body(data, *headers, encoding=None, type=None):
    """An attack that pushes a body; it is compressed by gzip where it is too large to be pushed as it is."""
    def attack(connection):
        made = data() if callable(data) else data
        lines = list(headers)
        if type:
            lines.append(f"Content-Type: {type}")
        if encoding:
            lines.append(f"Content-Encoding: {encoding}")
        elif len(made) > 15 * MiB:
            lines.append("Content-Encoding: gzip")
            made = gzipped(made)
        return connection.exchange(wire.push(made, *lines))
    return attack


def openmetrics(data):
    return body(data, type="application/openmetrics-text; version=1.0.0")


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, float):
        return varint(number << 3 | 1) + struct.pack("<d", value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def label(name, value):
    return field(1, field(1, name) + field(2, value))


def family(name, type, metrics, help=b""):
    message = field(1, name) + (field(2, help) if help else b"") + field(3, type) + metrics
    return varint(len(message)) + message


def protobuf(data):
    return body(
        data, type="application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited")


def lines(count, line):
    return lambda: b"".join(line % number for number in range(count))


def histogram(labels, buckets, name=b"h"):
    points = b"".join(field(3, field(1, n) + field(2, float(n))) for n in range(buckets))
    return family(name, 4, field(4, labels + field(7, field(1, buckets) + field(2, 1.0) + points)))


BOMBS = [
    ("gzip, 4 GiB in 4 MiB", body(lambda: gzip(4096), encoding="gzip"), [413]),
    ("gzip, 10 GiB, says 10 bytes", body(lambda: gzip(10240, 10), encoding="gzip"), [413]),
    ("gzip, says 4 GiB, holds 1 MiB", body(lambda: gzip(1, 0xffffffff), encoding="gzip"), [400]),
    ("gzip, 800,000 empty members", body(lambda: gzipped(b"") * 800_000, encoding="gzip"), [200]),
    ("gzip cut off", body(lambda: gzip(10)[:-20], encoding="gzip"), [400]),
    ("deflate, raw, 10 GiB", body(lambda: deflated(10240) + end(), encoding="deflate"), [413]),
    ("deflate, zlib, 10 GiB", body(lambda: b"\x78\x9c" + deflated(10240) + end(), encoding="deflate"), [413]),
    ("zstd, 400 GiB", body(lambda: zstd(3_500_000), encoding="zstd"), [413]),
    ("zstd, says 2^62 bytes", body(lambda: zstd(1000, 1 << 62), encoding="zstd"), [413]),
    ("zstd, says 10 bytes, holds 1 GiB", body(lambda: zstd(8192, 10), encoding="zstd"), [400]),
    ("zstd, a million empty frames", body(lambda: b"\x28\xb5\x2f\xfd\x00\x38\x01\0\0" * 1_000_000, encoding="zstd"), [200]),
    ("zstd, 10,000 frames of 128 KiB", body(lambda: zstd(1) * 10_000, encoding="zstd"), [413]),
    ("snappy, 300 MiB", body(lambda: snappy(5_000_000), encoding="snappy"), [413]),
    ("snappy, says 4 GiB", body(lambda: snappy(100, 0xffffffff), encoding="snappy"), [413]),
    ("snappy, says 60 MB, holds 6 KB", body(lambda: snappy(100, 60_000_000), encoding="snappy"), [400]),
    ("snappy framed, 300 MiB", body(lambda: frames(4800), encoding="snappy"), [413]),
    ("snappy framed, 4 million empty chunks", body(lambda: b"\xff\x06\0\0sNaPpY" + b"\xfe\0\0\0" * 4_000_000, encoding="snappy"), [200]),
    ("gzip of gzip, 10 GiB", body(lambda: gzipped(gzip(10240)), encoding="gzip, gzip"), [413]),
    ("gzip of gzip of gzip of gzip, 10 GiB", body(lambda: gzipped(gzipped(gzipped(gzip(10240)))), encoding="gzip, gzip, gzip, gzip"), [413]),
    ("five codings", body(b"x", encoding="gzip, gzip, gzip, gzip, gzip"), [415]),
    ("gzip of 3 million empty members", body(lambda: gzipped(gzipped(b"") * 3_100_000), encoding="gzip, gzip"), [200]),
    ("gzip of zstd, 400 GiB", body(lambda: gzipped(zstd(3_500_000)), encoding="zstd, gzip"), [413]),
    ("zstd of gzip that is none", body(lambda: zstd(400), encoding="gzip, zstd"), [400]),
    ("eight gzip bombs at a time", wire.crowd(8, body(lambda: gzip(4096), encoding="gzip")), [413, 503]),
]

TEXTS = [
    ("a line of 100 MB", body(lambda: b"a" * 100 * MiB), [413]),
    ("a name of 60 MB", body(lambda: b"a" * 60 * MiB + b" 1\n"), [200, 413]),
    ("a name of 60 MB, no value", body(lambda: b"a" * 60 * MiB + b"\n"), [400, 413]),
    ("a label value of 100 MB", body(lambda: b'a{b="' + b"c" * 100 * MiB + b'"} 1\n'), [413]),
    ("a label value of 60 MB", body(lambda: b'a{b="' + b"c" * 60 * MiB + b'"} 1\n'), [200, 413]),
    ("a label value of 60 MB, invalid UTF-8", body(lambda: b'a{b="' + b"\xff" * 60 * MiB + b'"} 1\n'), [400]),
    ("a label value of 60 MB of escapes", body(lambda: b'a{b="' + b"\\\\" * 30 * MiB + b'"} 1\n'), [200, 413]),
    ("a label value of 60 MB that does not end", body(lambda: b'a{b="' + b"c" * 60 * MiB), [400]),
    ("a label name of 60 MB", body(lambda: b"a{" + b"b" * 60 * MiB + b'="c"} 1\n'), [200, 413]),
    ("a quoted name of 60 MB of escapes", body(lambda: b'{"' + b"\\n" * 30 * MiB + b'"} 1\n'), [200, 413]),
    ("a series of 30 MB twice", body(lambda: (b'a{b="' + b"c" * 30 * MiB + b'"} 1\n') * 2), [400]),
    ("a reserved label beside 60 MB", body(lambda: b'a{__b="c",d="' + b"\\n" * 30 * MiB + b'"} 1\n'), [400, 413]),
    ("a value of 60 MB of digits", body(lambda: b"a " + b"1" * 60 * MiB + b"\n"), [200, 400]),
    ("a value 0.000...1 of 60 MB", body(lambda: b"a 0." + b"0" * 60 * MiB + b"1\n"), [200, 400]),
    ("a timestamp of 60 MB of digits", body(lambda: b"a 1 " + b"1" * 60 * MiB + b"\n"), [400]),
    ("a bound of 60 MB of digits", body(lambda: b'# TYPE a histogram\na_bucket{le="' + b"1" * 60 * MiB + b'"} 1\n'), [200, 400]),
    ("500,000 bounds of 60 digits", body(lambda: b"# TYPE a histogram\n" + lines(500_000, b'a_bucket{le="%060d"} 1\n')()), [200, 413]),
    ("60 MB of blanks", body(lambda: b" " * 60 * MiB), [200, 400]),
    ("60 million line feeds", body(lambda: b"\n" * 60 * MiB), [200]),
    ("60 MB of CR", body(lambda: b"\r" * 60 * MiB), [400, 413]),
    ("60 MB of NUL", body(lambda: b"\0" * 60 * MiB), [400, 413]),
    ("60 MB of #", body(lambda: b"#" * 60 * MiB), [200, 400, 413]),
    ("60 MB of lines of #", body(lambda: b"#\n" * 30 * MiB), [200, 400, 413]),
    ("60 MB of {", body(lambda: b"{" * 60 * MiB), [400, 413]),
    ("60 MB of %", body(lambda: b"%" * 60 * MiB), [400, 413]),
    ("60 MB of %41", body(lambda: b"%41" * 20 * MiB), [400, 413]),
    ("60 MB of \"", body(lambda: b'"' * 60 * MiB), [400, 413]),
    ("60 MB of \\", body(lambda: b'a{b="' + b"\\" * 60 * MiB), [400, 413]),
    ("60 MB of 0xff", body(lambda: b"\xff" * 60 * MiB), [400, 413]),
    ("a type of 60 MB", body(lambda: b"# TYPE a " + b"b" * 60 * MiB + b"\n"), [400, 413]),
    ("a type of 60 MB of \\", body(lambda: b"# TYPE a " + b"\\" * 60 * MiB + b"gauge\na 1\n"), [200, 400, 413]),
    ("HELP of 60 MB", body(lambda: b"# HELP a " + b"b" * 60 * MiB + b"\na 1\n"), [200, 413]),
    ("HELP of 60 MB of invalid UTF-8", body(lambda: b"# HELP a " + b"\xff" * 60 * MiB + b"\na 1\n"), [200, 413]),
    ("HELP of 60 MB, every other byte invalid", body(lambda: b"# HELP a " + b"\xffa" * 30 * MiB + b"\na 1\n"), [200, 413]),
    ("HELP of 60 MB of escapes", body(lambda: b"# HELP a " + b"\\n" * 30 * MiB + b"\na 1\n"), [200, 413]),
    ("HELP of 60 MB of escapes and invalid UTF-8", body(lambda: b"# HELP a " + b"\\\\\xff" * 20 * MiB + b"\na 1\n"), [200, 413]),
    ("5 million TYPE lines", body(lines(4_000_000, b"# TYPE a%x gauge\n")), [200, 413]),
    ("4 million HELP lines", body(lines(4_000_000, b"# HELP a%x b\n")), [200, 413]),
    ("a million TYPE lines", body(lines(1_000_000, b"# TYPE a%x gauge\n")), [200, 413]),
    ("500,000 families of one sample", body(lambda: b"".join(b"# TYPE a%x gauge\na%x 1\n" % (n, n) for n in range(500_000))), [200, 413]),
    ("a million series", body(lines(1_000_000, b"a%x 1\n")), [200, 413]),
    ("two million series", body(lines(2_000_000, b"a%x 1\n")), [200, 413]),
    ("a million samples of one series", body(lines(1_000_000, b"a 1 %d\n")), [200, 413]),
    ("a million series, the last one twice", body(lambda: lines(1_000_000, b"a%x 1\n")() + b"a0 1\n"), [400, 413]),
    ("nine million series", body(lines(9_000_000, b"%x 1\n".replace(b"%x", b"a%x"))), [413]),
    ("a million labels", body(lambda: b"a{" + lines(1_000_000, b'b%x="c",')() + b"} 1\n"), [200, 413]),
    ("a million labels, one twice", body(lambda: b"a{" + lines(1_000_000, b'b%x="c",')() + b'b0="c"} 1\n'), [400, 413]),
    ("five million empty labels", body(lambda: b"a{" + lines(5_000_000, b'b%x="",')() + b"} 1\n"), [200, 413]),
    ("1,000 series of 1,000 labels in other orders", body(lambda: shuffled(1000, 1000)), [200, 400, 413]),
    ("100,000 series of 17 labels", body(lambda: shuffled(100_000, 17)), [200, 413]),
    ("1,000 names of 60 KB that differ at the end", body(lambda: b"".join(b"a" * 60_000 + b"%d 1\n" % n for n in range(1000))), [200, 413]),
    ("1,000 labels of 60 KB that differ at the end", body(lambda: b"a{" + b"".join(b"a" * 60_000 + b'%d="",' % n for n in range(1000)) + b"} 1\n"), [200, 413]),
    ("zero bytes among good lines", body(b"a 1\n\0\nb 1\n"), [400]),
    ("invalid UTF-8 in a label", body(b'a{b="\xc3"} 1\n'), [400]),
    ("surrogates in a label", body(b'a{b="\xed\xa0\x80"} 1\n'), [400]),
    ("overlong slash in a label", body(b'a{b="\xc0\xaf"} 1\n'), [400]),
    ("UTF-16", body("a 1\n".encode("utf-16")), [400]),
    ("a multipart form", body(b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\na 1\n--x--\r\n'), [400]),
    ("eight bodies of 500,000 series at a time", wire.crowd(8, body(lines(500_000, b"a%x 1\n"))), [200, 413, 503]),
    ("eight HELPs of 60 MB at a time", wire.crowd(8, body(lambda: b"# HELP a " + b"\xffa" * 30 * MiB + b"\na 1\n")), [200, 413, 503]),
    ("eight series of 30 MB twice at a time", wire.crowd(8, body(lambda: (b'a{b="' + b"c" * 30 * MiB + b'"} 1\n') * 2)), [400, 413, 503]),
]


def shuffled(series, labels):
    import random
    chance = random.Random(3)
    names = [b"l%d" % n for n in range(labels)]
    out = []
    for number in range(series):
        chance.shuffle(names)
        out.append(b"a{n=\"%d\",%s} 1\n" % (number, b",".join(name + b'="1"' for name in names)))
    return b"".join(out)


OPENMETRICS = [
    ("60 MB of exemplars", openmetrics(lambda: b"# TYPE a counter\n" + lines(600_000, b'a_total{b="%d"} 1 # {trace_id="0123456789abcdef0123456789abcdef"} 1 1700000000.123\n')() + b"# EOF\n"), [200, 413]),
    ("an exemplar of a million labels", openmetrics(lambda: b"# TYPE a counter\na_total 1 # {" + lines(1_000_000, b'b%x="c",')() + b"} 1\n# EOF\n"), [200, 413]),
    ("60 MB of _created", openmetrics(lambda: b"# TYPE a counter\n" + lines(1_000_000, b'a_created{b="%d"} 1700000000.123\n')() + b"# EOF\n"), [200, 413]),
    ("400,000 counters with _created", openmetrics(lambda: b"# TYPE a counter\n" + b"".join(b'a_total{b="%d"} 1\na_created{b="%d"} 1.5\n' % (n, n) for n in range(400_000)) + b"# EOF\n"), [200, 413]),
    ("2 million TYPE lines of OpenMetrics", openmetrics(lambda: lines(2_000_000, b"# TYPE a%x gauge\n")() + b"# EOF\n"), [200, 413]),
    ("a million TYPE lines for one family", openmetrics(lambda: b"# TYPE a gauge\n" * 1_000_000 + b"# EOF\n"), [200, 413]),
    ("a million UNIT lines", openmetrics(lambda: lines(1_000_000, b"# UNIT a%x_s s\n")() + b"# EOF\n"), [200, 413]),
    ("HELP of 60 MB of OpenMetrics escapes", openmetrics(lambda: b"# HELP a " + b"\\n" * 30 * MiB + b"\na 1\n# EOF\n"), [200, 413]),
    ("HELP of 60 MB of invalid UTF-8, OpenMetrics", openmetrics(lambda: b"# HELP a " + b"\xff" * 60 * MiB + b"\n# EOF\n"), [200, 400, 413]),
    ("a name of 60 MB of line feeds", openmetrics(lambda: b'{"' + b"\n" * 60 * MiB + b'"} 1\n# EOF\n'), [200, 400, 413]),
    ("a TYPE of a name of 60 MB", openmetrics(lambda: b"# TYPE " + b"a" * 60 * MiB + b" histogram\n# EOF\n"), [200, 413]),
    ("no EOF", openmetrics(b"a 1\n"), [400]),
    ("60 MB behind EOF", openmetrics(lambda: b"# EOF\n" + b"a 1\n" * 15 * MiB), [400, 413]),
    ("a timestamp 1e308", openmetrics(b"a 1 1e308\n# EOF\n"), [400]),
]

PROTOBUF = [
    ("groups, 1,000 deep", protobuf(family(b"a", 1, field(4, field(2, field(1, 1.0))) + b"\xa3\x06" * 1000 + b"\xa4\x06" * 1000)), [400]),
    ("groups, 10 million deep", protobuf(lambda: family(b"a", 1, b"\xa3\x06" * 10_000_000)), [400]),
    ("a length of 2^63", protobuf(b"\xff" * 9 + b"\x01"), [400]),
    ("a length of 4 GiB", protobuf(b"\xff\xff\xff\xff\x0f" + b"a"), [400]),
    ("a label of length 2^63", protobuf(varint(30) + b"\x0a\x01a" + b"\x22\x18\x0a" + b"\xff" * 9 + b"\x01" + b"a" * 30), [400]),
    ("varints of 60 MB of 0xff", protobuf(lambda: b"\xff" * 60 * MiB), [400]),
    ("60 MB of 0", protobuf(lambda: b"\0" * 60 * MiB), [200, 400, 413]),
    ("60 MB of empty families", protobuf(lambda: b"\x03\x0a\x01a" * 15 * MiB), [200, 413]),
    ("a million families without metrics", protobuf(lines(1_000_000, b"\x0a\x0a\x08%08x")), [200, 413]),
    ("500,000 families of one metric", protobuf(lambda: b"".join(family(b"a%x" % n, 1, field(4, field(2, field(1, 1.0)))) for n in range(500_000))), [200, 413]),
    ("a million metrics of an empty gauge", protobuf(lambda: family(b"a", 1, b"\x22\x02\x12\x00" * 1_000_000)), [400, 413]),
    ("a million labels of a metric", protobuf(lambda: family(b"a", 1, field(4, b"".join(label(b"b%x" % n, b"c") for n in range(1_000_000)) + field(2, field(1, 1.0))))), [200, 413]),
    ("1,000 labels on 1,000 buckets", protobuf(lambda: histogram(b"".join(label(b"b%d" % n, b"c" * 20) for n in range(1000)), 1000)), [200, 413]),
    ("1,000 labels on 100,000 buckets", protobuf(lambda: histogram(b"".join(label(b"b%d" % n, b"c") for n in range(1000)), 100_000)), [413]),
    ("a label of 40 MB on 500,000 buckets", protobuf(lambda: histogram(label(b"b", b"c" * 40 * MiB), 500_000)), [413]),
    ("a label of 2 MB on 100,000 buckets", protobuf(lambda: histogram(label(b"b", b"c" * 2 * MiB), 100_000)), [413]),
    ("a label of 1 MB on 50,000 buckets", protobuf(lambda: histogram(label(b"b", b"c" * MiB), 50_000)), [413]),
    ("a name of 30 MB, a million gauges", protobuf(lambda: family(b"a" * 30 * MiB, 1, b"".join(field(4, label(b"b", b"%d" % n) + field(2, field(1, 1.0))) for n in range(1_000_000)))), [413]),
    ("a name of 100 KB, 100,000 gauges", protobuf(lambda: family(b"a" * 100_000, 1, b"".join(field(4, label(b"b", b"%d" % n) + field(2, field(1, 1.0))) for n in range(100_000)))), [413]),
    ("a name of 15 MB of a histogram", protobuf(lambda: histogram(b"", 3, b"a" * 15 * MiB)), [200, 413]),
    ("100,000 families of a name of 100 bytes", protobuf(lambda: b"".join(histogram(b"", 1, b"a" * 100 + b"%d" % n) for n in range(100_000))), [200, 413]),
    ("HELP of 60 MB of invalid UTF-8, protobuf", protobuf(lambda: family(b"a", 1, field(4, field(2, field(1, 1.0))), b"\xff" * 60 * MiB)), [200, 413]),
    ("a native histogram of 2^32 buckets", protobuf(family(b"a", 4, field(4, field(7, field(1, 1) + field(5, 0) + field(12, field(1, 0) + field(2, 0xffffffff)) + field(13, 2))))), [400]),
    ("a million spans of a native histogram", protobuf(lambda: family(b"a", 4, field(4, field(7, field(1, 0) + field(5, 0) + field(12, b"") * 5_000_000)))), [200, 400, 413]),
    ("10 million packed buckets", protobuf(lambda: family(b"a", 4, field(4, field(7, field(1, 0) + field(5, 0) + field(12, field(2, 10_000_000)) + field(13, b"\0" * 10_000_000))))), [200, 400, 413]),
    ("300,000 exemplars", protobuf(lambda: family(b"a", 4, field(4, field(7, field(1, 1) + b"".join(field(3, field(1, n) + field(2, float(n)) + field(3, label(b"t", b"x") + field(2, 1.0))) for n in range(300_000)))))), [200, 413]),
    ("a truncated message", protobuf(family(b"a", 1, field(4, field(2, field(1, 1.0))))[:-1]), [400]),
    ("text as protobuf", protobuf(b"some_metric 1\n" * 100), [400]),
    ("text of 60 MB as protobuf", protobuf(lambda: b"some_metric 1\n" * 4 * MiB), [400]),
    ("protobuf as text", body(family(b"a", 1, field(4, field(2, field(1, 1.0))))), [400]),
    ("eight histograms of 1,000 labels at a time", wire.crowd(8, protobuf(lambda: histogram(b"".join(label(b"b%d" % n, b"c") for n in range(1000)), 1000))), [200, 413, 503]),
]

ATTACKS = BOMBS + TEXTS + OPENMETRICS + PROTOBUF
