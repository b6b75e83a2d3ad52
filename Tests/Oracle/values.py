"""Random input values: as literals of a document, and as JSON."""

STRINGS = ["", "x", "two words", 'quote " and \\', "line\nend\ttab", "é ü", "😀", "\u2028", "\u0001", "null", "12"]
INTEGERS = [0, 1, -1, 7, 42, 2147483647, -2147483648]
NUMBERS = [0.5, -2.25, 1.0, 3.14159, 1000.0]


def wrapped(random, name, depth):
    """The type `name` within up to `depth` lists, with non-null marks here and there."""
    text = name
    for _ in range(random.choice([0, 0, 0, 1, 1, depth])):
        text = f"[{text}{random.choice(['', '', '!'])}]"
    return text + random.choice(["", "", "!"])


def string_literal(random, text, is_plain):
    if not is_plain and random.random() < 0.2 and all(c >= " " or c == "\n" for c in text):
        if text == text.strip() and '"' not in text and "\\" not in text:
            return f'"""{text}"""'
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    escaped = "".join(c if c >= " " else f"\\u{ord(c):04x}" for c in escaped)
    if not is_plain and random.random() < 0.2:
        escaped = escaped.replace("x", "\\u0078").replace("é", "\\u{e9}").replace("😀", "\\uD83D\\uDE00")
    return f'"{escaped}"'


def scalar_literal(random, name, is_plain=False):
    """A literal of a scalar; a plain one is written as graphql-core prints it."""
    if name == "Int":
        return str(random.choice(INTEGERS))
    if name == "Float":
        numbers = [0.5, -2.25] if is_plain else NUMBERS + ["1e3", "-2.5E-1"]
        return str(random.choice(INTEGERS + numbers))
    if name == "Boolean":
        return random.choice(["true", "false"])
    if name == "ID":
        name = random.choice(["Int", "String"])
        return scalar_literal(random, name, is_plain)
    if name == "String":
        return string_literal(random, random.choice(STRINGS), is_plain)
    if is_plain:
        # graphql-core can't print a list or an object as the default of a custom scalar.
        return scalar_literal(random, random.choice(["Int", "String", "Boolean"]), is_plain)
    return custom_literal(random, 2)


def custom_literal(random, depth):
    """A literal of any form: what a custom scalar accepts."""
    form = random.randrange(7 if depth else 5)
    if form == 0:
        return scalar_literal(random, "Float")
    if form == 1:
        return random.choice(["true", "SOME_NAME"])
    if form in (2, 3, 4):
        return scalar_literal(random, random.choice(["String", "Int"]))
    parts = [custom_literal(random, depth - 1) for _ in range(random.randrange(3))]
    if form == 5:
        return f"[{', '.join(parts)}]"
    names = random.sample(["k", "l", "m"], len(parts))
    return "{" + ", ".join(f"{name}: {part}" for name, part in zip(names, parts)) + "}"


def literal(random, schema, type_text, depth=3, variable=None):
    """A literal of the type, which is given as text.

    `schema` knows the enums, `inputs` and `one_ofs`. `variable(type_text)` may give a variable to use instead, or None.
    """
    if variable is not None:
        name = variable(type_text)
        if name is not None:
            return name
    if type_text.strip("[]!") in schema.unfinished:
        # The default of an input object that is about to be defined.
        return "[]" if type_text.startswith("[") else "null"
    if type_text.endswith("!"):
        return nonnull_literal(random, schema, type_text[:-1], depth, variable)
    if random.random() < 0.12:
        return "null"
    return nonnull_literal(random, schema, type_text, depth, variable)


def nonnull_literal(random, schema, type_text, depth, variable):
    if type_text.startswith("["):
        item = type_text[1:-1]
        if not item.startswith("[") and random.random() < 0.15:
            # A single value stands for a list of one. A variable may not.
            text = literal(random, schema, item, depth, None)
            return text if text != "null" else "[]"
        count = random.randrange(3) if depth > 0 else 0
        return "[" + ", ".join(literal(random, schema, item, depth - 1, variable) for _ in range(count)) + "]"
    if type_text in schema.enums:
        return random.choice(schema.enums[type_text])
    if type_text not in schema.inputs:
        return scalar_literal(random, type_text, is_plain=not schema.is_complete)
    fields = schema.inputs[type_text]
    if type_text in schema.one_ofs:
        name, field_type, _ = random.choice(fields)
        value = literal(random, schema, field_type + "!", depth - 1, variable)
        return f"{{{name}: {value}}}"
    parts = []
    for name, field_type, default in fields:
        is_required = field_type.endswith("!") and default is None
        if is_required or (depth > 0 and random.random() < 0.6):
            parts.append(f"{name}: {literal(random, schema, field_type, depth - 1, variable)}")
    random.shuffle(parts)
    return "{" + ", ".join(parts) + "}"


def json_value(random, schema, type_text, fault=0.0, depth=3):
    """A JSON value for a variable of the type; each part is wrong with the probability `fault`."""
    if random.random() < fault:
        return random.choice([None, True, 1.5, 2**40, "wrong", [], [None], {}, {"wrong": 1}, -1])
    is_nullable = not type_text.endswith("!")
    type_text = type_text.removesuffix("!")
    if is_nullable and random.random() < 0.12:
        return None
    if type_text.startswith("["):
        item = type_text[1:-1]
        if random.random() < 0.15 and not item.startswith("["):
            return json_value(random, schema, item, fault, depth)
        count = random.randrange(3) if depth > 0 else 0
        return [json_value(random, schema, item, fault, depth - 1) for _ in range(count)]
    if type_text in schema.enums:
        return random.choice(schema.enums[type_text])
    if type_text not in schema.inputs:
        return scalar_value(random, type_text)
    fields = schema.inputs[type_text]
    if type_text in schema.one_ofs:
        name, field_type, _ = random.choice(fields)
        members = {name: json_value(random, schema, field_type + "!", fault, depth - 1)}
    else:
        members = {}
        for name, field_type, default in fields:
            is_required = field_type.endswith("!") and default is None
            if (is_required and random.random() >= fault) or (depth > 0 and random.random() < 0.6):
                members[name] = json_value(random, schema, field_type, fault, depth - 1)
    if random.random() < fault:
        members["unknown"] = 1
    return members


def scalar_value(random, name):
    if name == "Int":
        return random.choice(INTEGERS + [3.0])
    if name == "Float":
        return random.choice(INTEGERS + NUMBERS)
    if name == "Boolean":
        return random.choice([True, False])
    if name == "ID":
        return random.choice([1, -7, 3.0] + STRINGS)
    if name == "String":
        return random.choice(STRINGS)
    return random.choice([1, 1.5, "x", True, [1, "é"], {"b": [None], "a": {"c": 1}}])
