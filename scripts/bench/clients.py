"""Clients with a connection each, all on one thread: what they send is prepared, and answers are only looked at for
their status and for errors."""

import heapq
import json
import selectors
import socket
import time

QUERY = "query GetConnections { connections { id connectionStatus agreement { id fileName presignedUrl } } }"


def request(token, query=QUERY):
    body = json.dumps({"query": query}).encode()
    head = (f"POST /graphql HTTP/1.1\r\nHost: accord\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nAccept: application/json\r\nContent-Length: {len(body)}\r\n\r\n")
    return head.encode() + body


class Client:
    """Sends the requests that `turns` yields, as (time, request), one after the other; a time in the past is at once."""

    def __init__(self, name, port, turns):
        self.name, self.turns = name, turns
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received, self.expected = b"", None
        self.due = 0.0

    def send(self, message):
        self.received, self.expected = b"", None
        self.socket.sendall(message)

    def take(self):
        """Whether the answer is complete."""
        data = self.socket.recv(1 << 18)
        if not data:
            raise RuntimeError("The server closed a connection.")
        self.received += data
        if self.expected is None:
            end = self.received.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = self.received[:end].lower()
            start = head.index(b"content-length:") + 15
            self.expected = end + 4 + int(head[start:].split(b"\r\n", 1)[0])
        return len(self.received) >= self.expected

    @property
    def failed(self):
        return not self.received.startswith(b"HTTP/1.1 200") or b'"errors"' in self.received


class Outcome:
    def __init__(self):
        self.latencies, self.failures, self.seconds = {}, 0, 0.0

    @property
    def count(self):
        return sum(len(values) for values in self.latencies.values())

    @property
    def rate(self):
        return self.count / self.seconds

    def percentile(self, share, name):
        ordered = sorted(self.latencies[name])
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


def run(clients, seconds):
    """Lets the clients send for so long. A request's latency begins when it was due, though its client was not ready."""
    outcome = Outcome()
    selector = selectors.DefaultSelector()
    start = time.monotonic()
    end = start + seconds
    waiting = []
    for number, client in enumerate(clients):
        client.due, message = next(client.turns)
        client.due += start
        heapq.heappush(waiting, (client.due, number, client, message))
        selector.register(client.socket, selectors.EVENT_READ, (number, client))
    busy = 0
    while True:
        now = time.monotonic()
        while waiting and waiting[0][0] <= now and now < end:
            _, _, client, message = heapq.heappop(waiting)
            client.due = client.due or now
            client.sent = max(client.due, start)
            client.send(message)
            busy += 1
        if now >= end and busy == 0:
            break
        timeout = 0.05 if not waiting else max(0.0, min(0.05, waiting[0][0] - now))
        for key, _ in selector.select(timeout):
            number, client = key.data
            if not client.take():
                continue
            now = time.monotonic()
            busy -= 1
            outcome.failures += client.failed
            outcome.latencies.setdefault(client.name, []).append(now - client.sent)
            due, message = next(client.turns)
            client.due = start + due if due else now
            heapq.heappush(waiting, (client.due, number, client, message))
    outcome.seconds = time.monotonic() - start
    for client in clients:
        client.socket.close()
    return outcome


def closed(messages):
    """Each message as soon as the one before is answered, over and over."""
    while True:
        for message in messages:
            yield 0.0, message


def paced(message, rate, phase):
    """So many a second, whatever the answers do."""
    number = phase
    while True:
        yield number / rate, message
        number += 1
