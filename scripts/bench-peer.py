"""The workloads of EngineBenchmark for graphql-core, the Python engine: the same schema, data, documents and lines."""

import json
import re
import sys
import time
from pathlib import Path
from types import SimpleNamespace

from graphql import build_schema, execute_sync, parse, validate

SOURCES = Path(__file__).resolve().parent.parent / "Sources/Benchmarks/EngineBenchmark"


def swift_texts(file: str) -> list[str]:
    """The texts in triple quotes of a source file, so that schema and documents are written once."""
    return re.findall(r'"""\n(.*?)"""', (SOURCES / file).read_text(), re.DOTALL)


def item(n: int) -> SimpleNamespace:
    return SimpleNamespace(
        id=f"item-{n}", name=f"Item number {n}", sku=f"SKU-{n * 7919 % 100_000}", price=n + 0.25,
        weight=None if n % 3 == 0 else n / 8, quantity=n * 3, reserved=n % 11, active=n % 2 == 0,
        note='Handle with "care"' if n % 4 == 0 else None, updatedAt="2026-01-31T09:30:00Z")


def connection(n: int) -> SimpleNamespace:
    accepted = n % 5 != 0
    agreement = SimpleNamespace(
        id=f"agreement-{n}", fileName=f"Agreement {n}.pdf", fileSize=100_000 + n, createdAt="2026-01-31T09:30:00.000Z",
        presignedUrl=f"https://files.example.com/acme/agreements/{n}?X-Amz-Expires=3600&X-Amz-Signature={n}")
    return SimpleNamespace(
        id=f"00000000-0000-4000-8000-0000000000{n + 10}", name=f"Connected organization {n}",
        connectionStatus="ACCEPTED" if accepted else "PENDING", agreement=agreement if accepted else None)


def microseconds(run) -> float:
    rounds, runs = [], 1
    while len(rounds) < 9:
        start = time.process_time()
        for _ in range(runs):
            run()
        spent = (time.process_time() - start) * 1e6
        if spent < 100_000:
            runs = max(runs * 2, int(runs * 120_000 / max(spent, 1)))
        else:
            rounds.append(spent / runs)
    return sorted(rounds)[4]


def main() -> None:
    schema = build_schema(swift_texts("Catalog.swift")[0])
    items, connections = [item(n) for n in range(1000)], [connection(n) for n in range(25)]
    root = SimpleNamespace(items=items, connections=lambda info, first: connections[:first])
    documents = {
        "typename": "{ __typename }",
        "connections25": swift_texts("EngineBenchmark.swift")[0],
        "list1000x10": "{ items { id name sku price weight quantity reserved active note updatedAt } }",
    }

    def answer(document) -> bytes:
        result = execute_sync(schema, document, root)
        assert not result.errors, result.errors
        return json.dumps({"data": result.data}, separators=(",", ":")).encode()

    def whole(text: str) -> bytes:
        document = parse(text)
        assert not validate(schema, document)
        return answer(document)

    for name, text in documents.items():
        document = parse(text)
        size = len(answer(document))
        print(f"{name}\twhole\t{microseconds(lambda: whole(text))}\t{size}")
        print(f"{name}\tprepared\t{microseconds(lambda: answer(document))}\t{size}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
