"""What a benchmark says: figures as NDJSON while it runs, tables at its end, on standard output and in the docs."""

import json
import os
import platform
import sys


class Report:
    """The figures of one run. `WRITE=1` in the environment puts the tables into `document`, too, between two comments
    `<!-- NAME -->` and `<!-- /NAME -->`."""

    def __init__(self, name, out, document="docs/benchmarks.md"):
        self.name, self.document = name, document
        self.file = open(out, "w", encoding="utf-8")
        self.blocks, self.goals, self.missed = [], [], 0

    def say(self, text):
        print(f"{self.name}: {text}", file=sys.stderr, flush=True)

    def figure(self, workload, metric, value, unit, peer="accord"):
        line = {"peer": peer, "workload": workload, "metric": metric, "value": round(value, 3), "unit": unit}
        print(json.dumps(line), file=self.file, flush=True)

    def table(self, header, rows):
        """A table of its own, before that of the goals."""
        self.blocks.append(table(header, rows))

    def shown(self, what, measured, wanted="–"):
        """A line of the table of goals that depends on the machine, or that nothing is wanted of."""
        self.goals.append((what, measured, wanted))

    def goal(self, what, measured, wanted, is_met):
        """A line of the table of goals; when one is missed, the benchmark fails."""
        self.missed += not is_met
        self.goals.append((what, measured, wanted if is_met else f"{wanted}: **missed**"))

    def end(self, about=""):
        """Writes the tables, and ends the process, with the status 1 when a goal was missed."""
        self.file.close()
        text = "\n\n".join(self.blocks + [table(("what", "measured", "wanted"), self.goals)])
        print(f"{platform.machine()}, {os.cpu_count()} processors{about}\n\n{text}")
        if os.environ.get("WRITE") == "1":
            write(self.name, text, self.document)
        sys.exit(1 if self.missed else 0)


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def write(name, text, document="docs/benchmarks.md"):
    """Replaces what stands between the comments of that name."""
    start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    with open(document, encoding="utf-8") as file:
        before, _, rest = file.read().partition(start)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{document} has no place for the tables: {start.strip()} … {end}")
    with open(document, "w", encoding="utf-8") as file:
        file.write(f"{before}{start}\n{text}\n\n{end}{after}")


if __name__ == "__main__":
    # report.py NAME: writes standard input there.
    write(sys.argv[1], sys.stdin.read().strip())
