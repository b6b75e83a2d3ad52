"use strict";

/**
 * What is wrong with a document, as far as a page can tell while it is typed; the server has the last word.
 *
 * Left to the server: whether fields of one name can be merged, and limits.
 */
function problemsIn(parsed, schema) {
    const validator = new Validator(parsed, schema);
    validator.check();
    return validator.problems.sort((one, other) => one.start - other.start);
}

class Validator {
    problems = [];
    #definitions;
    #schema;
    #fragments = new Map();
    /** For the definition at hand: `{ variable, type, hasDefault }` for each use, and the names of fragments spread. */
    #uses = [];
    #spreads = [];

    constructor({ definitions }, schema) {
        this.#definitions = definitions;
        this.#schema = schema;
    }

    check() {
        const operations = this.#definitions.filter(({ kind }) => kind === "operation");
        const fragments = this.#definitions.filter(({ kind }) => kind === "fragment");
        this.#unique(operations.flatMap(({ name }) => name ?? []), name => `There can be only one operation named "${name}".`);
        this.#unique(fragments.map(({ name }) => name), name => `There can be only one fragment named "${name}".`);
        for (const operation of operations.filter(({ name }) => !name && operations.length > 1)) {
            const { start } = operation;
            this.#report("An operation without a name must be the only operation.", { start, end: start + 1 });
        }
        for (const fragment of fragments) this.#fragments.set(fragment.name.text, fragment);
        for (const definition of this.#definitions) this.#definition(definition);
        const spread = new Set();
        for (const operation of operations) this.#usesOfVariables(operation, spread);
        for (const { name } of fragments) {
            if (!spread.has(name.text)) this.#report(`Fragment "${name.text}" is never used.`, name);
            const reached = this.#reachable(this.#fragments.get(name.text));
            if (reached.includes(name.text)) this.#report(`Fragment "${name.text}" contains itself.`, name);
        }
    }

    #report(message, place) { this.problems.push(new Problem(message, place)); }

    #unique(names, message) {
        names.forEach((name, index) => {
            if (names.findIndex(({ text }) => text === name.text) < index) this.#report(message(name.text), name);
        });
    }

    #definition(definition) {
        this.#uses = definition.uses = [];
        this.#spreads = definition.spreads = [];
        if (definition.kind === "fragment") {
            const type = this.#condition(definition.on);
            this.#directives(definition.directives, "FRAGMENT_DEFINITION");
            if (type) this.#selections(definition.selections, type);
            return;
        }
        this.#unique(definition.variables.map(({ name }) => name), name => `There can be only one variable named "${name}".`);
        for (const variable of definition.variables) this.#variable(variable);
        this.#directives(definition.directives, definition.operation.toUpperCase());
        const { operation, start, selections } = definition;
        const root = this.#schema.root(operation);
        if (root) this.#selections(selections, root);
        else this.#report(`The schema has no ${operation} type.`, { start, end: start + operation.length });
    }

    #variable({ name, type, defaultValue, directives }) {
        const innermost = namedType(type);
        const known = this.#schema.type(type);
        if (!known) this.#unknownType(innermost.name, innermost, type => this.#schema.isInput(type));
        else if (!this.#schema.isInput(known)) {
            this.#report(`Variable "${name.text}" cannot be of the output type "${typeText(type)}".`, innermost);
        } else if (defaultValue) this.#value(defaultValue, type);
        this.#directives(directives, "VARIABLE_DEFINITION");
    }

    /** The type of a fragment's condition, if a fragment can be on it. */
    #condition(name) {
        const type = this.#schema.type(name.text);
        if (!type) this.#unknownType(name.text, name, type => this.#schema.isComposite(type));
        else if (!this.#schema.isComposite(type)) {
            this.#report(`A fragment cannot be on "${name.text}", which has no fields.`, name);
        }
        return this.#schema.isComposite(type) ? type : null;
    }

    #unknownType(name, place, isCandidate) {
        const names = this.#schema.types.filter(isCandidate).map(({ name }) => name);
        this.#report(`Unknown type "${name}".${suggestion(name, names)}`, place);
    }

    #selections(selections, type) {
        const locations = { field: "FIELD", spread: "FRAGMENT_SPREAD", inline: "INLINE_FRAGMENT" };
        for (const selection of selections) {
            this.#directives(selection.directives, locations[selection.kind]);
            if (selection.kind === "field") this.#field(selection, type);
            if (selection.kind === "spread") this.#spread(selection, type);
            if (selection.kind === "inline") {
                const inner = selection.on ? this.#condition(selection.on) : type;
                if (inner && !this.#schema.overlap(inner, type)) {
                    this.#report(`A "${type.name}" can never be a "${inner.name}".`, selection.on);
                }
                if (inner) this.#selections(selection.selections, inner);
            }
        }
    }

    #field(selection, parent) {
        const { name, selections } = selection;
        const field = this.#schema.field(parent, name.text);
        if (!field) {
            const hint = suggestion(name.text, (parent.fields ?? []).map(({ name }) => name));
            return this.#report(`Cannot query field "${name.text}" on type "${parent.name}".${hint}`, name);
        }
        this.#arguments(selection.arguments, field.args, name, `field "${parent.name}.${name.text}"`);
        const type = this.#schema.type(field.type);
        const text = typeText(field.type);
        if (this.#schema.isComposite(type) && selections) {
            this.#selections(selections, type);
        } else if (this.#schema.isComposite(type)) {
            const how = `must have a selection of subfields: "${name.text} { … }"`;
            this.#report(`Field "${name.text}" of type "${text}" ${how}.`, name);
        } else if (selections) {
            this.#report(`Field "${name.text}" must not have a selection since type "${text}" has no subfields.`, name);
        }
    }

    #spread({ name }, parent) {
        this.#spreads.push(name.text);
        const fragment = this.#fragments.get(name.text);
        const hint = suggestion(name.text, [...this.#fragments.keys()]);
        if (!fragment) return this.#report(`Unknown fragment "${name.text}".${hint}`, name);
        const type = this.#schema.type(fragment.on.text);
        if (this.#schema.isComposite(type) && !this.#schema.overlap(type, parent)) {
            this.#report(`A "${parent.name}" can never be a "${type.name}", which "${name.text}" is on.`, name);
        }
    }

    #directives(directives, location) {
        for (const directive of directives) {
            const { name } = directive;
            const known = this.#schema.directive(name.text);
            if (!known) this.#report(`Unknown directive "${name.text}".`, name);
            else if (!known.locations.includes(location)) this.#report(`Directive "${name.text}" may not be used here.`, name);
            else this.#arguments(directive.arguments, known.args, name, `directive "${name.text}"`);
            if (known && !known.isRepeatable && directives.find(other => other.name.text === name.text) !== directive) {
                this.#report(`The directive "${name.text}" can be used only once here.`, name);
            }
        }
    }

    #arguments(given, known, place, owner) {
        this.#unique(given.map(({ name }) => name), name => `There can be only one argument named "${name}".`);
        for (const { name, value } of given) {
            const argument = named(known, name.text);
            const hint = suggestion(name.text, known.map(({ name }) => name));
            if (argument) this.#value(value, argument.type, argument.defaultValue != null);
            else this.#report(`Unknown argument "${name.text}" on ${owner}.${hint}`, name);
        }
        for (const argument of known.filter(isRequired)) {
            if (given.some(({ name }) => name.text === argument.name)) continue;
            const text = `"${argument.name}" of type "${typeText(argument.type)}"`;
            this.#report(`Argument ${text} is required, but it was not provided.`, place);
        }
    }

    #value(value, type, hasDefault = false) {
        checkValue(value, type, this.#schema, this.problems, {
            hasDefault,
            onVariable: (variable, type, hasDefault) => this.#uses.push({ variable, type, hasDefault }),
        });
    }

    /** The names of the fragments that a definition spreads, directly or by others. */
    #reachable(definition) {
        const found = [...new Set(definition.spreads)];
        for (const name of found) {
            for (const further of this.#fragments.get(name)?.spreads ?? []) if (!found.includes(further)) found.push(further);
        }
        return found;
    }

    /** Compares the variables that an operation has with those that it, and the fragments it reaches, use. */
    #usesOfVariables(operation, spread) {
        const reached = this.#reachable(operation);
        for (const name of reached) spread.add(name);
        const uses = [operation, ...reached.flatMap(name => this.#fragments.get(name) ?? [])].flatMap(({ uses }) => uses);
        for (const { variable, type, hasDefault } of uses) {
            const definition = operation.variables.find(({ name }) => name.text === variable.text);
            if (!definition) this.#report(`Variable "${variable.text}" is not defined.`, variable);
            else if (!this.#fits(definition, type, hasDefault)) {
                const place = `used in position expecting type "${typeText(type)}"`;
                this.#report(`Variable "${variable.text}" of type "${typeText(definition.type)}" ${place}.`, variable);
            }
        }
        for (const { name } of operation.variables) {
            const isUsed = uses.some(({ variable }) => variable.text === name.text);
            if (!isUsed) this.#report(`Variable "${name.text}" is never used.`, name);
        }
    }

    /** Spec: 5.8.5 All Variable Usages Are Allowed, IsVariableUsageAllowed() and AreTypesCompatible() */
    #fits({ type, defaultValue }, wanted, hasDefault) {
        const fits = (type, wanted) => {
            if (wanted.kind === "NON_NULL") return type.kind === "NON_NULL" && fits(type.ofType, wanted.ofType);
            const plain = nullable(type);
            if (wanted.kind === "LIST" || plain.kind === "LIST") {
                return wanted.kind === plain.kind && fits(plain.ofType, wanted.ofType);
            }
            return plain.name === wanted.name;
        };
        if (wanted.kind !== "NON_NULL" || type.kind === "NON_NULL") return fits(type, wanted);
        const isNeverNull = hasDefault || defaultValue && defaultValue.kind !== "null";
        return isNeverNull && fits(type, wanted.ofType);
    }
}

/** The kinds of values that the built-in scalars take. */
const builtInKinds = {
    Int: ["int"], Float: ["int", "float"], String: ["string"], Boolean: ["boolean"], ID: ["string", "int"],
};

/**
 * Checks a value of a document, or of the variables (`isJSON`), against a type and adds what is wrong to `problems`.
 *
 * Files stand for themselves in neither: an `Upload` of the variables is what was chosen for it.
 */
function checkValue(value, type, schema, problems, options) {
    const { isJSON = false, hasDefault = false, onVariable } = options;
    const report = message => problems.push(new Problem(message, value));
    const check = (value, type, hasDefault = false) => checkValue(value, type, schema, problems, { ...options, hasDefault });
    const found = () => value.kind === "object" ? "an object" : value.kind === "list" ? "a list" : value.text;
    if (value.kind === "variable") return onVariable?.(value, type, hasDefault);
    const known = schema.type(type);
    if (!known) return;
    if (isJSON && known.name === "Upload" && value.kind === "null") return;
    if (type.kind === "NON_NULL") {
        if (value.kind !== "null") return check(value, type.ofType);
        return report(`Expected a value of type "${typeText(type)}", found null.`);
    }
    if (value.kind === "null") return;
    if (type.kind === "LIST") {
        for (const item of value.kind === "list" ? value.items : [value]) check(item, type.ofType);
        return;
    }
    const names = values => values.map(({ name }) => name);
    if (known.kind === "INPUT_OBJECT") {
        if (value.kind !== "object") return report(`Expected an object of type "${known.name}", found ${found()}.`);
        for (const { name, value: inner } of value.fields) {
            const field = named(known.inputFields, name.text);
            const message = `Field "${name.text}" is not defined by type "${known.name}".`;
            if (field) check(inner, field.type, field.defaultValue != null);
            else problems.push(new Problem(message + suggestion(name.text, names(known.inputFields)), name));
        }
        for (const field of known.inputFields.filter(isRequired)) {
            const isChosen = isJSON && schema.type(field.type).name === "Upload";
            if (isChosen || value.fields.some(({ name }) => name.text === field.name)) continue;
            report(`Field "${known.name}.${field.name}" of type "${typeText(field.type)}" is required.`);
        }
        return;
    }
    if (known.kind === "ENUM") {
        const name = value.kind === (isJSON ? "string" : "enum") && (isJSON ? value.value : value.text);
        if (!name) return report(`Expected a value of the enum "${known.name}", found ${found()}.`);
        const hint = suggestion(name, names(known.enumValues));
        if (!named(known.enumValues, name)) report(`"${name}" is not a value of the enum "${known.name}".${hint}`);
        return;
    }
    if (known.name === "Upload") return report("A file is sent as a variable, and chosen below the variables.");
    const kinds = builtInKinds[known.name];
    if (kinds && !kinds.includes(value.kind)) return report(`Expected a value of type "${known.name}", found ${found()}.`);
    // From -2^31 to 2^31 - 1.
    const isInRange = known.name !== "Int" || Math.abs(Number(value.text) + 0.5) <= 2 ** 31;
    if (!isInRange) report(`An Int has 32 bits: ${value.text} is out of range.`);
}
