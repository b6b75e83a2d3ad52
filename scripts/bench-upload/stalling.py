"""A store to upload into that stops taking anything when it is told to."""

import socket
import threading


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
