"""One server, many tenants: throughput, memory, and what a noisy tenant does to the others.

    measure.py ACCORD OUT
"""

import os
import random
import sys
import tempfile

from bench import clients as c
from bench.processes import memory
from bench.report import Report
from bench.scene import Scene

TENANTS = int(os.environ.get("TENANTS", "500"))
CONNECTIONS = int(os.environ.get("CONNECTIONS", "60"))
SECONDS = float(os.environ.get("SECONDS_EACH", "20"))
# PostgreSQL keeps three for superusers; one is left for whoever looks at it.
BUDGET = CONNECTIONS - 4
# 500 clients of as many tenants all wait for their turn.
SETTINGS = {"ACCORD_DATABASE_CONNECTIONS": str(BUDGET), "ACCORD_MAX_REQUESTS_IN_FLIGHT": "off"}
CLIENTS = 100
# How many requests somebody sends, one after the other, before the client is somebody else.
VISIT = 20


def main():
    binary, out = os.path.abspath(sys.argv[1]), sys.argv[2]
    report = Report("bench-tenants", out, "docs/scaling.md")
    with tempfile.TemporaryDirectory(prefix="accord-bench-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)

        def figure(workload, metric, value, unit):
            report.figure(workload, metric, value, unit)
            report.say(f"{workload} {metric} {value:.1f} {unit}")

        report.say(f"making {TENANTS} databases")
        scene = Scene(binary, folder, [40] * TENANTS, CONNECTIONS, lambda number: number % 2 == 0)
        process, port = scene.serve(SETTINGS)
        failures = 0
        try:
            messages = [c.request(token) for token in scene.tokens]

            def closed(name, lists, seconds=SECONDS):
                nonlocal failures
                outcome = c.run([c.Client("all", port, c.closed(list)) for list in lists], seconds)
                failures += outcome.failures
                figure(name, "requests_per_s", outcome.rate, "1/s")
                figure(name, "p99", outcome.percentile(0.99, "all"), "ms")
                return outcome

            def visits(number):
                chooser = random.Random(number)
                while True:
                    yield [messages[chooser.randrange(TENANTS)]] * VISIT

            def endless(lists):
                for list in lists:
                    yield from list

            # Everybody once, so that nothing is done for the first time later on.
            closed("warm-up", [messages[first::CLIENTS] for first in range(CLIENTS)], max(SECONDS, TENANTS / 50))
            one = closed("one tenant", [[messages[0]]] * CLIENTS)
            many = closed("visits of 20 requests", [endless(visits(number)) for number in range(CLIENTS)])
            own = closed("a client for each tenant", [[message] for message in messages])
            each = closed("every request another tenant", [
                random.Random(number).sample(messages, TENANTS) for number in range(CLIENTS)])
            again = closed("one tenant, again", [[messages[0]]] * CLIENTS)
            base = (one.rate + again.rate) / 2
            report.goal(f"throughput over {TENANTS} tenants, visits of {VISIT} requests, as a part of that over one",
                 f"{many.rate / base:.2f}", "at least 0.7", many.rate >= 0.7 * base)
            report.shown(f"the same, {TENANTS} clients, each its own tenant's", f"{own.rate / base:.2f}")
            report.shown("the same, every request another tenant", f"{each.rate / base:.2f}")

            rate = 0.6 * base
            quiet = range(1, 11)
            pace = rate * 0.1 / len(quiet)

            def noise(noisy):
                others = [c.Client("quiet", port, c.paced(messages[n], pace, n / 11)) for n in quiet]
                return c.run(others + noisy, SECONDS)

            alone = noise([])
            count = 60
            paced = noise([c.Client("noisy", port, c.paced(messages[0], rate * 0.9 / count, n / count))
                           for n in range(count)])
            flood = noise([c.Client("noisy", port, c.closed([messages[0]])) for _ in range(count)])
            failures += alone.failures + paced.failures + flood.failures
            p99 = {name: outcome.percentile(0.99, "quiet")
                   for name, outcome in (("alone", alone), ("paced", paced), ("flood", flood))}
            for name, value in p99.items():
                figure(f"quiet tenants, {name}", "p99", value, "ms")
            figure("quiet tenants, flood", "noisy_requests_per_s", flood.count("noisy") / flood.seconds, "1/s")
            report.goal("the others' p99 while one tenant sends 90 % of the load, as a multiple of their p99 alone",
                 f"{p99['paced'] / p99['alone']:.2f} ({p99['alone']:.1f} → {p99['paced']:.1f} ms)", "below 2",
                 p99["paced"] < 2 * p99["alone"])
            report.shown("the same, while one tenant sends as much as is answered",
                  f"{p99['flood'] / p99['alone']:.2f} ({p99['flood']:.1f} ms)")
        finally:
            process.terminate()
            process.wait()

        # Memory: a server that has seen a fifth of the tenants, more than it has connections, and then the rest.
        process, port = scene.serve(SETTINGS)
        try:
            def visit(numbers):
                for _ in range(3):
                    outcome = c.run([c.Client("all", port, c.closed([messages[n]])) for n in numbers], 0.5)
                    assert outcome.failures == 0
                return memory(process.pid)

            groups = [range(first, min(first + 50, TENANTS)) for first in range(0, TENANTS, 50)]
            seen = len(groups) // 5
            before = [visit(groups[number % seen]) for number in range(len(groups))][-1]
            after = [visit(group) for group in groups][-1]
            per_tenant = (after - before) / (TENANTS - 50 * seen)
            figure("memory", "per_idle_tenant", per_tenant, "bytes")
            figure("memory", "resident", after / (1 << 20), "MiB")
            report.goal("memory per idle tenant", f"{per_tenant / 1024:.1f} KiB", "below 8 KiB", per_tenant < 8 << 10)
        finally:
            process.terminate()
            process.wait()
            refused = scene.postgresql.refused()
            scene.postgresql.stop()
        report.goal("connections refused by PostgreSQL (`too many clients`)", refused, "0", refused == 0)
        report.goal("requests that failed", failures, "0", failures == 0)
    report.end(f"; {TENANTS} tenants, max_connections {CONNECTIONS}")


if __name__ == "__main__":
    main()
