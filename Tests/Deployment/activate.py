"""Has systemd pass a socket to a program, and asks the program at it: activate.py PROGRAM ADDRESS"""

import signal
import socket
import subprocess
import sys
import time

program, address = sys.argv[1:]
child = subprocess.Popen(
    ["/usr/bin/systemd-socket-activate", f"--listen={address}", program, "--remote-write.url=http://127.0.0.1:9/",
     "--web.listen-address=127.0.0.1:0"])
try:
    for _ in range(1_000):
        try:
            door = socket.socket(socket.AF_UNIX if address.startswith("/") else socket.AF_INET)
            door.settimeout(60)
            host, _, port = address.rpartition(":")
            door.connect(address if address.startswith("/") else (host, int(port)))
            break
        except OSError:
            time.sleep(0.02)
    door.sendall(b"GET /-/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    answer = door.recv(4096)
    assert answer.startswith(b"HTTP/1.1 200 ") or answer.startswith(b"HTTP/1.1 503 "), answer
    child.send_signal(signal.SIGTERM)
    assert child.wait(60) == 0, child.returncode
finally:
    child.kill()
