"""Requests over a socket, byte by byte; and attacks by the way in which a request arrives."""

import select
import socket
import threading
import time

PATIENCE = 100
PATH = "/metrics/job/attack"


class Answer:
    """The answer to one request."""

    def __init__(self, head, body):
        self.head, self.body = head, body
        words = head.split(b" ", 2)
        self.status = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
        lower = head.lower()
        self.keeps_alive = self.status > 0 and b"\r\nconnection: close" not in lower
        # Whether some push of the attack was taken.
        self.was_taken = self.status in (200, 202)


class Connection:
    """A connection to the program."""

    def __init__(self, port):
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.unread = b""

    def send(self, pieces):
        """Writes the pieces until the other side answers or ends."""
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                readable, writable, _ = select.select([self.socket], [self.socket], [], PATIENCE)
                if readable:
                    return
                if not writable:
                    raise OSError("takes nothing more")
                rest = rest[self.socket.send(rest[:1 << 20]):]

    def answer(self):
        """Reads one answer, but for 100."""
        while b"\r\n\r\n" not in self.unread:
            self.receive()
        head, _, self.unread = self.unread.partition(b"\r\n\r\n")
        if b" 100 " in head[:13]:
            return self.answer()
        length = next((int(line.split(b":")[1]) for line in head.lower().split(b"\r\n")
                       if line.startswith(b"content-length:")), 0)
        while len(self.unread) < length:
            self.receive()
        body, self.unread = self.unread[:length], self.unread[length:]
        return Answer(head, body)

    def receive(self):
        data = self.socket.recv(65536)
        if not data:
            raise OSError("closed without an answer")
        self.unread += data

    def exchange(self, pieces):
        try:
            self.send(pieces)
        except BrokenPipeError:
            pass
        return self.answer()


def push(body, *headers, path=PATH, method="POST"):
    """The pieces of a push whose body is bytes or a list of them."""
    pieces = [body] if isinstance(body, bytes) else body
    lines = [f"{method} {path} HTTP/1.1", "Host: x", *headers, f"Content-Length: {sum(map(len, pieces))}", "", ""]
    return ["\r\n".join(lines).encode()] + pieces


def raw(text, *more):
    """An attack that writes just these bytes."""
    return lambda connection: connection.exchange([text if isinstance(text, bytes) else text.encode(), *more])


def head(*lines, body=b""):
    return raw("\r\n".join(["POST " + PATH + " HTTP/1.1", "Host: x", *lines, "", ""]).encode() + body)


def to(path, body=b"a 1\n"):
    return lambda connection: connection.exchange(push(body, path=path))


def chunked(chunk, count):
    return lambda connection: connection.exchange(
        [f"POST {PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode()]
        + [chunk * 4096] * (count // 4096) + [b"0\r\n\r\n"])


def half_open(connection):
    """Sends half a body, and no more: the answer comes after 30 s."""
    return connection.exchange([push(b"a 1\n" * 1000)[0], b"a 1\n" * 500])


def cut_short(connection):
    """Sends half a body, and ends its side."""
    connection.send([push(b"a 1\n" * 1000)[0], b"a 1\n" * 500])
    connection.socket.shutdown(socket.SHUT_WR)
    try:
        return connection.answer()
    except OSError as error:
        return Answer(b"HTTP/1.1 000 closed\r\nConnection: close", str(error).encode())


def slow(connection):
    """Sends a body by the byte; it is taken as long as it makes progress."""
    pieces = push(b"".join(b"a%d 1\n" % number for number in range(20)))
    connection.send(pieces[:1])
    for byte in pieces[1]:
        connection.send([bytes([byte])])
        time.sleep(0.05)
    return connection.answer()


def pipelined(count, body):
    """Many pushes without a look at the answers."""
    def attack(connection):
        many = b"".join(push(body)) * count
        answers = []
        rest = memoryview(many)
        while len(answers) < count:
            if b"\r\n\r\n" in connection.unread:
                answers.append(connection.answer())
                continue
            readable, writable, _ = select.select(
                [connection.socket], [connection.socket] if rest else [], [], PATIENCE)
            if readable:
                connection.receive()
            elif writable:
                rest = rest[connection.socket.send(rest[:1 << 14]):]
            else:
                raise OSError(f"{len(answers)} answers of {count}")
        return max(answers, key=lambda answer: answer.status)
    return attack


def deaf(count):
    """Many pushes, and never a look at the answers: until nothing more is taken."""
    def attack(connection):
        many = b"".join(push(b"a\n")) * 1000
        connection.socket.settimeout(2)
        try:
            for _ in range(count // 1000):
                connection.socket.sendall(many)
        except OSError:
            pass
        connection.socket.settimeout(PATIENCE)
        answer = connection.answer()
        answer.keeps_alive = False
        return answer
    return attack


def crowd(connections, attack):
    """The same attack from many sides at a time; the answer with the highest status."""
    def all(first):
        answers = []

        def one():
            try:
                answers.append(attack(Connection(first.port)))
            except OSError as error:
                answers.append(Answer(b"", str(error).encode()))
        threads = [threading.Thread(target=one) for _ in range(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        worst = max(answers, key=lambda answer: answer.status or 1000)
        worst.was_taken = any(answer.was_taken for answer in answers)
        worst.keeps_alive = False
        return worst
    return all


BOTH = "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" % PATH
SMUGGLED = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"

ATTACKS = [
    ("smuggling: Content-Length and Transfer-Encoding", raw(BOTH + SMUGGLED), [400]),
    ("smuggling: two Content-Lengths", head("Content-Length: 4", "Content-Length: 5", body=b"a 1\nx"), [400]),
    ("the same Content-Length twice", head("Content-Length: 4", "Content-Length: 4", body=b"a 1\n"), [200, 400]),
    ("smuggling: Content-Length: 4, 4", head("Content-Length: 4, 4", body=b"a 1\n"), [400]),
    ("smuggling: Content-Length: +4", head("Content-Length: +4", body=b"a 1\n"), [400]),
    ("smuggling: Content-Length: -4", head("Content-Length: -4", body=b"a 1\n"), [400]),
    ("smuggling: Content-Length of 30 digits", head("Content-Length: " + "9" * 30, body=b"a 1\n"), [400]),
    ("Content-Length of 18 digits", head("Content-Length: " + "9" * 18, body=b"a 1\n"), [413]),
    ("smuggling: Transfer-Encoding: xchunked", head("Transfer-Encoding: xchunked", body=b"0\r\n\r\n"), [400]),
    ("smuggling: Transfer-Encoding: chunked, identity", head("Transfer-Encoding: chunked, identity", body=b"0\r\n\r\n"), [400]),
    ("smuggling: Transfer-Encoding: gzip, chunked", head("Transfer-Encoding: gzip, chunked", body=b"0\r\n\r\n"), [400]),
    ("smuggling: Transfer-Encoding : chunked", head("Transfer-Encoding : chunked", body=b"0\r\n\r\n"), [400]),
    ("smuggling: Transfer-Encoding twice", head("Transfer-Encoding: chunked", "Transfer-Encoding: identity", body=b"0\r\n\r\n"), [400]),
    ("smuggling: folded header", head("X: a\r\n b", "Content-Length: 4", body=b"a 1\n"), [200, 400]),
    ("smuggling: folded Transfer-Encoding", head("Transfer-Encoding:\r\n chunked", body=b"0\r\n\r\n"), [400]),
    ("smuggling: bare LF", raw(f"POST {PATH} HTTP/1.1\nHost: x\nContent-Length: 4\n\na 1\n"), [200, 400]),
    ("smuggling: bare CR in a header", head("X: a\rb", "Content-Length: 4", body=b"a 1\n"), [400]),
    ("smuggling: NUL in a header", head("X: a\0b", "Content-Length: 4", body=b"a 1\n"), [400]),
    ("smuggling: body with GET", raw(f"GET {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(SMUGGLED)}\r\n\r\n" + SMUGGLED), [405]),
    ("no Host", raw(f"POST {PATH} HTTP/1.1\r\nContent-Length: 4\r\n\r\na 1\n"), [200, 400]),
    ("HTTP/0.9", raw(f"GET {PATH}\r\n\r\n"), [400]),
    ("HTTP/2 preface", raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), [400]),
    ("TLS", raw(bytes.fromhex("16030100f4010000f00303") + bytes(range(220))), [400]),
    ("rubbish, 60 MB", lambda c: c.exchange([b"\xff" * (1 << 20)] * 60), [400]),
    ("100 Content-Encodings", head(*["Content-Encoding: gzip"] * 100, "Content-Length: 0"), [415]),
    ("Content-Encoding of 30 KB", head("Content-Encoding: " + "gzip, " * 5000 + "gzip", "Content-Length: 0"), [415]),
    ("1,000 headers", head(*[f"X-{n}: y" for n in range(1000)]), [431]),
    ("header of 1 MB", head("X: " + "y" * (1 << 20)), [431]),
    ("headers of 60 MB", lambda c: c.exchange([f"POST {PATH} HTTP/1.1\r\n".encode()] + [b"X: " + b"y" * 8189 + b"\r\n"] * 7500), [431]),
    ("path of 60 KB", to("/metrics/job/" + "x" * 60_000), [431]),
    ("path of 30 KB", to("/metrics/job/" + "x" * 30_000), [200]),
    ("path of 10,000 labels", to("/metrics/job/x" + "/l/" * 10_000), [400]),
    ("path of 4,000 labels", to("/metrics/job/x" + "".join(f"/{n:x}/v" for n in range(4000))), [200]),
    ("path of 4,000 labels, 100,000 series", to("/metrics/job/x" + "".join(f"/{n:x}/v" for n in range(4000)), b"".join(b"a%d 1\n" % n for n in range(100_000))), [413]),
    ("base64 of 30 KB", to("/metrics/job@base64/" + "YWFh" * 7500), [200]),
    ("base64 of 30 KB, broken", to("/metrics/job@base64/" + "YWFh" * 7500 + "!"), [400]),
    ("30 KB of %ff", to("/metrics/job/" + "%ff" * 10_000), [400]),
    ("30 KB of %", to("/metrics/job/" + "%" * 30_000), [400]),
    ("30 KB of slashes", to("/metrics/job/x" + "/" * 30_000), [400]),
    ("job %00", to("/metrics/job/%00"), [200]),
    ("label name %00", to("/metrics/job/x/%00/y"), [200]),
    ("label __name__", to("/metrics/job/x/__name__/y"), [400]),
    ("label U___5f__5f_name", to("/metrics/job/x/U___5f__5f_name/y"), [400]),
    ("raw 0xff in the path", raw(f"POST {PATH}/i/".encode() + b"\xff HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\na 1\n"), [400]),
    ("raw NUL in the path", raw(f"POST {PATH}/i/".encode() + b"\0 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\na 1\n"), [400]),
    ("Expect: 100-continue, too large", head("Expect: 100-continue", "Content-Length: 99999999"), [413]),
    ("Expect: 100-continue, wrong path", raw("POST /nope HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n"), [404]),
    ("Expect: 100-continue, 415", head("Expect: 100-continue", "Content-Encoding: br", "Content-Length: 9"), [415]),
    ("body of 100 MB", lambda c: c.exchange(push([b"a" * (1 << 20)] * 100)), [413]),
    ("body of 1 GB, chunked", chunked(b"10\r\n0123456789abcdef\r\n", 1 << 26), [413]),
    ("15 MB in chunks of a byte", chunked(b"1\r\n\n\r\n", 15 << 20), [200]),
    ("chunk extensions of 100 MB", lambda c: c.exchange([f"POST {PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;".encode()] + [b"e" * (1 << 20)] * 100 + [b"\r\na\r\n0\r\n\r\n"]), [400, 413, 431]),
    ("a million chunks with extensions", chunked(b"1;" + b"e" * 90 + b"\r\n\n\r\n", 1 << 20), [200, 400, 413]),
    ("trailers of 60 MB", lambda c: c.exchange([f"POST {PATH} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na 1\n\r\n0\r\n".encode()] + [b"X: " + b"y" * 8189 + b"\r\n"] * 7500 + [b"\r\n"]), [400, 431]),
    ("chunk size of 30 digits", head("Transfer-Encoding: chunked", body=b"f" * 30 + b"\r\na 1\n"), [400]),
    ("negative chunk size", head("Transfer-Encoding: chunked", body=b"-1\r\na 1\n"), [400]),
    ("half a body, then silence", half_open, [408]),
    ("half a body, then the end", cut_short, [0, 400]),
    ("a body by the byte", slow, [200]),
    ("10,000 pipelined pushes", pipelined(10_000, b"a 1\n"), [200]),
    ("10,000 pipelined refusals", pipelined(10_000, b"a\n"), [400]),
    ("100,000 pipelined refusals, none read", deaf(100_000), [400]),
]
