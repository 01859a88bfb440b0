"""A proxy that makes tunnels for who shows `user:pass`; it prints its port, and then a line for each request."""

import socket
import socketserver
import threading

PASS = "Basic dXNlcjpwYXNz"


def copy(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class Proxy(socketserver.StreamRequestHandler):
    def handle(self):
        line = self.rfile.readline().decode().strip()
        headers = {}
        while (header := self.rfile.readline().decode().strip()) != "":
            name, _, value = header.partition(":")
            headers[name.lower()] = value.strip()
        print(line, headers.get("x-pass"), headers.get("authorization"), flush=True)
        if headers.get("proxy-authorization") != PASS:
            self.wfile.write(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        host, _, port = line.split(" ")[1].rpartition(":")
        # Names that nobody resolves are this machine's.
        with socket.create_connection(("127.0.0.1", int(port))) as other:
            self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            threading.Thread(target=copy, args=(other, self.connection), daemon=True).start()
            copy(self.connection, other)


socketserver.ThreadingTCPServer.daemon_threads = True
server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Proxy)
print(server.server_address[1], flush=True)
server.serve_forever()
