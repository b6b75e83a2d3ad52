"""graphql-core on the workloads of a folder: python graphql-core.py FOLDER. NDJSON on standard output."""

import asyncio
import json
import sys
import time
from pathlib import Path

import graphql

FOLDER = Path(sys.argv[1])


def text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def measure(workload: str, run) -> None:
    rounds, runs = [], 1
    while len(rounds) < 5:
        start = time.process_time()
        for _ in range(runs):
            run()
        spent = (time.process_time() - start) * 1e6
        if spent < 60_000:
            runs = max(runs * 2, int(runs * 120_000 / max(spent, 1)))
        else:
            rounds.append(spent / runs)
    print(json.dumps({
        "peer": f"graphql-core {graphql.version}", "workload": workload, "metric": "cpu_us_per_op",
        "value": round(sorted(rounds)[2], 3), "unit": "us"}), flush=True)


def main() -> None:
    data = json.loads(text("data.json"))

    def connections(_info, first, status=None):
        hits = [item for item in data["connections"] if status is None or item["status"] == status]
        page = hits[:first]
        return {
            "totalCount": len(hits),
            "pageInfo": {"hasNextPage": len(hits) > first, "endCursor": page[-1]["id"] if page else None},
            "edges": [{"cursor": item["id"], "node": item} for item in page],
        }

    def slow(name):
        async def resolve(item, _info):
            await asyncio.sleep(0)
            return item[name]
        return resolve

    loop = asyncio.new_event_loop()
    for entry in json.loads(text("workloads.json"))["workloads"]:
        source, kind, name = text(entry["document"]), entry["kind"], entry["id"]
        if kind.startswith("parse"):
            measure(name, lambda: graphql.parse(source))
            continue
        schema = graphql.build_schema(text(entry["schema"]), assume_valid=True)
        document = graphql.parse(source)
        if kind == "validate":
            # Comparing fields in pairs takes this peer seconds.
            if "overlap" not in name:
                measure(name, lambda: graphql.validate(schema, document))
            continue
        if "SlowItem" in schema.type_map:
            for field_name, field in schema.type_map["SlowItem"].fields.items():
                field.resolve = slow(field_name)
        root = {**data, "connections": connections}

        def execute(document):
            result = graphql.execute(schema, document, root, variable_values=entry.get("variables"))
            if asyncio.iscoroutine(result):
                result = loop.run_until_complete(result)
            return json.dumps(result.formatted, separators=(",", ":")).encode()

        def whole():
            parsed = graphql.parse(source)
            assert not graphql.validate(schema, parsed)
            return execute(parsed)

        if kind == "e2e":
            measure(name, whole)
        else:
            measure(f"{name}+json", lambda: execute(document))


if __name__ == "__main__":
    main()
