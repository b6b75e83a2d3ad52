"""What graphql-core answers to a case, in the form of the conformance cases, with exact places."""

import functools
import json
import math
import re

from graphql import (
    GraphQLError,
    GraphQLSyntaxError,
    Undefined,
    build_ast_schema,
    execute,
    parse,
    print_ast,
    validate,
    validate_schema,
)
from graphql.language import BooleanValueNode, FragmentDefinitionNode, ParallelVisitor, Visitor, visit
from graphql.utilities import get_introspection_query, print_schema
from graphql.validation.validate import validate_sdl

LINE_END = re.compile("\r\n|[\n\r]")


class Unusable(Exception):
    """graphql-core has no answer that could be compared."""


def place(text, position):
    """Line and column of a position.

    Not graphql-core's own: it puts the first column of a line at the end of the line before, and takes form feeds and
    Unicode's line separators for line ends, which in GraphQL they aren't.
    """
    before = LINE_END.split(text[:position])
    if text[position - 1 : position + 1] == "\r\n":
        # Within a line end: still the line before, whose text ends with the carriage return here.
        return {"line": len(before) - 1, "column": len(before[-2]) + 2}
    return {"line": len(before), "column": len(before[-1]) + 1}


def error(text, each):
    answer = {"message": each.message}
    positions = each.positions
    if positions:
        answer["locations"] = [place(text, position) for position in positions]
    if each.path:
        answer["path"] = each.path
    return answer


def errors(text, found):
    return {"errors": [error(text, each) for each in found]}


# A case's text is needed several times: for its data, its answer and its conflicts.
read = functools.lru_cache(maxsize=4)(parse)


def parsed(text):
    """The document, or the answer that says why it is none."""
    try:
        return read(text), None
    except GraphQLSyntaxError as mistake:
        # Descriptions of operations, fragments and variables are of September 2025, which graphql-core 3.2 doesn't know.
        if "Unexpected description" in mistake.message or re.search(r"Expected '\$', found (Block)?String", mistake.message):
            raise Unusable from None
        return None, errors(text, [mistake])
    except RecursionError:
        raise Unusable from None


# Resolving by the conventions of the cases


def echo(arguments):
    """The coerced arguments as JSON text."""

    def plain(value):
        if value is Undefined:
            raise Unusable  # A variable without a value within a custom scalar's literal.
        if isinstance(value, float):
            if value.is_integer():
                return int(value)
            if "e" in repr(value):
                raise Unusable
            return value
        if isinstance(value, dict):
            return {name: plain(member) for name, member in value.items()}
        return [plain(item) for item in value] if isinstance(value, list) else value

    return json.dumps(plain(arguments), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def resolve_field(parent, info, **arguments):
    value = parent.get(info.field_name) if isinstance(parent, dict) else None
    if isinstance(value, dict) and value.get("$echo") is True:
        if info.parent_type.fields[info.field_name].args:
            try:
                return echo(arguments)
            except Unusable as reason:
                raise UnusableField from reason
    return value


class UnusableField(Exception):
    pass


def resolve_type(value, _info, _type):
    if not isinstance(value, dict) or not isinstance(value.get("__typename"), str):
        raise GraphQLError("The object has no type name.")
    return value["__typename"]


# Kinds of cases


def answer_parse(case, _schema):
    _, failure = parsed(case["document"])
    return failure or {"ok": True}


def answer_print(case, _schema):
    document, failure = parsed(case["document"])
    if failure:
        raise Unusable
    return {"text": print_ast(document)}


def answer_validate(case, schema):
    document, failure = parsed(case["document"])
    return failure or errors(case["document"], checked(schema, document))


class UnknownDirectives(Visitor):
    """Finds directives that are not defined, but have arguments.

    graphql-core takes an argument of theirs for one of the field's, if there is one of the same name.
    """

    def __init__(self, schema):
        super().__init__()
        self.known = {directive.name for directive in schema.directives}

    def enter_directive(self, node, *_):
        if node.arguments and node.name.value not in self.known:
            raise Unusable


class NewerIntrospection(Visitor):
    """Finds what September 2025 and graphql-core 3.2 disagree on: whether `includeDeprecated` may be null."""

    def enter_argument(self, node, *_):
        if node.name.value == "includeDeprecated" and not isinstance(node.value, BooleanValueNode):
            raise Unusable


class InfiniteFloats(Visitor):
    """Finds float literals beyond the range of a double, such as `1e400`.

    graphql-core takes them for infinite (GraphQLFloat.parse_literal doesn't ask whether a number is finite, as
    parse_value does). The specification refuses what can't be represented by a finite number (3.5.2 Input Coercion, made
    clear by graphql-spec pull request 780).
    """

    def enter_float_value(self, node, *_):
        if math.isinf(float(node.value)):
            raise Unusable


def checked(schema, document):
    visit(document, ParallelVisitor([UnknownDirectives(schema), NewerIntrospection()]))
    try:
        found = validate(schema, document)
    except (KeyError, RecursionError):
        raise Unusable from None  # graphql-core stumbles over an undefined variable in a OneOf input object.
    if any("for OneOf Input Object" in each.message and is_in_fragment(document, each) for each in found):
        # graphql-core looks up such a variable in the operation before the fragment, whichever operations spread it.
        raise Unusable
    return found


def is_in_fragment(document, mistake):
    fragments = [each.loc for each in document.definitions if isinstance(each, FragmentDefinitionNode)]
    return any(loc.start <= mistake.positions[0] < loc.end for loc in fragments)


def answer_execute(case, schema):
    text = case["document"]
    document, failure = parsed(text)
    if failure:
        return failure
    mistakes = checked(schema, document)
    if mistakes:
        return errors(text, mistakes)
    visit(document, InfiniteFloats())
    result = execute(
        schema,
        document,
        case["rootValue"] or {},
        variable_values=case["variables"],
        operation_name=case["operationName"],
        field_resolver=resolve_field,
        type_resolver=resolve_type,
    )
    answer = {"data": result.data}
    if result.errors:
        if any(isinstance(each.original_error, UnusableField) for each in result.errors):
            raise Unusable
        answer.update(errors(text, result.errors))
    return answer


class ExtendedInputs(Visitor):
    """Finds directives on the fields that an extension adds to an input object.

    graphql-core takes such a field for an argument (get_directive_location_for_ast_path), as graphql-js does.
    """

    def enter_input_object_type_extension(self, node, *_):
        if any(field.directives for field in node.fields):
            raise Unusable


def answer_validate_sdl(case, schema):
    document, failure = parsed(case["document"])
    if failure:
        raise Unusable
    visit(document, ExtendedInputs())
    return errors(case["document"], validate_sdl(document, schema if case["schema"] else None))


def answer_validate_schema(case, _schema):
    """What is wrong with the schema as a whole, for definitions that by themselves are right."""
    document, failure = parsed(case["schema"])
    if failure or validate_sdl(document):
        raise Unusable
    if "default_circle" in case["faults"]:
        # graphql-core goes round until Python's stack is full, which takes minutes where there are several ways round.
        if case["mustReport"] is None:
            raise Unusable
        return {"errors": None}
    try:
        return errors(case["schema"], validate_schema(build_ast_schema(document, assume_valid_sdl=True)))
    except (GraphQLError, TypeError, IndexError, RecursionError):
        # graphql-core can't even build it: it raises where a type may not stand, or an argument of @deprecated is no
        # text. (An IndexError is from telling so.)
        if case["mustReport"] is None:
            raise Unusable from None
        return {"errors": None}


def answer_introspect(case, schema):
    return {"data": execute(schema, parse(case["document"])).data}


def answer_print_schema(_case, schema):
    return {"text": print_schema(schema)}


INTROSPECTION = get_introspection_query(
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
    input_object_one_of=True,
)

ANSWERS = {
    "parse": answer_parse,
    "print": answer_print,
    "validate": answer_validate,
    "validate_sdl": answer_validate_sdl,
    "validate_schema": answer_validate_schema,
    "execute": answer_execute,
    "introspect": answer_introspect,
    "print_schema": answer_print_schema,
}
