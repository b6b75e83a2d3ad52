"use strict";

const introspection = `query Introspection {
  __schema {
    description
    queryType { name }
    mutationType { name }
    subscriptionType { name }
    types {
      kind name description specifiedByURL
      fields(includeDeprecated: true) {
        name description isDeprecated deprecationReason
        args(includeDeprecated: true) { ...Input }
        type { ...Type }
      }
      inputFields(includeDeprecated: true) { ...Input }
      interfaces { ...Type }
      possibleTypes { ...Type }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
    }
    directives { name description locations isRepeatable args(includeDeprecated: true) { ...Input } }
  }
}
fragment Input on __InputValue { name description defaultValue isDeprecated deprecationReason type { ...Type } }
fragment Type on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } }`;

const typeText = type => type.kind === "NON_NULL" ? `${typeText(type.ofType)}!`
    : type.kind === "LIST" ? `[${typeText(type.ofType)}]` : type.name;
const nullable = type => type.kind === "NON_NULL" ? type.ofType : type;
const namedType = type => type.ofType ? namedType(type.ofType) : type;
const isRequired = input => input.type.kind === "NON_NULL" && input.defaultValue == null;
const named = (items, name) => items?.find(item => item.name === name);

/** What introspection told, to be asked by name. */
class Schema {
    #types;

    constructor(introspected) {
        Object.assign(this, introspected);
        this.#types = new Map(introspected.types.map(type => [type.name, type]));
    }

    /** The type that a name or a reference, wrapped as it may be, leads to. */
    type(reference) {
        return this.#types.get(reference?.kind ? namedType(reference).name : reference);
    }

    root(operation) { return this.type(this[`${operation}Type`]?.name ?? ""); }

    field(type, name) {
        if (name === "__typename" && this.isComposite(type)) {
            return this.#meta(name, "String", "The name of the object's type.");
        }
        if (type && type === this.root("query")) {
            if (name === "__schema") return this.#meta(name, "__Schema", "The schema of this server.");
            if (name === "__type") {
                const field = this.#meta(name, "__Type", "A type of this server.");
                const argument = { name: "name", type: { kind: "NON_NULL", ofType: { kind: "SCALAR", name: "String" } } };
                return { ...field, type: field.type.ofType, args: [argument] };
            }
        }
        return named(type?.fields, name);
    }

    directive(name) { return named(this.directives, name.replace("@", "")); }

    isComposite(type) { return ["OBJECT", "INTERFACE", "UNION"].includes(type?.kind); }

    isInput(type) { return ["SCALAR", "ENUM", "INPUT_OBJECT"].includes(type?.kind); }

    /** Whether an object can be of both types, so that a fragment on one may stand in the other. */
    overlap(one, other) {
        const objects = type => type.kind === "OBJECT" ? [type.name] : type.possibleTypes.map(({ name }) => name);
        return one === other || objects(one).some(name => objects(other).includes(name));
    }

    #meta(name, typeName, description) {
        return { name, description, args: [], type: { kind: "NON_NULL", ofType: { kind: "OBJECT", name: typeName } } };
    }
}

/** The one of `names` that was probably meant, as the end of a sentence; empty if none is close. */
function suggestion(name, names) {
    const distance = (one, other) => {
        let row = Array.from({ length: other.length + 1 }, (_, index) => index);
        for (let line = 1; line <= one.length; line += 1) {
            let corner = row[0];
            row[0] = line;
            for (let column = 1; column <= other.length; column += 1) {
                const changed = corner + (one[line - 1].toLowerCase() === other[column - 1].toLowerCase() ? 0 : 1);
                corner = row[column];
                row[column] = Math.min(changed, row[column] + 1, row[column - 1] + 1);
            }
        }
        return row[other.length];
    };
    const [best] = names.map(other => [other, distance(name, other)]).sort((one, other) => one[1] - other[1]);
    return best && best[1] <= Math.floor(name.length * 0.4) + 1 ? ` Did you mean "${best[0]}"?` : "";
}
