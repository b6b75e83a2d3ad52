"""The cases of a run: some forty for each random schema."""

import json
from random import Random

from graphql import GraphQLSyntaxError, validate_schema

from damage import Damage, laid_out, tokens
from documents import DocumentMaker
from faults import SDL_FAULTS, TYPE_FAULTS, FaultMaker
from overlap import Merging
from reference import ANSWERS, INTROSPECTION, Unusable, read
from roots import RootMaker
from schemas import SchemaMaker

PER_SCHEMA = 40


def cases(seed, count, part=0, parts=1, only=None):
    """One of `parts` equal shares of `count` cases, each a dictionary as in the conformance files."""
    for batch in range(part, -(-count // PER_SCHEMA), parts):
        maker = SchemaMaker(Random(f"{seed}:{batch}"))
        problems = validate_schema(maker.schema)
        if problems:
            raise AssertionError(f"seed {seed}, schema {batch} is not valid: {problems}\n{maker.text}")
        for position in range(PER_SCHEMA):
            identifier = f"{seed}:{batch}:{position}"
            if batch * PER_SCHEMA + position < count and only in (None, identifier):
                yield answered(identifier, maker, position)


def answered(identifier, maker, position):
    """A case that graphql-core has an answer to: the first of several attempts."""
    random = Random(identifier)
    while True:
        case = {"id": identifier, **make(random, maker, position)}
        try:
            # What graphql-core sees went through JSON, as what the engine sees.
            case = json.loads(json.dumps(case))
            case["expected"] = ANSWERS[case["kind"]](case, maker.schema)
        except Unusable:
            continue
        if case["kind"] in ("execute", "validate"):
            case["hasConflict"] = has_conflict(maker.schema, case["document"])
            if case["hasConflict"] and "data" in case["expected"]:
                # graphql-core missed the conflict, and executed what is not valid.
                case.update(kind="validate", rules=None, expected={"errors": []})
        return case


def has_conflict(schema, text):
    try:
        return Merging(schema, read(text)).has_conflict()
    except GraphQLSyntaxError:
        return False


def make(random, maker, position):
    if position >= PER_SCHEMA - 4:
        return faulty(random, maker, "validate_schema", TYPE_FAULTS)
    if position >= PER_SCHEMA - 8:
        return faulty(random, maker, "validate_sdl", SDL_FAULTS)
    if position == 0:
        return {"kind": "print_schema", "schema": maker.text}
    if position == 1:
        return {"kind": "introspect", "schema": maker.text, "document": INTROSPECTION}
    if position in (2, 3):
        text = laid_out(random, tokens(maker.text)) if position == 2 else DocumentMaker(random, maker).text
        return {"kind": "print", "document": text}
    document = DocumentMaker(random, maker)
    spellings = tokens(document.text)
    damage = Damage(random, names(maker))
    if position < 8:
        if random.random() < 0.4:
            spellings = tokens(maker.text)
        for _ in range(random.choice([1, 1, 2])):
            spellings = damage.grammar(spellings) or spellings
        return {"kind": "parse", "document": laid_out(random, spellings)}
    if position < 16:
        for _ in range(random.choice([1, 1, 2, 3])):
            spellings = damage.meaning(spellings)
        return {"kind": "validate", "schema": maker.text, "rules": None, "document": laid_out(random, spellings)}
    if position == 16:
        spellings = damage.meaning(spellings)
    text = laid_out(random, spellings) if random.random() < 0.5 else document.text
    try:
        root = RootMaker(random, maker.schema, read(text), document.operation_name).value()
    except GraphQLSyntaxError:
        root = None
    return {
        "kind": "execute",
        "schema": maker.text,
        "document": text,
        "operationName": document.operation_name,
        "variables": document.variables,
        "rootValue": root,
    }


def faulty(random, maker, kind, faults):
    """The schema, or what could extend it, with one to three faults and perhaps with words exchanged."""
    changed = FaultMaker(random, maker)
    is_extension = kind == "validate_sdl" and random.random() < 0.3
    if is_extension:
        changed.become_extension()
    found = [changed.add(faults) for _ in range(random.choice([1, 1, 2, 3]))]
    must_report = found[0][1] if len(found) == 1 else None
    spellings = tokens(changed.text)
    if random.random() < 0.2:
        damage = Damage(random, names(maker))
        for _ in range(random.choice([1, 1, 2])):
            spellings = damage.meaning(spellings)
        must_report = None
    text = laid_out(random, spellings)
    case = {"kind": kind, "faults": [name for name, _ in found if name], "mustReport": must_report}
    if kind == "validate_schema":
        return {**case, "schema": text}
    return {**case, "schema": maker.text if is_extension else None, "document": text, "rules": None}


def names(maker):
    """Names that occur in the schema, for damage that keeps its sense."""
    found = []
    for name, each in maker.schema.type_map.items():
        found.append(name)
        found += list(getattr(each, "fields", {}))
        found += list(getattr(each, "values", {}))
    return found
