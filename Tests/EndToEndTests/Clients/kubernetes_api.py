"""A Kubernetes API server as far as discovery goes: `kubernetes_api.py [CERT KEY CA]`; it prints its port.

With certificates it speaks TLS, and knows clients by a certificate of CA, too; without, and besides, by a token or a password.

Lists in pages and watches of services and endpoint slices, as the API conventions have them: resourceVersion, chunked
streams of events, bookmarks, 410 Gone, 401 for another token than the current one, selectors of equal labels. Objects are
changed by POST /control: {"put": object}, {"delete": object}, {"token": text}, {"expire": true}, {"disconnect": true}.
"""

import http.server
import json
import queue
import ssl
import sys
import threading
import urllib.parse

from json_handler import JSONHandler

KINDS = {"services": ("v1", "Service"), "endpointslices": ("discovery.k8s.io/v1", "EndpointSlice")}


class Store:
    """What is there, what happened, and who watches."""

    lock = threading.RLock()
    version = 100
    # What happened before this version is forgotten.
    oldest = 0
    token = "token-1"
    objects = {kind: {} for kind in KINDS}
    events = []
    watchers = []
    requests = []

    @classmethod
    def change(cls, type_, thing):
        with cls.lock:
            cls.version += 1
            plural = next(plural for plural, (_, kind) in KINDS.items() if kind == thing["kind"])
            metadata = thing["metadata"]
            key = (metadata["namespace"], metadata["name"])
            metadata["resourceVersion"] = str(cls.version)
            if type_ == "DELETED":
                cls.objects[plural].pop(key, None)
            else:
                type_ = "MODIFIED" if key in cls.objects[plural] else "ADDED"
                cls.objects[plural][key] = thing
            cls.tell(plural, cls.version, type_, thing)

    @classmethod
    def tell(cls, plural, version, type_, thing):
        cls.events.append((plural, version, type_, thing))
        for watcher in cls.watchers:
            watcher.put((plural, version, type_, thing))


def selects(selector, thing):
    labels = thing["metadata"].get("labels", {})
    for part in filter(None, selector.split(",")):
        name, equals, value = part.partition("=")
        if name not in labels or (equals and labels[name] != value):
            return False
    return True


def fields(selector, thing):
    return all(thing["metadata"].get(part.split("=")[0].removeprefix("metadata.")) == part.split("=")[1]
               for part in filter(None, selector.split(",")))


class Server(JSONHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        command = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with Store.lock:
            if "put" in command:
                Store.change("ADDED", command["put"])
            if "delete" in command:
                Store.change("DELETED", command["delete"])
            if "token" in command:
                Store.token = command["token"]
            if "expire" in command:
                Store.version += 1
                Store.oldest = Store.version
                Store.events.clear()
            if "bookmark" in command:
                Store.version += 1
                for watcher in Store.watchers:
                    watcher.put(None)
            if "disconnect" in command:
                for watcher in Store.watchers:
                    watcher.put("disconnect")
        self.answer(200, {"requests": Store.requests})

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = {name: values[-1] for name, values in urllib.parse.parse_qs(url.query).items()}
        with Store.lock:
            Store.requests.append(self.path)
            if not self.is_known():
                self.status(401, "Unauthorized", "Unauthorized")
                return
        parts = url.path.strip("/").split("/")
        plural = parts[-1]
        namespace = parts[parts.index("namespaces") + 1] if "namespaces" in parts else None
        if plural not in KINDS:
            self.status(404, "NotFound", "the server could not find the requested resource")
        elif query.get("watch") in ("1", "true", "True"):
            self.watch(plural, namespace, query)
        else:
            self.list(plural, namespace, query)

    def is_known(self):
        certificate = isinstance(self.connection, ssl.SSLSocket) and self.connection.getpeercert()
        # admin:password
        return certificate or self.headers["Authorization"] in (f"Bearer {Store.token}", "Basic YWRtaW46cGFzc3dvcmQ=")

    def wanted(self, thing, namespace, query):
        return (namespace in (None, thing["metadata"]["namespace"]) and selects(query.get("labelSelector", ""), thing)
                and fields(query.get("fieldSelector", ""), thing))

    def list(self, plural, namespace, query):
        api, kind = KINDS[plural]
        with Store.lock:
            things = [thing for _, thing in sorted(Store.objects[plural].items())
                      if self.wanted(thing, namespace, query)]
            version = str(Store.version)
        # Pages of one object, so that every list has several.
        start = int(query.get("continue") or 0)
        limited = "limit" in query
        page = things[start:start + 1] if limited else things
        metadata = {"resourceVersion": version}
        if limited and start + 1 < len(things):
            metadata["continue"] = str(start + 1)
        self.answer(200, {"kind": f"{kind}List", "apiVersion": api, "metadata": metadata, "items": page})

    def watch(self, plural, namespace, query):
        api, kind = KINDS[plural]
        with Store.lock:
            since = int(query.get("resourceVersion") or 0)
            if since < Store.oldest:
                self.status(410, "Expired", f"too old resource version: {since} ({Store.version})")
                return
            mine = queue.Queue()
            for event in Store.events:
                if event[1] > since:
                    mine.put(event)
            Store.watchers.append(mine)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            self.stream(mine, plural, kind, api, lambda thing: self.wanted(thing, namespace, query))
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            with Store.lock:
                Store.watchers.remove(mine)
            self.close_connection = True

    def stream(self, mine, plural, kind, api, wanted):
        while True:
            event = mine.get()
            if event == "disconnect":
                # No last chunk: the connection breaks off.
                return
            if event is None:
                metadata = {"resourceVersion": str(Store.version), "creationTimestamp": None}
                self.event("BOOKMARK", {"kind": kind, "apiVersion": api, "metadata": metadata})
            elif event[0] == plural and wanted(event[3]):
                self.event(event[2], event[3])

    def event(self, type_, thing):
        line = json.dumps({"type": type_, "object": thing}).encode() + b"\n"
        # An event need not be a chunk.
        for part in (line[:7], line[7:]):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self.wfile.flush()

    def status(self, code, reason, message):
        self.answer(code, {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "reason": reason,
                           "message": message, "code": code})


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
server.daemon_threads = True
if len(sys.argv) > 1:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    context.load_verify_locations(sys.argv[3])
    context.verify_mode = ssl.CERT_OPTIONAL
    # The handshake is the thread's of the connection, so that one that fails holds up nobody.
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print(server.server_address[1], flush=True)
server.serve_forever()
