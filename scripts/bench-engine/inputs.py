"""Makes a folder of workloads for the engine benchmark: python inputs.py FOLDER. The same every time."""

import json
import random
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])
R = random.Random(7)
WORDS = "amount branch carrier client contract credit currency delivery invoice margin order party price region".split()

EXEC_SCHEMA = """\
type Query { items: [Item!]! tree: [Branch!]! slow: [SlowItem!]! connections(first: Int!, status: Status): ConnectionPage! }
type Item { id: ID! name: String! email: String! age: Int! score: Float! active: Boolean! country: String! city: String!
  note: String count: Int! }
type Branch { id: ID! leaves: [Leaf!]! }
type Leaf { a: Int! b: String! c: Float! d: Boolean! e: String }
type SlowItem { x: Int! y: String! z: Float! }
enum Status { ACTIVE PENDING CLOSED }
type ConnectionPage { totalCount: Int! pageInfo: PageInfo! edges: [ConnectionEdge!]! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type ConnectionEdge { cursor: String! node: Connection! }
type Connection { id: ID! name: String! status: Status! createdAt: String! institution: String! reference: String
  agreement: Agreement! }
type Agreement { id: ID! acceptedAt: String validDays: Int! historyDays: Int! scopes: [String!]! party: Party!
  terms: [Term!]! }
type Party { id: ID! name: String! country: String! }
type Term { key: String! value: String! }
"""

KITCHEN = """\
query Kitchen($id: ID!, $first: Int = -3, $ratio: Float = 1.5e3, $text: String = "a\\tb \\u00e9", $list: [[Int!]!] = [[1], []],
  $filter: Filter = {name: "x", range: {min: 0, max: null}, tags: ["a", "b"], kind: SMALL}) @live(ttl: 5) {
  __typename
  short: longFieldName(id: $id) @include(if: true) { id, name, ...Common @trace(name: "spread") ... on Admin { rights } }
  search(text: \"""
    A block string
      of several lines.
  \""", filter: $filter, kinds: [SMALL, LARGE], empty: {}, none: []) {
    matches(limit: 10, where: {and: [{field: "a", value: 1}, {not: {field: "b", value: $text}}]}) { score ...Common }
  }
}
mutation Save($input: SaveInput!) { save(input: $input) { ok errors { path message } } }
subscription Changes($id: ID!) { changed(id: $id) { ...Common at } }
fragment Common on Entity @cached(for: 60) { id type: kind owner { id name(upper: true) } }
"""

INTROSPECTION = """\
query IntrospectionQuery { __schema { description queryType { name } mutationType { name } subscriptionType { name }
  types { ...FullType } directives { name description isRepeatable locations args { ...InputValue } } } }
fragment FullType on __Type { kind name description specifiedByURL
  fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
  inputFields { ...InputValue } interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
"""

CONNECTIONS = """\
query Connections($first: Int!, $status: Status, $terms: Boolean = true) {
  connections(first: $first, status: $status) { totalCount pageInfo { hasNextPage endCursor }
    edges { cursor node { ...ConnectionFields
      agreement { id acceptedAt validDays historyDays scopes party { id name country } terms @include(if: $terms) { key value } } } } }
}
fragment ConnectionFields on Connection { __typename id name status createdAt institution reference }
"""


def sentence(count: int) -> str:
    return " ".join(R.choice(WORDS) for _ in range(count)).capitalize() + "."


def schema(objects: int) -> str:
    lines = ["type Query {"] + [f"  o{n}(first: Int = 10, filter: Filter): Obj{n}" for n in range(objects)] + ["}"]
    lines.append("input Filter { text: String size: Int! = 3 tags: [String!] }\nenum Size { SMALL MEDIUM LARGE }")
    for n in range(objects):
        lines += [f'"{sentence(9)}"', f"type Obj{n} {{", "  id: ID!"]
        for m in range(9):
            word = f"{R.choice(WORDS)}{m}"
            kind = R.choice(["Int", "Float!", "String", "String!", "Boolean!", "[String!]!", "Size"])
            lines += [f'  "{sentence(5)}"', f"  {word}: {kind}"]
        lines += [f"  link(first: Int = 5, filter: Filter): Obj{(n * 7 + 3) % objects}", "}"]
    return "\n".join(lines) + "\n"


def fields_of(sdl: str, objects: int) -> list[list[str]]:
    result: list[list[str]] = []
    for block in sdl.split("type Obj")[1:]:
        names = [line.strip().split(":")[0] for line in block.splitlines() if ":" in line and not line.strip().startswith('"')]
        result.append([name for name in names if not name.startswith("link")])
    return result


def operation(sdl: str, objects: int, fragments: int) -> str:
    names = fields_of(sdl, objects)
    parts = ["query Large($n: Int = 4, $on: Boolean = true) {"]
    parts += [f"  a{n}: o{n % objects}(first: $n) {{ ...F{n} }}" for n in range(fragments)] + ["}"]
    for n in range(fragments):
        own, next_type = n % objects, (n % objects * 7 + 3) % objects
        rows = [f"  x{m}: {name}" if m % 3 == 0 else f"  {name}" for m, name in enumerate(names[own])]
        inner = " ".join(names[next_type][:6])
        rows.append(f'  link(first: 3, filter: {{text: "a{n}", tags: ["b", "c"]}}) {{ {inner} link {{ id }} }}')
        rows.append(f"  more: link(filter: {{size: 2}}) @include(if: $on) {{ id ... @skip(if: false) {{ {inner} }} }}")
        parts += [f"fragment F{n} on Obj{own} {{"] + rows + ["}"]
    return "\n".join(parts) + "\n"


def data() -> dict:
    def connection(n: int) -> dict:
        return {
            "id": f"00000000-0000-4000-8000-{n:012}", "name": sentence(6), "status": ["ACTIVE", "PENDING", "CLOSED"][n % 3],
            "createdAt": "2026-01-10T08:00:00Z", "institution": sentence(2), "reference": None if n % 2 else f"R-{n}",
            "agreement": {
                "id": f"a{n}", "acceptedAt": None if n % 3 else "2026-02-01T00:00:00Z", "validDays": 90, "historyDays": 30,
                "scopes": ["balances", "details"], "party": {"id": f"p{n}", "name": sentence(2), "country": "FI"},
                "terms": [{"key": word, "value": sentence(3)} for word in WORDS[:3]]}}
    return {
        "items": [{
            "id": f"item-{n:05}", "name": sentence(2), "email": f"user.{n}@example.com", "age": R.randrange(18, 80),
            "score": R.randrange(1 << 16) / 64, "active": n % 2 == 0, "country": "NL", "city": R.choice(WORDS),
            "note": None if n % 3 else sentence(4), "count": R.randrange(-(1 << 30), 1 << 30)} for n in range(1000)],
        "tree": [{"id": f"branch-{n}", "leaves": [
            {"a": n * 10 + m, "b": R.choice(WORDS), "c": m / 8, "d": m % 2 == 0, "e": None if m % 2 else R.choice(WORDS)}
            for m in range(10)]} for n in range(100)],
        "slow": [{"x": n, "y": f"y{n}", "z": n + 0.125} for n in range(100)],
        "connections": [connection(n) for n in range(60)],
    }


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    sdl = schema(180)
    flat = "{ " + " ".join("o0(first: 1) { id }" for _ in range(800)) + " }\n"
    frag = "{ o0 { " + " ".join(f"...F{n}" for n in range(200)) + " } }\n" + "".join(
        f"fragment F{n} on Obj0 {{ id link {{ id }} }}\n" for n in range(200))
    deep = "{ o0 { ...A0 ...B0 } }\n" + "".join(
        f"fragment {side}{n} on Obj{kind} {{ id link {{ ...A{n + 1} ...B{n + 1} }} }}\n"
        for n, kind in enumerate(chain(32)) for side in "AB") + "".join(
        f"fragment {side}32 on Obj{chain(33)[32]} {{ id }}\n" for side in "AB")
    conflict = "{ a: o0 { id } a: o1 { id } ...F }\nfragment F on Query { b: o0(first: 1) { id } b: o0(first: 2) { id } }\n"
    files = {
        "schema.graphql": sdl, "exec.graphql": EXEC_SCHEMA, "kitchen-sink.graphql": KITCHEN,
        "introspection.graphql": INTROSPECTION, "medium.graphql": operation(sdl, 180, 10),
        "large.graphql": operation(sdl, 180, 150), "overlap-flat-800.graphql": flat, "overlap-frag-200.graphql": frag,
        "overlap-deep-32.graphql": deep, "overlap-conflict.graphql": conflict, "exec-typename.graphql": "{ __typename }",
        "exec-list.graphql": "{ items { id name email age score active country city note count } }",
        "exec-nested.graphql": "{ tree { leaves { a b c d e } } }", "exec-async.graphql": "{ slow { x y z } }",
        "e2e-connections.graphql": CONNECTIONS,
    }
    for name, content in files.items():
        (FOLDER / name).write_text(content, encoding="utf-8")
    (FOLDER / "data.json").write_text(json.dumps(data()), encoding="utf-8")

    def entry(name: str, kind: str, document: str, schema: str | None = None, variables: dict | None = None) -> dict:
        known = {"id": name, "kind": kind, "document": document, "schema": schema, "variables": variables}
        return {key: value for key, value in known.items() if value is not None}

    workloads = [
        entry("parse.kitchen", "parse", "kitchen-sink.graphql"),
        entry("parse.introspection", "parse", "introspection.graphql"),
        entry("parse.large", "parse", "large.graphql"),
        entry("parse.sdl", "parse-sdl", "schema.graphql")]
    workloads += [entry(f"validate.{name}", "validate", f"{name}.graphql", "schema.graphql") for name in (
        "introspection", "medium", "large", "overlap-flat-800", "overlap-frag-200", "overlap-deep-32", "overlap-conflict")]
    workloads += [
        entry("exec.typename", "exec", "exec-typename.graphql", "exec.graphql"),
        entry("exec.list1000x10", "exec", "exec-list.graphql", "exec.graphql"),
        entry("exec.nested100x10x5", "exec", "exec-nested.graphql", "exec.graphql"),
        entry("exec.introspection", "exec", "introspection.graphql", "schema.graphql"),
        entry("exec.async100x3", "exec-async", "exec-async.graphql", "exec.graphql"),
        entry("e2e.connections25", "e2e", "e2e-connections.graphql", "exec.graphql", {"first": 25, "status": None})]
    (FOLDER / "workloads.json").write_text(json.dumps({"workloads": workloads}, indent=1), encoding="utf-8")


def chain(length: int) -> list[int]:
    """The objects that `link` leads to, one after the other."""
    result = [0]
    while len(result) < length:
        result.append((result[-1] * 7 + 3) % 180)
    return result


if __name__ == "__main__":
    main()
