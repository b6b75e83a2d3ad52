"""The whole server, beside what this machine's nginx and PostgreSQL do.

    measure.py ACCORD OUT
"""

import os
import statistics
import sys
import tempfile

import overload
import starts
from bench import wrk
from bench.nginx import Nginx
from bench.processes import memory
from bench.queries import CONNECTIONS, INTROSPECTION, PLAIN, TYPENAME
from bench.report import Report
from bench.scene import Scene, partner
from statements import pgbench, statements

SECONDS = float(os.environ.get("SECONDS_EACH", "3"))
ROUNDS = int(os.environ.get("ROUNDS", "2"))
REQUESTS = int(os.environ.get("REQUESTS", "200000"))
MIB = 1 << 20
CLIENTS = 16
# Two tenants that share the load, and three of other sizes.
SIZES = [50, 50, 10, 1_000, 10_000]
# As in production, but for the limits that this load is beyond.
SETTINGS = {
    "ACCORD_ENV": "production", "ACCORD_INTROSPECTION": "true", "ACCORD_LOG_LEVEL": "info",
    "ACCORD_USER_REQUESTS_PER_MINUTE": "off", "ACCORD_TENANT_REQUESTS_PER_MINUTE": "off",
    "ACCORD_DATABASE_CONNECTIONS": "20",
}


class Bench:
    """The parts of the run, each with a server of the same scene."""

    def __init__(self, binary, folder, out):
        self.report, self.folder = Report("bench-server", out), folder
        self.report.say("making the databases")
        # Agreements with three of five: 30 of 50.
        self.scene = Scene(binary, folder, SIZES, 60, lambda number: number % 5 < 3)
        self.failures = 0

    def serve(self, settings):
        process, self.port = self.scene.serve(SETTINGS | settings)
        self.id, self.url = process.pid, f"http://127.0.0.1:{self.port}/graphql"
        return process

    def load(self, name, queries, tenants=(0, 1), clients=CLIENTS, seconds=SECONDS):
        """Has the server asked, and notes what came of it."""
        load = wrk.run(self.url, self.id, queries, [self.scene.tokens[number] for number in tenants], clients, seconds)
        self.note(name, load)
        self.failures += load.failures
        return load

    def note(self, name, load, peer="accord"):
        for metric, value, unit in (("requests_per_s", load.rate, "1/s"), ("cpu_us_per_request", load.processor, "us"),
                                    ("p50", load.p50, "ms"), ("p99", load.p99, "ms")):
            self.report.figure(name, metric, value, unit, peer)
        self.report.say(f"{name}, {peer}: {load.rate:,.0f} a second, {load.processor:,.0f} µs, p99 {load.p99:.1f} ms, "
                        f"{load.failures} failed")

    def requests(self):
        """Each workload beside its ceiling, in turns; of each the best turn."""
        body = '{"data":{"__typename":"Query"}}'
        nginx = Nginx(self.folder, f"default_type application/json; return 200 '{body}';")
        sent = {name: statements(self.scene.postgresql, lambda: wrk.answer(self.url, query, self.scene.tokens[0]))
                for name, query in (("connections", CONNECTIONS), ("plain", PLAIN))}
        best = {}

        def keep(key, rate, processor, load=None):
            best[key] = max(best.get(key, (0, 0, None)), (rate, processor, load), key=lambda turn: turn[0])

        for _ in range(ROUNDS):
            for name, query in (("typename", TYPENAME), ("connections", CONNECTIONS), ("plain", PLAIN),
                                ("introspection", INTROSPECTION)):
                load = self.load(name, [query])
                keep(name, load.rate, load.processor, load)
            load = wrk.run(nginx.url, nginx.process.pid, [TYPENAME], [self.scene.tokens[0]], CLIENTS, SECONDS)
            self.note("typename", load, "nginx")
            keep("typename, ceiling", load.rate, load.processor)
            for name, found in sent.items():
                rate, processor = pgbench(self.scene.postgresql, found, self.folder, CLIENTS, max(SECONDS, 1))
                self.report.figure(name, "requests_per_s", rate, "1/s", "pgbench")
                self.report.figure(name, "cpu_us_per_request", processor, "us", "pgbench")
                self.report.say(f"{name}, pgbench: {rate:,.0f} a second, {processor:,.0f} µs")
                keep(f"{name}, ceiling", rate, processor)
        nginx.stop()
        rows = []
        for name, text, ceiling in (
                ("typename", "`{ __typename }`", "nginx, the same bytes from memory"),
                ("connections", "`connections`, 50, with 30 agreements and links", "pgbench, the same statements"),
                ("plain", "the same without agreements", "pgbench, the same statement"),
                ("introspection", "introspection", "–")):
            rate, processor, load = best[name]
            row = [text, f"{rate:,.0f}/s", f"{processor:,.0f} µs", f"{load.p50:.1f}, {load.p99:.1f} ms", ceiling]
            if f"{name}, ceiling" in best:
                most, least, _ = best[f"{name}, ceiling"]
                row += [f"{most:,.0f}/s, {least:,.0f} µs", f"{rate / most:.2f}"]
                self.report.figure(name, "part_of_ceiling", rate / most, "")
            rows.append(row + ["–"] * (7 - len(row)))
        self.report.table(
            ("workload, 16 clients", "throughput", "processor time, server", "p50, p99", "ceiling",
             "its throughput, processor time", "part of it"), rows)

    def sizes(self):
        """Organizations with few and many connections: one client."""
        rows, each = [], {}

        def with_arguments(arguments):
            return lambda size: PLAIN.replace("connections {", f"connections({arguments(size)}) {{", 1)

        for name, text, query in (
                ("all", "all, with agreements and links", lambda size: CONNECTIONS),
                ("all plain", "all, without", lambda size: PLAIN),
                ("page", "`first: 50`", with_arguments(lambda size: "first: 50")),
                ("last page", "`first: 50`, the last ones",
                 with_arguments(lambda size: f'first: 50, after: "{before_last_page(size)}"')),
                ("search", "`search:`, which finds one", with_arguments(lambda size: f'search: "Partner {size - 1}"'))):
            row = []
            for tenant in (2, 3, 4):
                size = SIZES[tenant]
                load = self.load(f"{name} of {size}", [query(size)], [tenant], 1, max(1, SECONDS * 2 / 3))
                row.append(f"{load.p50:.2f} ms, {load.processor:,.0f} µs")
                each[name, size] = load.p50 * 1000 / size, load.processor / size
            rows.append([text, *row])
            if name.startswith("all"):
                rows.append(["– for each connection", *(
                    f"{each[name, size][0]:.1f}, {each[name, size][1]:.1f} µs" for size in SIZES[2:])])
        self.report.table(("listing: time, processor time of the server", *(f"of {size:,}" for size in SIZES[2:])), rows)
        for number, what in enumerate(("time", "processor time")):
            growth = max(each[name, 10_000][number] / each[name, 1_000][number] for name in ("all", "all plain"))
            self.report.goal(f"{what} for each of 10,000 connections listed, as a multiple of that for each of 1,000",
                             f"{growth:.2f}", "at most 1.25", growth <= 1.25)

        growth = each["page", 10_000][0] * 10 / each["page", 1_000][0]
        self.report.shown("time of 50 of 10,000 connections, as a multiple of that of 50 of 1,000", f"{growth:.1f}")

    def clients(self):
        """Few and many clients that keep their connections."""
        rows = []
        for count in (1, 16, 256, 2_000):
            row = [f"{count:,}"]
            for name, query in (("typename", TYPENAME), ("connections", CONNECTIONS)):
                load = self.load(f"{name}, {count} clients", [query], clients=count)
                row += [f"{load.rate:,.0f}/s", f"{load.p50:.1f}, {load.p99:.1f} ms"]
                if count == 16:
                    self.report.figure(name, "p99_by_p50", load.p99 / load.p50, "")
                    self.report.shown(f"`{name}`, 16 clients: p99 as a multiple of p50", f"{load.p99 / load.p50:.1f}")
            rows.append(row)
        self.report.table(("clients", "`{ __typename }`", "p50, p99", "`connections`", "p50, p99"), rows)

    def overload(self):
        """Four times as much as can be done."""
        found = overload.measure(self.port, self.scene.tokens[0], 2 * SECONDS)
        names = {200: "200", 503: "503", 1: "200, with errors", 0: "none: the connection was closed"}
        total = found.counts.total() + found.unanswered
        rows = []
        for status, count in found.counts.most_common():
            name, (p50, p99) = names.get(status, status), found.latencies[status]
            rows.append([name, f"{count / total:.0%}", f"{p50:,.0f}, {p99:,.0f} ms"])
            for metric, value, unit in (("share", count / total, ""), ("p50", p50, "ms"), ("p99", p99, "ms")):
                self.report.figure(f"overload, {name}", metric, value, unit)
        self.report.table(
            (f"answer to `connections`: {overload.CLIENTS:,} clients, {found.offered:,.0f}/s asked for", "share", "p50, p99"),
            rows)
        self.report.shown("overload: what is done, as a part of what can be done", f"{found.useful / found.capacity:.2f}")
        others = total - found.counts[200] - found.counts[503]
        self.report.goal("overload: requests answered with neither 200 nor 503", others, "0", others == 0)
        self.report.figure("overload", "recovery", found.recovery or -1, "s")
        self.report.goal(
            "overload: time from its end to answers as before", f"{found.recovery:.2f} s" if found.recovery else "never",
            "within 1 s", found.recovery is not None and found.recovery <= 1)

    def starts(self):
        """From exec to the first answers."""
        times = list(zip(*(starts.measure(self.scene, SETTINGS) for _ in range(10))))
        for name, what, values in zip(("live", "typename"), ("`/health/live`", "`{ __typename }`"), times):
            median = statistics.median(values)
            self.report.figure("start", name, median * 1000, "ms")
            self.report.shown(f"start to the first answer of {what}, median of 10", f"{median * 1000:.0f} ms", "300 ms")

    def memory(self):
        """What a server takes after many requests, a tenth of them for `connections`."""
        mixture, done, first = [TYPENAME] * 9 + [CONNECTIONS], 0, None
        rate = 5000.0
        while done < REQUESTS:
            wanted = 100_000 if first is None and REQUESTS > 100_000 else REQUESTS
            load = self.load("mixture", mixture, clients=64, seconds=min(max((wanted - done) / rate, 1), 600))
            done, rate = done + load.requests, load.rate
            if first is None and done >= 100_000:
                first = memory(self.id)
        last, own = memory(self.id), memory(self.id, "RssAnon")
        growth = (last - (first or last)) / MIB
        self.report.figure("memory", "resident", last / MIB, "MiB")
        self.report.figure("memory", "anonymous", own / MIB, "MiB")
        self.report.figure("memory", "growth", growth, "MiB")
        self.report.goal(f"memory after {done:,} requests", f"{last / MIB:.1f} MiB", "at most 48 MiB", last <= 48 * MIB)
        self.report.shown("of that, what is no part of a file (the program, its libraries)", f"{own / MIB:.1f} MiB")
        self.report.goal("growth since the 100,000th", f"{growth:.1f} MiB", "at most 2 MiB", growth <= 2)

    def run(self):
        for parts, settings in (
                ((self.requests, self.sizes, self.clients), {"ACCORD_MAX_REQUESTS_IN_FLIGHT": "off"}),
                ((self.overload,), {}), ((self.memory,), {})):
            process = self.serve(settings)
            try:
                for part in parts:
                    part()
            finally:
                process.terminate()
                process.wait()
        self.starts()
        self.report.goal("requests that failed, but for the overload", self.failures, "0", self.failures == 0)


def before_last_page(size):
    """The organization behind which the last 50 of a listing come; of a short listing, the first one."""
    return partner(sorted(range(size), key=str)[max(0, size - 51)])


def main():
    binary, out = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory(prefix="accord-bench-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o755)
        bench = Bench(binary, folder, out)
        try:
            bench.run()
        finally:
            bench.scene.postgresql.stop()
    bench.report.end()


if __name__ == "__main__":
    main()
