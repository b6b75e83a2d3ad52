"""Random data for an operation: what its fields resolve to, with bad spots."""

from graphql import (
    is_abstract_type,
    is_enum_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
    is_scalar_type,
)
from graphql.language import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, OperationDefinitionNode
from graphql.utilities import type_from_ast

from values import INTEGERS, STRINGS

WRONG = [True, 5, 0.5, "wrong", [], [None], {}, {"wrong": 1}, [[1], "x"]]


class RootMaker:
    """The root value for one operation of a document, which need not be valid."""

    def __init__(self, random, schema, document, operation_name):
        self.random = random
        self.schema = schema
        self.fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        named = [each for each in operations if each.name and each.name.value == operation_name]
        self.operation = (named or operations or [None])[0]
        self.fault = random.choice([0, 0, 0.01, 0.04, 0.15])
        self.objects_left = 300
        # The types that an echo of the arguments can be completed as.
        self.texts = [
            each
            for each in schema.type_map.values()
            if is_scalar_type(each) and each.name not in ("Int", "Float", "Boolean")
        ]

    def value(self):
        if self.operation is None:
            return None
        root = self.schema.get_root_type(self.operation.operation)
        if root is None:
            return None
        return self.members(root, [self.operation.selection_set], 0)

    def chance(self, probability):
        return self.random.random() < probability

    def members(self, parent, selection_sets, depth):
        """An object with a member for each field selected, whatever its alias and whether it is skipped."""
        fields = {}
        for selection_set in selection_sets:
            self.collect(parent, selection_set, fields, set())
        self.objects_left -= 1
        members = {}
        for name, sub_selections in fields.items():
            definition = parent.fields.get(name)
            if definition is None:
                continue
            if self.chance(self.fault / 3):
                continue
            is_text = getattr(definition.type, "of_type", definition.type) in self.texts
            if definition.args and self.chance(0.8 if is_text else self.fault / 2):
                members[name] = {"$echo": True}
            else:
                members[name] = self.complete(definition.type, sub_selections, depth)
        return members

    def collect(self, parent, selection_set, fields, visited):
        for selection in selection_set.selections:
            if isinstance(selection, FieldNode):
                sub_selections = fields.setdefault(selection.name.value, [])
                if selection.selection_set:
                    sub_selections.append(selection.selection_set)
                continue
            if isinstance(selection, FragmentSpreadNode):
                fragment = self.fragments.get(selection.name.value)
                if fragment is None or selection.name.value in visited:
                    continue
                visited.add(selection.name.value)
                condition, inner = fragment.type_condition, fragment.selection_set
            else:
                condition, inner = selection.type_condition, selection.selection_set
            target = type_from_ast(self.schema, condition) if condition else parent
            is_possible = target is parent or (is_abstract_type(target) and self.schema.is_sub_type(target, parent))
            if is_possible:
                self.collect(parent, inner, fields, visited)

    def complete(self, type_, sub_selections, depth):
        if self.chance(self.fault):
            return self.random.choice([None, None] + WRONG)
        if is_non_null_type(type_):
            type_ = type_.of_type
        elif self.chance(0.08):
            return None
        if is_list_type(type_):
            count = self.random.choice([0, 1, 2, 3]) if self.objects_left > 0 and depth < 7 else 0
            return [self.complete(type_.of_type, sub_selections, depth + 1) for _ in range(count)]
        if is_enum_type(type_):
            return self.random.choice(list(type_.values))
        if not is_object_type(type_) and not is_abstract_type(type_):
            return self.scalar(type_.name)
        concrete = type_
        if is_abstract_type(type_):
            possible = self.schema.get_possible_types(type_)
            if not possible:
                return None
            concrete = self.random.choice(possible)
        if self.objects_left <= 0 or depth > 8:
            return {"__typename": concrete.name}
        members = self.members(concrete, sub_selections, depth + 1)
        if is_abstract_type(type_) or self.chance(0.05):
            members["__typename"] = concrete.name
            if self.chance(self.fault):
                members["__typename"] = self.wrong_type_name()
            elif self.chance(self.fault):
                del members["__typename"]
        return members

    def wrong_type_name(self):
        names = [name for name in self.schema.type_map if not name.startswith("__")]
        return self.random.choice(names + ["Missing", 1, None, ["Object0"]])

    def scalar(self, name):
        """A value that the scalar's result coercion accepts; often the obvious one."""
        random = self.random
        is_odd = self.chance(0.1)
        if name == "Int":
            return random.choice([True, False, 3.0, "12", "-7"] if is_odd else INTEGERS)
        if name == "Float":
            return random.choice([True, "1.5", "-2"] if is_odd else INTEGERS + [0.5, -2.25, 3.0])
        if name == "String":
            return random.choice([True, 12, 0.5] if is_odd else STRINGS)
        if name == "Boolean":
            return random.choice([0, 1, 0.5, -1] if is_odd else [True, False])
        if name == "ID":
            return random.choice([1, 3.0, -5] if is_odd else STRINGS)
        return random.choice([1, "x", 1.5, True, [1, None, "é"], {"b": {"c": []}, "a": 1}])
