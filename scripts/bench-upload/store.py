"""Stores to upload into: nginx, and one that stops taking anything when it is told to."""

import os
import socket
import subprocess
import threading
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("nothing happened in time")
        time.sleep(0.05)


def is_listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Nginx:
    """nginx with WebDAV's PUT into a folder. It ignores signatures and writes as fast as it can."""

    CONFIGURATION = """
{user}daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log crit;
events {{ worker_connections 512; }}
http {{
    access_log off; sendfile on; client_max_body_size 0; client_body_buffer_size 256k;
    client_body_temp_path {folder}/temporary; proxy_temp_path {folder}/t1; fastcgi_temp_path {folder}/t2;
    uwsgi_temp_path {folder}/t3; scgi_temp_path {folder}/t4;
    server {{
        listen 127.0.0.1:{port}; root {folder}/files;
        location / {{ dav_methods PUT DELETE; create_full_put_path on; dav_access user:rw; }}
    }}
}}
"""

    def __init__(self, folder):
        self.port, self.folder = free_port(), folder
        os.makedirs(f"{folder}/files/bench", exist_ok=True)
        user = "user root;" if os.getuid() == 0 else ""
        with open(f"{folder}/nginx.conf", "w", encoding="utf-8") as file:
            file.write(self.CONFIGURATION.format(user=user, folder=folder, port=self.port))
        program = "/usr/sbin/nginx" if os.path.exists("/usr/sbin/nginx") else "nginx"
        self.process = subprocess.Popen(
            [program, "-c", f"{folder}/nginx.conf", "-e", f"{folder}/error.log"], stdin=subprocess.DEVNULL)
        wait_for(lambda: is_listening(self.port))

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def stop(self):
        self.process.terminate()
        self.process.wait()


class StallingStore:
    """Takes what is put, until it is told to take nothing more. It never says no: who puts has to give up."""

    def __init__(self):
        self.end_of_stall = threading.Event()
        self.end_of_stall.set()
        self.held = 0
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        # Little is held on this side.
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 10)
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def stall(self):
        self.end_of_stall.clear()

    def stop(self):
        self.end_of_stall.set()
        self.listener.close()

    def accept(self):
        while True:
            try:
                channel, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(channel,), daemon=True).start()

    def serve(self, channel):
        with channel, channel.makefile("rb") as incoming:
            while line := incoming.readline():
                length = 0
                while (header := incoming.readline()) not in (b"\r\n", b""):
                    name, _, value = header.decode("latin-1").partition(":")
                    if name.lower() == "content-length":
                        length = int(value)
                if line.startswith(b"PUT") and not self.end_of_stall.is_set():
                    self.held += 1
                    self.end_of_stall.wait()
                    return
                while length > 0:
                    length -= len(incoming.read(min(length, 64 << 10)))
                channel.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
