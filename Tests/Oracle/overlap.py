"""Whether fields can be merged, by the letter of the specification (5.3.2), however long it takes.

graphql-core, as graphql-js, misses conflicts now and then (graphql-js issue 4168): it remembers pairs of fragments as
compared without regard to where. This says who is right.
"""

from graphql import (
    SchemaMetaFieldDef,
    TypeMetaFieldDef,
    TypeNameMetaFieldDef,
    get_named_type,
    is_interface_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
    print_ast,
)
from graphql.language import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, OperationDefinitionNode
from graphql.utilities import type_from_ast
from graphql.utilities.sort_value_node import sort_value_node

META_FIELDS = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef, "__typename": TypeNameMetaFieldDef}


class TooLong(Exception):
    pass


class Merging:
    def __init__(self, schema, document, steps=60_000):
        self.schema = schema
        self.document = document
        self.steps = steps
        self.fragments = {}
        for definition in document.definitions:
            if isinstance(definition, FragmentDefinitionNode):
                self.fragments.setdefault(definition.name.value, definition)
        self.merged = {}
        self.shaped = {}

    def has_conflict(self):
        """True or False; None when it would take too long to say."""
        try:
            for definition in self.document.definitions:
                if isinstance(definition, OperationDefinitionNode):
                    parent = self.schema.get_root_type(definition.operation)
                elif isinstance(definition, FragmentDefinitionNode):
                    parent = type_from_ast(self.schema, definition.type_condition)
                else:
                    continue
                if not self.all_can_merge(parent, definition.selection_set):
                    return True
            return False
        except (TooLong, RecursionError):
            return None

    def all_can_merge(self, parent, selection_set):
        """FieldsInSetCanMerge for a selection set and every one within it."""
        if not self.can_merge([(parent, selection_set)]):
            return False
        for selection in selection_set.selections:
            if isinstance(selection, FragmentSpreadNode) or not selection.selection_set:
                continue
            inner = parent
            if isinstance(selection, FieldNode):
                definition = self.definition(parent, selection)
                inner = get_named_type(definition.type) if definition else None
            elif selection.type_condition:
                inner = type_from_ast(self.schema, selection.type_condition)
            if not self.all_can_merge(inner, selection.selection_set):
                return False
        return True

    def definition(self, parent, field):
        if field.name.value in META_FIELDS:
            return META_FIELDS[field.name.value]
        if is_object_type(parent) or is_interface_type(parent):
            return parent.fields.get(field.name.value)
        return None

    def fields(self, sets):
        """The fields of a set by response name, including those of fragments."""
        found = {}
        visited = set()

        def collect(parent, selection_set):
            for selection in selection_set.selections:
                self.steps -= 1
                if isinstance(selection, FieldNode):
                    name = (selection.alias or selection.name).value
                    entries = found.setdefault(name, [])
                    entry = (parent, selection, self.definition(parent, selection))
                    if not any(entry[1] is other[1] and entry[0] is other[0] for other in entries):
                        entries.append(entry)
                elif isinstance(selection, FragmentSpreadNode):
                    name = selection.name.value
                    if name in visited or name not in self.fragments:
                        continue
                    visited.add(name)
                    fragment = self.fragments[name]
                    collect(type_from_ast(self.schema, fragment.type_condition), fragment.selection_set)
                else:
                    condition = selection.type_condition
                    inner = type_from_ast(self.schema, condition) if condition else parent
                    collect(inner, selection.selection_set)

        for parent, selection_set in sets:
            collect(parent, selection_set)
        if self.steps < 0:
            raise TooLong
        return found

    def subsets(self, *entries):
        sets = []
        for _, field, definition in entries:
            if field.selection_set:
                sets.append((get_named_type(definition.type) if definition else None, field.selection_set))
        return sets

    @staticmethod
    def key(sets):
        return frozenset((id(parent), id(selection_set)) for parent, selection_set in sets)

    def can_merge(self, sets):
        """FieldsInSetCanMerge(). Sets met again while they are looked at, in cycles of fragments, count as fine."""
        key = self.key(sets)
        if key in self.merged:
            return self.merged[key]
        self.merged[key] = True
        answer = all(
            self.pair_can_merge(first, second)
            for entries in self.fields(sets).values()
            for position, first in enumerate(entries)
            for second in entries[position:]
        )
        self.merged[key] = answer
        return answer

    def pair_can_merge(self, first, second):
        self.steps -= 1
        if self.steps < 0:
            raise TooLong
        if not self.same_shape(first, second):
            return False
        if first[0] is second[0] or not is_object_type(first[0]) or not is_object_type(second[0]):
            if first[1].name.value != second[1].name.value or arguments(first[1]) != arguments(second[1]):
                return False
            return self.can_merge(self.subsets(first, second))
        return True

    def same_shape(self, first, second):
        """SameResponseShape()."""
        if first[2] and second[2] and not same_wrappers(first[2].type, second[2].type):
            return False
        sets = self.subsets(first, second)
        key = self.key(sets)
        if key in self.shaped:
            return self.shaped[key]
        self.shaped[key] = True
        answer = all(
            self.same_shape(one, other)
            for entries in self.fields(sets).values()
            for position, one in enumerate(entries)
            for other in entries[position + 1 :]
        )
        self.shaped[key] = answer
        return answer


def same_wrappers(first, second):
    while is_non_null_type(first) or is_non_null_type(second) or is_list_type(first) or is_list_type(second):
        if is_non_null_type(first) != is_non_null_type(second):
            return False
        if not is_non_null_type(first) and is_list_type(first) != is_list_type(second):
            return False
        first, second = first.of_type, second.of_type
    return first is second or not (is_leaf_type(first) or is_leaf_type(second))


def arguments(field):
    return sorted((each.name.value, print_ast(sort_value_node(each.value))) for each in field.arguments)
