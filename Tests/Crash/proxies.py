"""What stands between Accord and its storage, and between Accord and PostgreSQL, and does them harm."""

import http.client
import random
import socket
import struct
import threading
import time


def _listen():
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    return listener, listener.getsockname()[1]


def _reset(connection):
    """Closes a connection so that the peer notices at once, whatever is on its way."""
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    except OSError:
        pass


class Proxy:
    """Accepts connections, each in a thread of its own."""

    def __init__(self, host, port, seed):
        self.upstream = (host, port)
        self.random = random.Random(seed)
        self.is_calm = True
        self.refuses_until = 0.0
        self.counts = {}
        listener, self.port = _listen()
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def refuse(self, seconds):
        """Refuses all connections for a while: an outage."""
        self.refuses_until = time.monotonic() + seconds
        self._count("outage")

    @property
    def is_refusing(self):
        return time.monotonic() < self.refuses_until

    def _count(self, fault):
        self.counts[fault] = self.counts.get(fault, 0) + 1

    def _accept(self, listener):
        while True:
            client, _ = listener.accept()
            if self.is_refusing:
                _reset(client)
            else:
                threading.Thread(target=self._guarded, args=(client,), daemon=True).start()

    def _guarded(self, client):
        try:
            self._serve(client)
        except (OSError, http.client.HTTPException, ValueError):
            pass
        finally:
            _reset(client)


class StorageProxy(Proxy):
    """One request for each connection. Some are cut, delayed, answered with 5xx, or forwarded so that nobody hears of it:
    at once, or only after their sender was told that they failed.
    """

    FAULTS = ("cut request", "refuse", "5xx", "5xx but done", "lose answer", "late", "delay")
    RATE = 0.15
    LATEST = 1.5

    def _serve(self, client):
        client.settimeout(60)
        request = self._read(client)
        if request is None:
            return
        head, body, method = request
        fault = None
        if not self.is_calm and self.random.random() < self.RATE:
            fault = self.random.choice(self.FAULTS)
            self._count(fault)
        if fault == "delay":
            time.sleep(self.random.uniform(0.01, 0.5))
        elif fault in ("cut request", "refuse"):
            return
        elif fault == "5xx":
            self._answer(client, 503, b"<Error><Code>SlowDown</Code></Error>")
            return
        elif fault == "late":
            _reset(client)
            time.sleep(self.random.uniform(0.05, self.LATEST))
            self._forward(head, body, method)
            return
        elif fault == "lose answer":
            self._forward(head, body, method)
            return
        elif fault == "5xx but done":
            self._forward(head, body, method)
            self._answer(client, 500, b"<Error><Code>InternalError</Code></Error>")
            return
        status, headers, answer = self._forward(head, body, method)
        lines = [f"HTTP/1.1 {status} -"]
        lines += [f"{name}: {value}" for name, value in headers
                  if name.lower() not in ("connection", "transfer-encoding", "content-length")]
        length = dict((name.lower(), value) for name, value in headers).get("content-length", "0")
        lines += ["Connection: close", f"Content-Length: {length if method == 'HEAD' else len(answer)}", "", ""]
        client.sendall("\r\n".join(lines).encode("latin-1") + answer)
        client.shutdown(socket.SHUT_WR)
        client.recv(1)

    def _answer(self, client, status, body):
        head = f"HTTP/1.1 {status} -\r\nConnection: close\r\nContent-Type: application/xml\r\nContent-Length: {len(body)}\r\n\r\n"
        client.sendall(head.encode() + body)
        client.shutdown(socket.SHUT_WR)
        client.recv(1)

    def _read(self, client):
        """A whole request: its head, its body, its method; None when the client goes away before."""
        data = b""
        while b"\r\n\r\n" not in data:
            piece = client.recv(65536)
            if not piece:
                return None
            data += piece
        head, body = data.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        fields = dict((line.split(":", 1)[0].lower(), line.split(":", 1)[1].strip()) for line in lines[1:])
        length = int(fields.get("content-length", "0"))
        if fields.get("expect", "").lower() == "100-continue":
            client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        while len(body) < length:
            piece = client.recv(262144)
            if not piece:
                return None
            body += piece
        kept = [line for line in lines if not line.lower().startswith(("connection:", "expect:"))]
        return "\r\n".join(kept + ["Connection: close", "", ""]).encode("latin-1"), body, lines[0].split(" ")[0]

    def _forward(self, head, body, method):
        with socket.create_connection(self.upstream, timeout=60) as upstream:
            upstream.sendall(head + body)
            response = http.client.HTTPResponse(upstream, method=method)
            response.begin()
            answer = response.read()
            return response.status, response.getheaders(), answer


class DatabaseProxy(Proxy):
    """Passes bytes on, until somebody cuts the connection: at once, or so that only the answers are lost."""

    def __init__(self, host, port, seed):
        self.connections = set()
        self.lock = threading.Lock()
        super().__init__(host, port, seed)

    def cut(self):
        """Cuts one connection."""
        with self.lock:
            if not self.connections:
                return
            pair = self.random.choice(list(self.connections))
        if self.random.random() < 0.5:
            self._count("lose answer")
            pair.is_mute = True
            threading.Timer(0.02, pair.end).start()
        else:
            self._count("cut")
            pair.end()

    def outage(self, seconds):
        """Cuts all connections and refuses new ones for a while."""
        self.refuse(seconds)
        with self.lock:
            pairs = list(self.connections)
        for pair in pairs:
            pair.end()

    def _serve(self, client):
        upstream = socket.create_connection(self.upstream)
        for end in (client, upstream):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pair = _Pair(client, upstream)
        with self.lock:
            self.connections.add(pair)
        try:
            back = threading.Thread(target=pair.pump, args=(upstream, client, True), daemon=True)
            back.start()
            pair.pump(client, upstream, False)
            back.join()
        finally:
            with self.lock:
                self.connections.discard(pair)


class _Pair:
    def __init__(self, client, upstream):
        self.client, self.upstream = client, upstream
        self.is_mute = False

    def pump(self, source, sink, is_answer):
        try:
            while piece := source.recv(65536):
                if not (is_answer and self.is_mute):
                    sink.sendall(piece)
        except OSError:
            pass
        self.end()

    def end(self):
        for connection in (self.client, self.upstream):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
