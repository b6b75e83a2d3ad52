"""Random operations on a schema: valid ones for the most part."""

from graphql import (
    OperationType,
    Undefined,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_required_argument,
)

from values import json_value, literal

TYPE_QUERIES = [
    "kind name",
    "name description",
    "fields { name isDeprecated type { kind name ofType { name kind } } }",
    "fields(includeDeprecated: true) { name deprecationReason args(includeDeprecated: true) { name defaultValue } }",
    "inputFields { name defaultValue type { name } } isOneOf",
    "enumValues(includeDeprecated: true) { name description isDeprecated } ofType { name }",
    "interfaces { name } specifiedByURL",
    "possibleTypes { name }",
]


class DocumentMaker:
    """One random document. `text` has its operations and fragments, `variables` the values for the one to execute."""

    def __init__(self, random, maker):
        self.random = random
        self.maker = maker
        self.schema = maker.schema
        self.fragments = []  # (name, type, text, variables used)
        self.fragments_begun = 0
        self.variable_count = 0
        self.fields_left = random.choice([4, 8, 15, 40])
        self.alias_count = 0
        # How often fields of one selection set meet under one response name, in valid ways or not.
        self.collision = random.choice([0, 0, 0.1, 0.3])
        kinds = ["query"] * 4
        if self.schema.mutation_type:
            kinds += ["mutation"]
        count = random.choice([1] * 8 + [2, 3])
        operations = [self.operation(random.choice(kinds), position, count) for position in range(count)]
        chosen = random.randrange(count)
        self.operation_name = operations[chosen][0]
        if count == 1 and self.chance(0.8):
            self.operation_name = None
        self.kind = operations[chosen][1]
        self.variable_types = operations[chosen][2]
        parts = [text for _, _, _, text in operations] + [text for _, _, text, _ in self.fragments]
        random.shuffle(parts)
        self.text = "\n\n".join(parts)
        self.fault = random.choice([0] * 5 + [0.1, 0.3])
        self.variables = self.variable_values()
        if self.chance(0.03):
            self.operation_name = random.choice(["Missing", "", None])

    def chance(self, probability):
        return self.random.random() < probability

    # Operations

    def operation(self, kind, position, count):
        root = self.schema.get_root_type(OperationType(kind))
        self.used = {}  # variable name to (type text, default or None)
        selections = self.selection_set(root, self.random.choice([2, 3, 4]))
        name = f"Operation{position}" if count > 1 or self.chance(0.3) else None
        directives = self.directives(is_operation=True)
        definitions = ", ".join(
            f"${variable}: {type_text}" + (f" = {default}" if default is not None else "")
            for variable, (type_text, default) in self.used.items()
        )
        if kind == "query" and not name and not definitions and not directives and self.chance(0.7):
            return name, kind, self.used, selections
        head = f"{kind} {name or ''}" + (f"({definitions})" if definitions else "")
        return name, kind, self.used, f"{head}{directives} {selections}"


    # Selections

    def selection_set(self, parent, depth):
        items = []
        seen = []
        for _ in range(self.random.choice([1, 2, 2, 3, 4])):
            items.append(self.selection(parent, depth, seen))
        if self.chance(self.collision) and seen:
            items.append(self.repeated(self.random.choice(seen), depth))
        return "{ " + " ".join(items) + " }"

    def selection(self, parent, depth, seen):
        roll = self.random.random()
        if roll < 0.1 and depth > 0:
            return self.inline_fragment(parent, depth)
        if roll < 0.22 and depth > 0:
            return self.spread(parent, depth)
        if roll < 0.28 or not hasattr(parent, "fields"):
            if not hasattr(parent, "fields") and depth > 0 and roll > 0.4:
                return self.inline_fragment(parent, depth)
            return self.random.choice(["__typename", "__typename", "t: __typename"])
        if roll < 0.31 and parent is self.schema.query_type:
            return self.introspection()
        return self.field(parent, depth, seen)

    def field(self, parent, depth, seen):
        fields = parent.fields
        if depth <= 0 or self.fields_left <= 0:
            leaves = {name: field for name, field in fields.items() if not is_composite_type(get_named_type(field.type))}
            if not leaves:
                return "__typename"
            fields = leaves
        self.fields_left -= 1
        name = self.random.choice(list(fields))
        definition = fields[name]
        arguments = self.arguments(definition.args)
        alias = ""
        if arguments or self.chance(0.6):
            # An alias of its own, so that the field meets no other of another type; now and then one that does.
            self.alias_count += 1
            alias = f"{name}{self.alias_count}: "
            if self.chance(self.collision / 3):
                alias = self.random.choice(["", "x: ", "y: "])
        head = f"{alias}{name}{arguments}"
        seen.append((head, definition))
        return head + self.directives() + self.subselection(definition, depth)

    def subselection(self, definition, depth):
        named = get_named_type(definition.type)
        return " " + self.selection_set(named, depth - 1) if is_composite_type(named) else ""

    def repeated(self, field, depth):
        """The same field once more, with other sub-selections: they are merged."""
        head, definition = field
        return head + self.directives() + self.subselection(definition, depth - 1)

    def inline_fragment(self, parent, depth):
        condition = ""
        target = parent
        if self.chance(0.8) or not hasattr(parent, "fields"):
            target = self.random.choice(self.overlapping(parent))
            condition = f" on {target.name}"
        return f"...{condition}{self.directives()} {self.selection_set(target, depth - 1)}"

    def overlapping(self, parent):
        """The composite types that have an object type in common with the parent."""
        possible = set(self.possible(parent))
        return [
            each
            for each in self.schema.type_map.values()
            if is_composite_type(each) and not each.name.startswith("__") and possible & set(self.possible(each))
        ] or [parent]

    def possible(self, each):
        return self.schema.get_possible_types(each) if is_abstract_type(each) else [each]

    def spread(self, parent, depth):
        targets = self.overlapping(parent)
        known = [fragment for fragment in self.fragments if fragment[1] in targets]
        if known and self.chance(0.4):
            name, _, _, used = self.random.choice(known)
            if any(self.used.get(variable, parts) != parts for variable, parts in used.items()):
                return "__typename"
            self.used.update(used)
        else:
            target = self.random.choice(targets)
            outer, self.used = self.used, {}
            self.fragments_begun += 1
            name = f"Fragment{self.fragments_begun}"
            text = f"fragment {name} on {target.name}{self.directives(place='FRAGMENT_DEFINITION')} "
            text += self.selection_set(target, depth - 1)
            self.fragments.append((name, target, text, self.used))
            outer.update(self.used)
            self.used = outer
        return f"...{name}{self.directives()}"

    def introspection(self):
        self.alias_count += 1
        selections = " ".join(self.random.sample(TYPE_QUERIES, self.random.randint(1, 3)))
        if self.chance(0.2):
            return f"s{self.alias_count}: __schema {{ queryType {{ {selections} }} mutationType {{ name }} }}"
        names = list(self.schema.type_map) + ["Missing"]
        return f't{self.alias_count}: __type(name: "{self.random.choice(names)}") {{ {selections} }}'

    # Arguments and directives

    def arguments(self, definitions):
        parts = []
        for name, definition in definitions.items():
            if is_required_argument(definition) or self.chance(0.6):
                has_default = definition.default_value is not Undefined
                parts.append(f"{name}: {self.value(str(definition.type), has_default)}")
        self.random.shuffle(parts)
        return f"({', '.join(parts)})" if parts else ""

    def value(self, type_text, has_default=False):
        name = self.variable(type_text, has_default)
        if name is not None:
            return name
        return literal(self.random, self.maker, type_text, variable=self.variable)

    def variable(self, type_text, has_default=False):
        """Sometimes a variable that may stand for a value of the type."""
        if not self.chance(0.3):
            return None
        known = [name for name, (known, _) in self.used.items() if known in (type_text, type_text + "!")]
        if known and self.chance(0.4):
            return f"${self.random.choice(known)}"
        self.variable_count += 1
        own = type_text
        default = None
        if type_text.endswith("!"):
            # The position or the variable has a default, so that the variable may be nullable.
            if has_default and self.chance(0.4):
                own = type_text[:-1]
            elif self.chance(0.2):
                own = type_text[:-1]
                default = literal(self.random, self.maker, type_text)
        elif self.chance(0.25):
            own = type_text + "!"
        if default is None and self.chance(0.2):
            default = literal(self.random, self.maker, own)
        if self.chance(0.2) and own.startswith("[") and "!]" not in own:
            own = own.replace("]", "!]", 1)
            default = None if default is None else literal(self.random, self.maker, own)
        name = f"v{self.variable_count}"
        self.used[name] = (own, default)
        return f"${name}"

    def directives(self, is_operation=False, place=None):
        parts = []
        if not is_operation and place is None:
            for name in ("skip", "include"):
                if self.chance(0.06):
                    value = self.value("Boolean!") if self.chance(0.6) else self.random.choice(["true", "false"])
                    parts.append(f"@{name}(if: {value})")
        if self.chance(0.05) and self.maker.directives:
            name, type_text, default, is_repeatable = self.random.choice(self.maker.directives)
            for _ in range(2 if is_repeatable and self.chance(0.3) else 1):
                is_left_out = (default is not None or not type_text.endswith("!")) and self.chance(0.4)
                value = "" if is_left_out else f"(by: {self.value(type_text)})"
                parts.append(f"@{name}{value}")
        self.random.shuffle(parts)
        return "".join(" " + part for part in parts)

    # Values of variables

    def variable_values(self):
        values = {}
        for name, (type_text, default) in self.variable_types.items():
            is_optional = default is not None or not type_text.endswith("!")
            if (is_optional and self.chance(0.25)) or self.chance(self.fault / 4):
                continue
            values[name] = json_value(self.random, self.maker, type_text, self.fault)
        if self.chance(0.05):
            values["unused"] = 1
        return values or (None if self.chance(0.5) else {})
