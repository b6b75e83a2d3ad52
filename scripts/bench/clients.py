"""Clients with a connection each, all on one thread: what they send is prepared, and answers are only looked at for
their status and for errors."""

import heapq
import json
import selectors
import socket
import time
from dataclasses import dataclass

from bench.queries import GET_CONNECTIONS


def request(token, query=GET_CONNECTIONS):
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
        self.due, self.sent = 0.0, 0.0

    def send(self, message):
        self.received, self.expected = b"", None
        self.socket.sendall(message)

    def take(self):
        """Whether the answer is complete, or none comes any more."""
        try:
            data = self.socket.recv(1 << 18)
        except ConnectionError:
            data = b""
        if not data:
            self.received = b""
            return True
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
    def status(self):
        """That of the answer: of HTTP, 0 when there was none, and 1 for errors of GraphQL."""
        status = int(self.received[9:12] or 0)
        return 1 if status == 200 and b'"errors"' in self.received else status


@dataclass
class Answer:
    """When it was time to ask, when its client did, and when it was there; in seconds since the start."""

    name: str
    due: float
    sent: float
    received: float
    status: int


class Outcome:
    """The answers, in the order of their arrival, and how many never came."""

    def __init__(self):
        self.answers, self.unanswered, self.seconds = [], 0, 0.0

    @property
    def failures(self):
        return self.unanswered + sum(answer.status != 200 for answer in self.answers)

    @property
    def rate(self):
        return len(self.answers) / self.seconds

    def count(self, name):
        return sum(answer.name == name for answer in self.answers)

    def percentile(self, share, name):
        """Of the latencies in milliseconds. They begin when it was time to ask, though the client was not ready."""
        return percentile(share, [answer.received - answer.due for answer in self.answers if answer.name == name])


def percentile(self, share, name, status=None):
        """In milliseconds."""
        return percentile(share, self.latencies(name, status))


def percentile(share, latencies):
    """In milliseconds, of seconds."""
    ordered = sorted(latencies)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


def run(clients, seconds, patience=60):
    """Lets the clients send for so long, and waits for what is still to be answered."""
    outcome = Outcome()
    selector = selectors.DefaultSelector()
    start = time.monotonic()
    end = start + seconds
    waiting = []

    def next_turn(number, client, now):
        due, message = next(client.turns, (None, None))
        if message is not None:
            client.due = start + due if due or now is None else now
            heapq.heappush(waiting, (client.due, number, client, message))

    for number, client in enumerate(clients):
        next_turn(number, client, None)
        selector.register(client.socket, selectors.EVENT_READ, (number, client))
    busy = 0
    while True:
        now = time.monotonic()
        while waiting and waiting[0][0] <= now and now < end:
            _, _, client, message = heapq.heappop(waiting)
            client.sent = time.monotonic()
            client.send(message)
            busy += 1
        if now >= end and (busy == 0 or now > end + patience):
            break
        timeout = 0.05 if not waiting else max(0.0, min(0.05, waiting[0][0] - now))
        for key, _ in selector.select(timeout):
            number, client = key.data
            if not client.take():
                continue
            now = time.monotonic()
            busy -= 1
            outcome.answers.append(
                Answer(client.name, client.due - start, client.sent - start, now - start, client.status))
            if client.received:
                next_turn(number, client, now)
            else:
                selector.unregister(client.socket)
    outcome.unanswered, outcome.seconds = busy, time.monotonic() - start
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
