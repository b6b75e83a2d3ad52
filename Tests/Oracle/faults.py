"""Schemas with faults: random ones whose definitions are changed so that each rule about them is broken."""

from copy import deepcopy

from graphql import print_ast
from graphql.language import (
    DirectiveDefinitionNode,
    EnumTypeDefinitionNode,
    EnumTypeExtensionNode,
    InputObjectTypeDefinitionNode,
    InputObjectTypeExtensionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    ObjectValueNode,
    ScalarTypeDefinitionNode,
    ScalarTypeExtensionNode,
    SchemaDefinitionNode,
    TypeDefinitionNode,
    UnionTypeDefinitionNode,
    UnionTypeExtensionNode,
    Visitor,
    parse,
    parse_type,
    parse_value,
    visit,
)

MEMBERS = {
    "fields": (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode, InputObjectTypeDefinitionNode),
    "values": (EnumTypeDefinitionNode,),
    "types": (UnionTypeDefinitionNode,),
    "interfaces": (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode),
}
EXTENSIONS = {
    ScalarTypeDefinitionNode: ScalarTypeExtensionNode,
    ObjectTypeDefinitionNode: ObjectTypeExtensionNode,
    InterfaceTypeDefinitionNode: InterfaceTypeExtensionNode,
    UnionTypeDefinitionNode: UnionTypeExtensionNode,
    EnumTypeDefinitionNode: EnumTypeExtensionNode,
    InputObjectTypeDefinitionNode: InputObjectTypeExtensionNode,
}
COMPOSITES = (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode)
INPUTS = InputObjectTypeDefinitionNode
BUILT_IN_SCALARS = ["Int", "Float", "String", "Boolean", "ID"]
APPLIED = [
    "@deprecated",
    '@deprecated(reason: "Old.")',
    '@deprecated(reason: "Old.", reason: "Older.")',
    '@deprecated(why: "Old.")',
    '@deprecated(reason: {a: {b: 1, b: 2}, c: 1, c: [{d: 1, d: 1}]})',
    "@specifiedBy",
    '@specifiedBy(url: "https://example.org")',
    "@oneOf",
    "@skip(if: true)",
    "@skip",
    "@unknown",
    "@once",
    '@once(by: "A")',
    '@once(by: "A", bye: 1) @once(by: "B")',
    '@many(by: "A") @many(by: "B")',
]
LOCATIONS = "SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE"
DIRECTIVES = f"""
directive @once(by: String!, as: Int = 1) on {LOCATIONS}
directive @many(by: String!) repeatable on {LOCATIONS}
"""


def directives_of(text):
    return parse(f"scalar S {text}").definitions[0].directives


def input_value(name, type_text, default=None):
    value = f" = {default}" if default else ""
    return parse(f"input I {{ {name}: {type_text}{value} }}").definitions[0].fields[0]


DEPRECATED = directives_of("@deprecated")[0]


class NoPlace(Exception):
    """The schema has no place for this fault."""


class Collector(Visitor):
    """Every node of some kinds."""

    def __init__(self, *kinds):
        super().__init__()
        self.kinds = kinds
        self.found = []

    def enter(self, node, *_):
        if isinstance(node, self.kinds):
            self.found.append(node)


class FaultMaker:
    """Breaks rules about the definitions of a random schema, one at a time.

    A fault is a method. It changes the definitions, and returns what must be reported by the specification where
    graphql-core has nothing to say about it: a part of the message.
    """

    def __init__(self, random, maker):
        self.random = random
        self.document = parse(maker.text)

    @property
    def text(self):
        return print_ast(self.document)

    def become_extension(self):
        """Leaves some of the definitions, most of them as extensions, some of these with members of their own."""
        definitions = []
        for node in self.document.definitions:
            roll = self.random.random()
            if type(node) not in EXTENSIONS or roll < 0.6:
                if roll < 0.1:
                    definitions.append(node)
                continue
            kind = EXTENSIONS[type(node)]
            extension = kind(**{name: getattr(node, name) for name in kind.keys if name != "loc"})
            for name in ("fields", "values"):
                for member in getattr(node, name, None) or ():
                    if self.random.random() < 0.7:
                        member.name.value += "New"
            if not any(getattr(extension, name, None) for name in ("directives", *MEMBERS)):
                extension.directives = (DEPRECATED,)
            definitions.append(extension)
        self.document.definitions = tuple(definitions) or parse("extend type Query { more: Int }").definitions

    def add(self, faults):
        """Adds one of the faults, if the schema has a place for it, and returns its name and what must be reported."""
        for _ in range(20):
            name = self.random.choice(faults)
            try:
                return name, getattr(self, name)()
            except NoPlace:
                continue
        return None, None

    # Parts

    def some(self, items, condition=lambda item: True):
        fitting = [item for item in items if condition(item)]
        if not fitting:
            raise NoPlace
        return self.random.choice(fitting)

    def definitions(self, *kinds):
        return [each for each in self.document.definitions if isinstance(each, kinds)]

    def nodes(self, *kinds):
        collector = Collector(*kinds)
        visit(self.document, collector)
        return collector.found

    def define(self, text):
        """Adds the definitions, each at a place of its own."""
        definitions = list(self.document.definitions)
        for each in parse(text).definitions:
            definitions.insert(self.random.randint(0, len(definitions)), each)
        self.document.definitions = tuple(definitions)

    def remove(self, kind):
        self.document.definitions = tuple(each for each in self.document.definitions if not isinstance(each, kind))

    def insert(self, node, attribute, item):
        items = list(getattr(node, attribute) or ())
        items.insert(self.random.randint(0, len(items)), item)
        setattr(node, attribute, tuple(items))

    def extended(self, node):
        """Adds an extension of a type, without anything in it, and returns it."""
        kind = EXTENSIONS[type(node)]
        members = {name: () for name in kind.keys if name in ("directives", *MEMBERS)}
        extension = kind(name=deepcopy(node.name), **members)
        self.insert(self.document, "definitions", extension)
        return extension

    def type_name(self, *kinds):
        """The name of a type of one of the kinds, scalars' included."""
        names = [each.name.value for each in self.definitions(*kinds)]
        return self.some(names + (BUILT_IN_SCALARS if ScalarTypeDefinitionNode in kinds else []))

    def input_values(self):
        return self.nodes(InputValueDefinitionNode)

    def circle(self):
        """Some input object types, each with the name of the next."""
        nodes = self.definitions(INPUTS)
        nodes = self.random.sample(nodes, self.random.randint(1, len(nodes)))
        return [(node, other.name.value) for node, other in zip(nodes, nodes[1:] + nodes[:1])]

    def implementing(self):
        """An object or interface type, and one of those that it implements."""
        node = self.some(self.definitions(*COMPOSITES), lambda each: each.interfaces)
        name = self.random.choice(node.interfaces).name.value
        interface = self.some(self.definitions(InterfaceTypeDefinitionNode), lambda each: each.name.value == name)
        return node, interface

    def implemented_field(self, condition=lambda field, expected: True):
        """A field of a type, and the field of an interface that it stands for."""
        node, interface = self.implementing()
        pairs = [
            (field, expected)
            for field in node.fields
            for expected in interface.fields
            if field.name.value == expected.name.value and condition(field, expected)
        ]
        return self.some(pairs)

    # Rules about definitions

    def lone_schema_definition(self):
        self.define("schema { query: Query } schema { query: Query }")

    def unique_operation_types(self):
        kind = self.random.choice(["query", "mutation", "subscription"])
        extension = f"extend schema {{ {kind}: {self.type_name(ObjectTypeDefinitionNode)} }}"
        self.define(f"{extension} {extension}")

    def unique_type_names(self):
        name = self.some(self.definitions(TypeDefinitionNode)).name.value
        forms = ["type {} {{ a: Int }}", "scalar {}", "enum {} {{ A }}", "input {} {{ a: Int }}"]
        self.define(self.random.choice(forms).format(name))

    def unique_members(self):
        """A member once more, in the definition or in an extension: values, fields and arguments must be unique."""
        attribute = self.random.choice(["fields", "fields", "values"])
        node = self.some(self.definitions(*MEMBERS[attribute]), lambda each: getattr(each, attribute))
        member = deepcopy(self.random.choice(getattr(node, attribute)))
        if self.random.random() < 0.5:
            node = self.extended(node)
            if self.random.random() < 0.3:
                self.insert(node, attribute, deepcopy(member))
        self.insert(node, attribute, member)

    def unique_argument_definition_names(self):
        holders = self.nodes(*COMPOSITES, DirectiveDefinitionNode)
        holders = [field for each in holders for field in getattr(each, "fields", None) or [each]]
        holder = self.some(holders, lambda each: getattr(each, "arguments", None))
        self.insert(holder, "arguments", deepcopy(self.random.choice(holder.arguments)))

    def unique_directive_names(self):
        names = [each.name.value for each in self.definitions(DirectiveDefinitionNode)]
        name = self.random.choice(names + ["twice"])
        self.define(f"directive @{name} on FIELD directive @{name}(a: Int) on FIELD | ENUM")

    def known_type_names(self):
        node = self.some(self.nodes(NamedTypeNode))
        node.name.value = self.random.choice(["Missing", node.name.value + "x", node.name.value.lower(), "__Missing"])

    def directives(self):
        """Directives wherever they may stand: unknown, misplaced, repeated, without what they require."""
        if not any(each.name.value == "once" for each in self.definitions(DirectiveDefinitionNode)):
            self.define(DIRECTIVES)
        applied = directives_of(self.random.choice(APPLIED))
        node = self.some(self.nodes(*EXTENSIONS, *EXTENSIONS.values()))
        if type(node) in EXTENSIONS and self.random.random() < 0.3:
            node = self.extended(node)
        elif self.random.random() < 0.7:
            members = [each for name in ("fields", "values") for each in getattr(node, name, None) or ()]
            node = self.random.choice(members or [node])
            if getattr(node, "arguments", None) and self.random.random() < 0.5:
                node = self.random.choice(node.arguments)
        for each in applied:
            self.insert(node, "directives", each)

    def possible_type_extensions(self):
        names = [each.name.value for each in self.definitions(TypeDefinitionNode)]
        name = self.random.choice(names + ["Missing", "String"])
        form = self.random.choice(
            [
                'extend scalar {} @many(by: "A")',
                "extend type {} {{ extra: Int }}",
                "extend interface {} {{ extra: Int }}",
                "extend union {} = Query",
                "extend enum {} {{ EXTRA }}",
                "extend input {} {{ extra: Int }}",
            ]
        )
        self.define(form.format(name) + " " + (DIRECTIVES if "@many" in form else ""))

    def unique_input_field_names(self):
        node = self.some(self.nodes(ObjectValueNode), lambda each: each.fields)
        self.insert(node, "fields", deepcopy(self.random.choice(node.fields)))

    # Rules about the schema as a whole

    def root_types(self):
        self.remove(SchemaDefinitionNode)
        kinds = self.random.sample(["query", "mutation", "subscription"], self.random.randint(1, 3))
        names = self.random.sample([each.name.value for each in self.definitions(TypeDefinitionNode)], len(kinds))
        self.define("schema {" + " ".join(f"{kind}: {name}" for kind, name in zip(kinds, names)) + "}")

    def different_root_types(self):
        self.remove(SchemaDefinitionNode)
        name = self.type_name(ObjectTypeDefinitionNode)
        self.define(f"schema {{ query: {name} subscription: {name} }}")
        return "All root types must be different"

    def reserved_name(self):
        definitions = self.definitions(TypeDefinitionNode)
        members = [each for node in definitions for name in ("fields", "values") for each in getattr(node, name, ())]
        arguments = [each for node in members for each in getattr(node, "arguments", None) or ()]
        named = definitions + self.definitions(DirectiveDefinitionNode)
        node = self.some(self.random.choice([named, members, arguments]))
        old, new = node.name.value, f"__{node.name.value}"
        if isinstance(node, TypeDefinitionNode):
            for each in self.nodes(NamedTypeNode):
                if each.name.value == old:
                    each.name.value = new
        node.name.value = new

    def empty_type(self):
        attribute = self.random.choice(["fields", "values", "types"])
        node = self.some(self.definitions(*MEMBERS[attribute]))
        setattr(node, attribute, ())

    def missing_interface_field(self):
        node, _ = self.implementing()
        field = self.some(node.fields)
        node.fields = tuple(each for each in node.fields if each is not field)

    def interface_field_type(self):
        field, _ = self.implemented_field()
        self.change_type(field, TypeDefinitionNode)

    def interface_argument(self):
        field, expected = self.implemented_field(lambda field, expected: field.arguments or expected.arguments)
        arguments = list(field.arguments)
        form = self.random.randrange(3)
        if form == 0 and arguments:
            arguments.pop(self.random.randrange(len(arguments)))
        elif form == 1 and arguments:
            self.change_type(self.random.choice(arguments), ScalarTypeDefinitionNode, EnumTypeDefinitionNode)
        else:
            arguments.append(input_value("more", self.random.choice(["Int!", "Int", "[Int!]!"])))
        field.arguments = tuple(arguments)

    def change_type(self, node, *kinds):
        text = print_ast(node.type)
        choices = [f"[{text}]", f"{text}!" if not text.endswith("!") else text[:-1], self.type_name(*kinds)]
        if isinstance(node.type, (ListTypeNode, NonNullTypeNode)):
            choices.append(print_ast(node.type.type))
        node.type = parse_type(self.random.choice(choices))

    def interface_ancestor(self):
        node, _ = self.implementing()
        name = self.random.choice(node.interfaces)
        node.interfaces = tuple(each for each in node.interfaces if each is not name)

    def implements(self):
        """Anything in a list of interfaces: no interface, the type itself, one twice, a circle."""
        node = self.some(self.definitions(*COMPOSITES))
        names = [self.type_name(InterfaceTypeDefinitionNode), self.type_name(TypeDefinitionNode), node.name.value]
        name = self.random.choice(names)
        if self.random.random() < 0.3:
            node = self.extended(node)
        self.insert(node, "interfaces", parse_type(name))

    def deprecated_implementation(self):
        field, _ = self.implemented_field(lambda field, expected: not field.directives and not expected.directives)
        self.insert(field, "directives", DEPRECATED)
        return "must not be deprecated."

    def union_member(self):
        node = self.some(self.definitions(UnionTypeDefinitionNode))
        name = self.random.choice([self.type_name(TypeDefinitionNode), self.some(node.types).name.value])
        self.insert(node, "types", parse_type(name))

    def input_circle(self):
        """Input objects that hold each other without end."""
        for node, name in self.circle():
            self.insert(node, "fields", input_value(f"to{name}", f"{name}!"))

    def one_of_field(self):
        node = self.some(self.definitions(INPUTS))
        if not any(each.name.value == "oneOf" for each in node.directives):
            self.insert(node, "directives", directives_of("@oneOf")[0])

    def required_deprecated(self):
        node = self.some(self.input_values(), lambda each: not each.directives)
        self.insert(node, "directives", DEPRECATED)
        if self.random.random() < 0.8:
            node.default_value = None
            if not isinstance(node.type, NonNullTypeNode):
                node.type = NonNullTypeNode(type=node.type)

    def default_value(self):
        node = self.some(self.input_values())
        strict = BUILT_IN_SCALARS + [each.name.value for each in self.definitions(EnumTypeDefinitionNode, INPUTS)]
        if print_ast(node.type).strip("[]!") not in strict:
            raise NoPlace
        node.default_value = parse_value("{unknown: [[[[[{unknown: 1}]]]]]}")
        return "has invalid default value"

    def default_circle(self):
        """Default values that take each other in."""
        circle = self.circle()
        if any(each.name.value == "oneOf" for node, _ in circle for each in node.directives):
            raise NoPlace
        for node, name in circle:
            self.insert(node, "fields", input_value(f"to{name}", name, "{}"))
        return "Invalid circular reference. The default value of Input Object field "

    def directive_circle(self):
        name = self.random.choice(["first", "second"])
        self.define(
            f"directive @first(by: Int @{name}) on ARGUMENT_DEFINITION "
            f"directive @second(by: Int @first) on ARGUMENT_DEFINITION"
        )
        return f"Directive @{name} cannot reference itself"

    def applied_argument(self):
        self.define('directive @counted(by: Int) on SCALAR scalar Counted @counted(by: "one")')
        return 'Argument "@counted(by:)" has invalid value "one".'

    def output_type_as_input(self):
        node = self.some(self.input_values())
        node.default_value = None
        node.type = parse_type(self.type_name(*COMPOSITES, UnionTypeDefinitionNode))
        return "must be Input Type but got"

    def input_type_as_output(self):
        node = self.some([each for node in self.definitions(*COMPOSITES) for each in node.fields])
        node.type = parse_type(self.type_name(INPUTS))
        return "must be Output Type but got"


SDL_FAULTS = [
    "lone_schema_definition",
    "unique_operation_types",
    "unique_type_names",
    "unique_members",
    "unique_members",
    "unique_argument_definition_names",
    "unique_directive_names",
    "known_type_names",
    "directives",
    "directives",
    "directives",
    "possible_type_extensions",
    "unique_input_field_names",
]
TYPE_FAULTS = [
    "root_types",
    "different_root_types",
    "reserved_name",
    "empty_type",
    "missing_interface_field",
    "interface_field_type",
    "interface_argument",
    "interface_ancestor",
    "implements",
    "deprecated_implementation",
    "union_member",
    "input_circle",
    "one_of_field",
    "required_deprecated",
    "default_value",
    "default_circle",
    "directive_circle",
    "applied_argument",
    "output_type_as_input",
    "input_type_as_output",
]
