"""More than the server can do: who is answered, who is sent away, and when all is well again."""

import itertools
import time
from collections import Counter
from dataclasses import dataclass

from bench import clients as c
from bench.queries import CONNECTIONS

CLIENTS = 4000
# So many times what the server can do is asked for.
FACTOR = 4
WATCHED_SECONDS = 4


@dataclass
class Overload:
    # A second; of what can be done, and of what is done.
    offered: float
    capacity: float
    useful: float
    # How many got which status (of HTTP, or as in `Client.status`), and the latencies of each from the sending on, p50, p99.
    counts: Counter
    latencies: dict
    unanswered: int
    # Seconds after its end; None when it took longer than was watched.
    recovery: float | None


def measure(port, token, seconds):
    """What can be done, what becomes of four times as much, and how long after its end a client alone is answered as it
    was before."""
    message = c.request(token, CONNECTIONS)

    def closed(count):
        return c.run([c.Client("all", port, c.closed([message])) for _ in range(count)], seconds / 2)

    alone = closed(1)
    capacity = closed(64).rate
    rate = FACTOR * capacity / CLIENTS
    clients = [c.Client("many", port, until(seconds, c.paced(message, rate, number / CLIENTS))) for number in range(CLIENTS)]
    probe = c.Client("probe", port, itertools.chain([(seconds, message)], c.closed([message])))
    outcome = c.run([*clients, probe], seconds + WATCHED_SECONDS)
    many = [answer for answer in outcome.answers if answer.name == "many"]
    counts = Counter(answer.status for answer in many)
    latencies = {status: [c.percentile(share, [answer.received - answer.sent for answer in many if answer.status == status])
                          for share in (0.5, 0.99)] for status in counts}
    useful = sum(answer.status == 200 and answer.received <= seconds for answer in many) / seconds
    return Overload(
        FACTOR * capacity, capacity, useful, counts, latencies, outcome.unanswered,
        recovery(outcome.answers, seconds, 2 * alone.percentile(0.99, "all") / 1000))


def until(seconds, turns):
    """The turns of so many seconds; one that is late is dropped."""
    end = time.monotonic() + seconds
    for due, message in turns:
        if due >= seconds or time.monotonic() >= end:
            return
        yield due, message


def recovery(answers, end, normal):
    """When the first of ten answers in a row came that took no longer than normally."""
    probes = [answer for answer in answers if answer.name == "probe"]
    for number in range(len(probes) - 9):
        if all(answer.status == 200 and answer.received - answer.sent <= normal for answer in probes[number:number + 10]):
            return probes[number].received - end
    return None
