"""Random schemas, as SDL: every kind of type, every way in which they refer to each other."""

from graphql import build_schema

from values import literal, wrapped

BUILT_IN_SCALARS = ["Int", "Float", "String", "Boolean", "ID"]
FIELD_NAMES = ["a", "b", "c", "d", "id", "name", "items", "next", "value", "parent", "size", "kind"]
ARGUMENT_NAMES = ["first", "by", "filter", "ids", "where", "flag", "scale"]
ENUM_VALUES = ["RED", "GREEN", "BLUE", "SMALL", "LARGE", "on_off", "X1", "type", "input", "_"]
TEXTS = [
    "Plain.",
    "Two\\nlines.",
    "Mark \\\" and \\\\ and é.",
    "Beyond the plane: 😀.",
]


class SchemaMaker:
    """One random schema. `text` is its SDL; `schema` is what graphql-core makes of it."""

    def __init__(self, random):
        self.random = random
        self.is_complete = False
        self.unfinished = set()
        self.inputs = {}  # name to [(field, type, default or None)], for the values of defaults
        self.definitions = []
        self.scalars = [f"Scalar{n}" for n in range(random.randint(0, 2))]
        self.enums = {
            f"Enum{n}": random.sample(ENUM_VALUES, random.randint(1, 5)) for n in range(random.randint(1, 3))
        }
        self.one_ofs = set()
        self.make_inputs()
        self.make_hierarchy()
        self.make_scalars_and_enums()
        self.make_composites()
        self.make_directives()
        random.shuffle(self.definitions)
        self.text = "\n\n".join(self.definitions) + "\n"
        self.schema = build_schema(self.text)
        self.is_complete = True

    # Parts

    def chance(self, probability):
        return self.random.random() < probability

    def description(self, indent=""):
        """A description with its line end, or nothing."""
        if not self.chance(0.2):
            return ""
        text = self.random.choice(TEXTS)
        if self.chance(0.4) and "\\" not in text:
            return f'{indent}"""\n{indent}{text}\n{indent}  More, indented.\n{indent}"""\n'
        return f'{indent}"{text}"\n'

    def deprecated(self, allowed=True):
        if not allowed or not self.chance(0.12):
            return ""
        return self.random.choice([" @deprecated", ' @deprecated(reason: "Old: use \\"new\\".")'])

    def input_type(self, composite_probability=0.35, inputs=None, wrappers=True):
        """A random input type, as text. Input objects are taken from `inputs`."""
        inputs = list(self.inputs) if inputs is None else inputs
        if inputs and self.chance(composite_probability):
            name = self.random.choice(inputs)
        else:
            name = self.random.choice(BUILT_IN_SCALARS + self.scalars + list(self.enums))
        return wrapped(self.random, name, 2) if wrappers else name

    def value(self, type_text):
        return literal(self.random, self, type_text)

    # Kinds of types

    def make_inputs(self):
        random = self.random
        names = [f"Input{n}" for n in range(random.randint(1, 4))]
        self.unfinished = set(names)
        for position, name in enumerate(names):
            is_one_of = self.chance(0.3)
            lines = []
            fields = []
            for field in random.sample(FIELD_NAMES, random.randint(1, 4)):
                if is_one_of:
                    type_text = self.input_type().rstrip("!")
                elif self.chance(0.15):
                    # A cycle, which a value may end: nullable, or a list.
                    other = random.choice(names)
                    type_text = random.choice([other, f"[{other}!]", f"[{other}]!"])
                else:
                    # Only earlier ones, so that non-null fields don't form a cycle.
                    type_text = self.input_type()
                default = None
                is_cyclic = any(other in type_text for other in names[position:])
                if not is_one_of and not is_cyclic and self.chance(0.35):
                    default = self.value(type_text)
                is_required = type_text.endswith("!") and default is None
                suffix = f" = {default}" if default is not None else ""
                lines.append(
                    f"{self.description('  ')}  {field}: {type_text}{suffix}{self.deprecated(not is_required)}"
                )
                fields.append((field, type_text, default))
            self.inputs[name] = fields
            self.unfinished.remove(name)
            if is_one_of:
                self.one_ofs.add(name)
            body = "\n".join(lines)
            one_of = " @oneOf" if is_one_of else ""
            self.definitions.append(f"{self.description()}input {name}{one_of} {{\n{body}\n}}")

    def make_hierarchy(self):
        """Who implements what, and who is a member of which union: fields are made when all of it is known."""
        random = self.random
        self.interfaces = {}
        # In a chain each interface implements those before it, and may narrow their fields. Otherwise it copies them, so
        # that two interfaces never disagree on a field that they both have from a third.
        self.is_chain = self.chance(0.5)
        for position in range(random.randint(1, 3)):
            probability = 1 if self.is_chain else 0.4
            self.interfaces[f"Interface{position}"] = self.implemented(list(self.interfaces), probability)
        self.objects = {f"Object{n}": self.implemented(list(self.interfaces), 0.5) for n in range(random.randint(2, 5))}
        self.unions = {
            f"Union{n}": random.sample(list(self.objects), random.randint(1, len(self.objects)))
            for n in range(random.randint(1, 2))
        }
        self.composites = list(self.interfaces) + list(self.objects) + list(self.unions)

    def implemented(self, candidates, probability):
        """Some of the interfaces, with all that they implement."""
        names = []
        for name in candidates:
            if self.chance(probability):
                names += [each for each in self.interfaces[name] + [name] if each not in names]
        return names

    def subtypes(self, name):
        """The types that may stand where `name` is expected."""
        if name in self.unions:
            return [name] + self.unions[name]
        if name in self.interfaces:
            every = {**self.interfaces, **self.objects}
            return [name] + [each for each, implemented in every.items() if name in implemented]
        return [name]

    def make_scalars_and_enums(self):
        for name in self.scalars:
            url = ' @specifiedBy(url: "https://example.org/scalar")' if self.chance(0.4) else ""
            self.definitions.append(f"{self.description()}scalar {name}{url}")
        for name, values in self.enums.items():
            lines = [f"{self.description('  ')}  {value}{self.deprecated()}" for value in values]
            if len(lines) > 2 and self.chance(0.3):
                self.definitions.append(f"extend enum {name} {{\n{lines.pop()}\n}}")
            body = "\n".join(lines)
            self.definitions.append(f"{self.description()}enum {name} {{\n{body}\n}}")

    def make_composites(self):
        fields = {}  # interface to {field name: (arguments, type, suffix)}
        for position, (name, implemented) in enumerate(self.interfaces.items()):
            fields[name] = self.inherited(fields, implemented, may_narrow=self.is_chain)
            for field in self.random.sample(FIELD_NAMES, self.random.randint(1, 3)):
                # Interfaces don't disagree on a field: each has names of its own.
                fields[name][f"{field}{position}"] = self.field()
            self.define("interface", name, implemented, fields[name])
        for name, implemented in self.objects.items():
            own = self.inherited(fields, implemented)
            for field in self.random.sample(FIELD_NAMES, self.random.randint(1, 5)):
                own[field] = self.field()
            self.define("type", name, implemented, own)
        for name, members in self.unions.items():
            self.definitions.append(f"{self.description()}union {name} = {' | '.join(members)}")
        self.make_roots()

    def make_roots(self):
        random = self.random
        roots = {"query": "Query"}
        if self.chance(0.5):
            roots["mutation"] = "Mutation"
        if self.chance(0.3):
            roots["subscription"] = "Subscription"
        if self.chance(0.3):
            roots = {kind: f"{name}Root" for kind, name in roots.items()}
            body = "\n".join(f"  {kind}: {name}" for kind, name in roots.items())
            self.definitions.append(f"{self.description()}schema {{\n{body}\n}}")
        for name in roots.values():
            own = {field: self.field(0.7) for field in random.sample(FIELD_NAMES, random.randint(3, 7))}
            # Whatever else there is, each root leads to the other types.
            for composite in random.sample(self.composites, min(3, len(self.composites))):
                own[f"get{composite}"] = self.field(1)
            self.define("type", name, [], own)

    def field(self, composite_probability=0.4):
        random = self.random
        leaf = random.choice(BUILT_IN_SCALARS + ["String"] * 3 + self.scalars + list(self.enums))
        name = random.choice(self.composites) if self.chance(composite_probability) else leaf
        arguments = {}
        if self.chance(0.45):
            for argument in random.sample(ARGUMENT_NAMES, random.randint(1, 3)):
                arguments[argument] = self.argument()
        return arguments, wrapped(random, name, 3), self.deprecated()

    def argument(self, is_optional=False):
        type_text = self.input_type()
        if is_optional:
            type_text = type_text.rstrip("!")
        default = self.value(type_text) if self.chance(0.35) else None
        is_required = type_text.endswith("!") and default is None
        return type_text, default, self.deprecated(not is_required)

    def inherited(self, fields, implemented, may_narrow=True):
        """The fields of the interfaces, the lowest one's form of each; some with a narrower type or more arguments."""
        own = {}
        for interface in implemented:
            own.update(fields[interface])
        return {name: self.narrowed(field) if may_narrow else field for name, field in own.items()}

    def narrowed(self, field):
        arguments, type_text, suffix = field
        if self.chance(0.4):
            name = type_text.strip("[]!")
            type_text = type_text.replace(name, self.random.choice(self.subtypes(name)))
        if self.chance(0.3) and not type_text.endswith("!"):
            type_text += "!"
        if self.chance(0.2):
            free = [name for name in ARGUMENT_NAMES if name not in arguments]
            if free:
                arguments = {**arguments, self.random.choice(free): self.argument(is_optional=True)}
        return arguments, type_text, suffix

    def define(self, keyword, name, implemented, fields):
        lines = [self.field_text(field, *parts) for field, parts in fields.items()]
        implements = f" implements {' & '.join(implemented)}" if implemented else ""
        if keyword == "type" and len(lines) > 2 and self.chance(0.2):
            self.definitions.append(f"extend type {name} {{\n{lines.pop()}\n}}")
        body = "\n".join(lines)
        self.definitions.append(f"{self.description()}{keyword} {name}{implements} {{\n{body}\n}}")

    def field_text(self, name, arguments, type_text, suffix):
        parts = []
        for argument, (argument_type, default, argument_suffix) in arguments.items():
            value = f" = {default}" if default is not None else ""
            parts.append(f"{argument}: {argument_type}{value}{argument_suffix}")
        list_text = f"({', '.join(parts)})" if parts else ""
        return f"{self.description('  ')}  {name}{list_text}: {type_text}{suffix}"

    def make_directives(self):
        self.directives = []
        for position in range(self.random.randint(0, 2)):
            name = f"mark{position}"
            is_repeatable = self.chance(0.5)
            type_text = self.input_type(0)
            default = self.value(type_text) if self.chance(0.5) else None
            value = f" = {default}" if default is not None else ""
            repeatable = " repeatable" if is_repeatable else ""
            places = "QUERY | MUTATION | FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | FRAGMENT_DEFINITION | OBJECT"
            self.definitions.append(
                f"{self.description()}directive @{name}(by: {type_text}{value}){repeatable} on {places}"
            )
            self.directives.append((name, type_text, default, is_repeatable))
