"""Load by wrk, whose clients each ask again as soon as they are answered."""

import http.client
import json
import os
import statistics
import subprocess
from dataclasses import dataclass
from urllib.parse import urlsplit

from bench.processes import processor_time

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "wrk.lua")
# How much the sizes of answers may differ; a listing of errors would be much shorter.
TOLERANCE = 0.05


@dataclass
class Load:
    """What came of it: latencies in milliseconds, the server's processor time in microseconds a request."""

    requests: int
    rate: float
    p50: float
    p99: float
    processor: float
    # Answers that were missing, and all of them when they were not what they should be.
    failures: int


def answer(url, query, token):
    """One answer, and the bytes that it takes on the wire. Fails when it has errors."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port)
    connection.request("POST", address.path or "/", json.dumps({"query": query}), {
        "Content-Type": "application/json", "Accept": "application/json", "Authorization": f"Bearer {token}"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    head = sum(len(name) + len(value) + 4 for name, value in response.getheaders()) + len("HTTP/1.1 200 OK\r\n\r\n")
    answered = json.loads(body)
    if response.status != 200 or answered.get("errors"):
        raise RuntimeError(f"{url} answers {response.status}: {body[:500]}")
    return answered["data"], head + len(body)


def run(url, process_id, queries, tokens, clients, seconds, threads=None):
    """Asks the queries in turns, for the tokens in turns, by so many clients at once."""
    expected = statistics.mean(answer(url, query, token)[1] for query in queries for token in tokens)
    before = processor_time(process_id)
    output = subprocess.run(
        ["wrk", f"-t{threads or (1 if clients < 256 else 2)}", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--timeout", "30s",
         "-s", SCRIPT, url],
        env={**os.environ, "BENCH_BODIES": "\n".join(json.dumps({"query": query}) for query in queries),
             "BENCH_TOKENS": "\n".join(tokens)},
        capture_output=True, text=True, check=True).stdout
    used = processor_time(process_id) - before
    line = next(line for line in output.splitlines() if line.startswith("RESULT "))
    values = json.loads(line.removeprefix("RESULT "))
    requests = max(values["requests"], 1)
    # What is cut off at the end leaves bytes that belong to no request.
    is_right = abs(values["bytes"] / requests / expected - 1) < TOLERANCE + clients / requests
    return Load(values["requests"], values["requests"] / values["seconds"], values["p50"], values["p99"],
                used * 1e6 / requests, values["errors"] if is_right else values["requests"])
