"""Compares our answers with graphql-core's: same data, same errors by path and place. Messages are free."""

import json
import re
from collections import Counter

IS_OVERLAP = re.compile(r"""^Fields ['"].*['"] conflict because """, re.DOTALL)
# What September 2025 refuses and graphql-core 3.2 doesn't: operations without a root type (5.2.1.1), and numbers that no
# finite double represents (3.5.2): others are numeric.
IS_NEWER = re.compile(r"operation is not supported by the schema|^Float cannot represent non numeric value: -?[0-9]")
BUILT_IN_SCALARS = {"Int", "Float", "String", "Boolean", "ID"}
# More are not looked for; graphql-core has no such limit.
MOST_ERRORS_ABOUT_DEFINITIONS = 100
INVALID_DEFAULT = " has invalid default value: "
# What the specification says about definitions, and graphql-core 3.2 doesn't check.
NEWER_ABOUT_TYPES = {
    "a type doesn't have the name of a built-in one (3.3)": (
        rf"^Type \"({'|'.join(BUILT_IN_SCALARS)}|__\w+)\" already exists in the schema\. "
    ),
    "root types are different (3.3.1)": r"^All root types must be different, ",
    "a default value is one of its type (3.6, 3.10)": INVALID_DEFAULT,
    "default values end (3.10, InputObjectDefaultValueHasCycle)": r"^Invalid circular reference\. The default value ",
    "an extension doesn't provide @oneOf (3.10.3)": r"^Directive \"@oneOf\" must not be provided by an extension of ",
    "a field is deprecated only if the interface's is (3.6)": r"^Interface field .* is not deprecated, so ",
    "a directive doesn't refer to itself (3.13)": r"^Directive @\w+ cannot reference itself",
    "a directive's argument is a value of its type (5.6.1)": r"^Argument \"@\w+\(\w+:\)\" has invalid value ",
}
ABOUT_DEFAULT = [
    re.compile(r"^Required (?:argument|input field) (\S+) cannot be deprecated"),
    re.compile(r"^OneOf input field (\S+) cannot have a default value"),
    re.compile(r"^Object field (\S+) includes required argument (\w+) that is missing"),
]
IS_NEWER_ABOUT_TYPES = re.compile("|".join(NEWER_ABOUT_TYPES.values()))
UNORDERED = {"types", "directives", "possibleTypes", "interfaces", "locations"}
BUILT_IN_DIRECTIVES = {"skip", "include", "deprecated", "specifiedBy", "oneOf"}


def same(first, second):
    """Equal as JSON, members in the same order; 3 is 3.0, but true is not 1."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    if isinstance(first, (int, float)) and isinstance(second, (int, float)):
        return first == second
    if type(first) is not type(second):
        return False
    if isinstance(first, dict):
        return list(first) == list(second) and all(same(value, second[name]) for name, value in first.items())
    if isinstance(first, list):
        return len(first) == len(second) and all(map(same, first, second))
    return first == second


def places(error):
    return tuple(sorted({(each["line"], each["column"]) for each in error.get("locations", [])}))


def where(error):
    return places(error), json.dumps(error.get("path"))


def counted(errors):
    return Counter(where(each) for each in errors)


def nulled(data, errors):
    """For each error that has a path, the position of the null that it ended in; None when one leads to something else."""
    found = set()
    for each in errors:
        if "path" not in each:
            continue
        position = []
        value = data
        for step in each["path"]:
            if value is None:
                break
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
            position.append(step)
        if value is not None:
            return None
        found.add(json.dumps(position))
    return found


def ordered(value, name=None, within=None):
    """Introspection data with what the specification leaves unordered in one order, and without built-in definitions."""
    if isinstance(value, dict):
        return {key: ordered(member, key, value) for key, member in value.items()}
    if not isinstance(value, list):
        return value
    items = [ordered(item) for item in value]
    if name not in UNORDERED:
        return items
    names = {id(item): item.get("name") if isinstance(item, dict) else str(item) for item in items}
    built_in = BUILT_IN_DIRECTIVES if name == "directives" else BUILT_IN_SCALARS if name == "types" else set()
    items = [item for item in items if names[id(item)] not in built_in and not str(names[id(item)]).startswith("__")]
    return sorted(items, key=lambda item: (str(names[id(item)]), json.dumps(item, sort_keys=True)))


def difference(case, answer):
    """What is different about our answer to the case, in a sentence; None when nothing is."""
    expected = case["expected"]
    kind = case["kind"]
    if not isinstance(answer, dict) or "unsupported" in answer:
        return f"no answer: {json.dumps(answer)}"
    if kind in ("print", "print_schema"):
        if kind == "print":
            return None if answer.get("text") == expected["text"] else "the text differs"
        # The order of the definitions is free.
        texts = [sorted(re.split(r"\n\n(?=\S)", str(each.get("text")).strip())) for each in (expected, answer)]
        return None if texts[0] == texts[1] else "the text differs"
    if kind == "introspect":
        return None if same(ordered(expected["data"]), ordered(answer.get("data"))) else "the data differs"
    if kind in ("validate_sdl", "validate_schema"):
        return definitions_difference(case, answer.get("errors", []))
    if kind == "parse" and expected.get("ok") != answer.get("ok"):
        return "one parses, the other doesn't"
    theirs, ours = expected.get("errors", []), answer.get("errors", [])
    # Before the shorthand of a query, both refuse a description: graphql-core at the brace behind it.
    if theirs and any("descriptions are not supported on shorthand queries" in each["message"] for each in ours):
        return None
    if kind in ("parse", "validate") or "data" not in expected:
        if answer.get("data") is not None:
            return "it was executed"
        return invalid_difference(case, theirs, ours)
    if not same(expected["data"], answer.get("data")):
        if "__type" not in case["document"] and "__schema" not in case["document"]:
            return "the data differs"
        if not same(ordered(expected["data"]), ordered(answer.get("data"))):
            return "the data differs"
    if counted(theirs) != counted(ours):
        # Where a null passes through a place with more than one failure, which of them are reported depends on whether
        # the others were still executed (6.4.4). graphql-core ends a mutation, too, when its root becomes null. Errors
        # without a path are about the request, and have no such excuse.
        requests = [counted(each for each in errors if "path" not in each) for errors in (theirs, ours)]
        if requests[0] != requests[1]:
            return "the errors differ"
        found = nulled(answer.get("data"), ours)
        if found is None or found != nulled(expected["data"], theirs):
            return "the errors differ"
    return None


def words(error):
    """An error's message without what graphql-core words in its own way: quotation marks, names of locations."""
    message = error["message"].replace('"', "'")
    return re.sub(r"(?<= may not be used on )[A-Z_]+(?=\.)", lambda found: found[0].lower().replace("_", " "), message)


def about_default(error):
    """The coordinate of which it matters here whether it has a default value; None where that isn't the point.

    graphql-core forgets a default value that is none of its type.
    """
    for form in ABOUT_DEFAULT:
        found = form.match(error["message"])
        if found:
            return found.expand(r"\1(\2:)" if form.groups == 2 else r"\1")
    return None


def definitions_difference(case, ours):
    """Errors about definitions: same places and, quotation marks apart, same words."""
    must_report = case["mustReport"]
    if must_report and not any(must_report in each["message"] for each in ours):
        return f"it isn't reported: {must_report}"
    theirs = case["expected"]["errors"]
    if theirs is None:
        return None
    if len(ours) >= MOST_ERRORS_ABOUT_DEFINITIONS:
        return None
    forgotten = {each["message"].split(INVALID_DEFAULT)[0] for each in ours if INVALID_DEFAULT in each["message"]}
    # Without the default of an input field, the field may be required, and further defaults no values.
    is_any_forgotten = any("(" not in coordinate for coordinate in forgotten)

    def counts(each):
        coordinate = about_default(each)
        return coordinate is None or not (is_any_forgotten or coordinate in forgotten)

    theirs, ours = (list(filter(counts, errors)) for errors in (theirs, ours))
    if case["kind"] == "validate_schema":
        ours = [each for each in ours if not IS_NEWER_ABOUT_TYPES.search(each["message"])]
    worded = [Counter((places(each), words(each)) for each in errors) for errors in (theirs, ours)]
    if worded[0] == worded[1]:
        return None
    return f"the errors differ: only theirs {list(worded[0] - worded[1])}, only ours {list(worded[1] - worded[0])}"


def invalid_difference(case, theirs, ours):
    ours = [each for each in ours if not IS_NEWER.search(each["message"])]
    splits = []
    for errors in (theirs, ours):
        overlaps = [each for each in errors if IS_OVERLAP.match(each["message"])]
        splits.append((overlaps, [each for each in errors if each not in overlaps]))
    (their_overlaps, their_rest), (our_overlaps, our_rest) = splits
    if counted(their_rest) != counted(our_rest):
        return "the errors differ"
    if counted(their_overlaps) == counted(our_overlaps):
        return None
    # One finds conflicts that the other doesn't: graphql-core misses some, which is known (see overlap.py).
    has_conflict = case.get("hasConflict")
    if has_conflict is None or (has_conflict and our_overlaps and len(their_overlaps) <= len(our_overlaps)):
        return None
    return f"the conflicts of fields differ: by the specification there is {'one' if has_conflict else 'none'}"


def message_differences(case, answer):
    """The messages that differ, quotation marks apart, when everything else is the same."""
    theirs, ours = case["expected"].get("errors", []), answer.get("errors", [])
    by_place = {}
    for each in ours:
        by_place.setdefault(where(each), []).append(words(each))
    return [
        (each["message"], by_place.get(where(each)))
        for each in theirs
        if words(each) not in by_place.get(where(each), [])
    ]
