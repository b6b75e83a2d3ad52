"""How long a server takes from its start to its first answers."""

import socket
import time

from bench.clients import request
from bench.processes import free_port
from bench.queries import TYPENAME

LIVE = b"GET /health/live HTTP/1.1\r\nHost: accord\r\nConnection: close\r\n\r\n"


def measure(scene, settings):
    """The seconds to the first 200 of /health/live, and to the first answer of GraphQL."""
    port = free_port()
    start = time.monotonic()
    process = scene.start(port, settings)
    try:
        times = []
        for message in (LIVE, request(scene.tokens[0], TYPENAME)):
            while not first_line(port, message).startswith(b"HTTP/1.1 200"):
                if process.poll() is not None or time.monotonic() > start + 30:
                    raise RuntimeError(f"The server did not start: see {scene.folder}/accord.log")
                time.sleep(0.001)
            times.append(time.monotonic() - start)
        return times
    finally:
        process.kill()
        process.wait()


def first_line(port, message):
    try:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(message)
            return connection.recv(1 << 16)
    except ConnectionError:
        return b""
