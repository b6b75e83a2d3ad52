#!/usr/bin/env python3
"""An oracle for the engine: graphql-core, over random schemas, data and documents.

    oracle.py generate [--seed TEXT] [--count N] [--part K/N] [--only ID] > CASES
    oracle.py compare CASES ANSWERS [--show N] [--messages]

`generate` writes cases in the format of the conformance cases, each with graphql-core's answer. A case follows from the
seed and its own number. `compare` reads the answers of the engine, prints each difference with its case, and ends with
status 1 when there is one.
"""

import argparse
import json
import secrets
import sys
from collections import Counter

import graphql

from comparison import difference, message_differences
from workload import cases


def generate(options):
    counts = Counter()
    part, parts = map(int, options.part.split("/"))
    for case in cases(options.seed, options.count, part, parts, options.only):
        counts[case["kind"]] += 1
        print(json.dumps(case, ensure_ascii=False))
    summary = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    print(f"oracle: seed {options.seed}, graphql-core {graphql.version}: {summary}", file=sys.stderr)


def compare(options):
    answers = {}
    with open(options.answers, encoding="utf-8") as file:
        for line in file:
            answer = json.loads(line)
            answers[answer["id"]] = answer.get("result")
    found = 0
    messages = Counter()
    with open(options.cases, encoding="utf-8") as file:
        for line in file:
            case = json.loads(line)
            answer = answers.get(case["id"])
            sentence = difference(case, answer)
            if sentence:
                found += 1
                if found <= options.show:
                    show(case, answer, sentence)
            elif options.messages:
                messages.update(map(str, message_differences(case, answer)))
    for pair, count in messages.most_common(options.show):
        print(count, pair)
    print(f"{found} differences in {len(answers)} cases")
    return 1 if found else 0


def show(case, answer, sentence):
    print(f"--- {case['id']} ({case['kind']}): {sentence}")
    for name in ("schema", "document"):
        if name in case:
            print(f"{name}:\n{case[name]}")
    for name in ("operationName", "variables", "rootValue", "faults", "expected"):
        if name in case:
            print(f"{name}: {json.dumps(case[name], ensure_ascii=False)}")
    print(f"answer: {json.dumps(answer, ensure_ascii=False)}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("generate")
    command.add_argument("--seed", default=secrets.token_hex(4))
    command.add_argument("--count", type=int, default=2500)
    command.add_argument("--part", default="0/1", metavar="K/N", help="every N-th schema from the K-th on")
    command.add_argument("--only", metavar="ID", help="write no other case than this one")
    command.set_defaults(run=generate)
    command = commands.add_parser("compare")
    command.add_argument("cases")
    command.add_argument("answers")
    command.add_argument("--show", type=int, default=5, help="how many differences to print (5)")
    command.add_argument("--messages", action="store_true", help="count the messages that differ as well")
    command.set_defaults(run=compare)
    options = parser.parse_args()
    sys.exit(options.run(options))


if __name__ == "__main__":
    main()
