"use strict";

/**
 * Parses an executable document (GraphQL specification, September 2025, section 2).
 *
 * Definitions are `{ kind: "operation", operation, name, variables, … }` and `{ kind: "fragment", name, on, … }`;
 * selections are of kind `field`, `spread` or `inline`; types have the shape that introspection gives them. Nodes have
 * `start` and `end`, and what a document names is the token itself. Throws a `Problem`.
 */
function parseDocument(text) {
    const reader = new TokenReader(text, grammars.graphql);
    const definitions = [];
    while (reader.peek().kind !== "end") definitions.push(parseDefinition(reader));
    return { text, definitions };
}

/** Makes a node of what `parse` reads. */
function spanning(reader, kind, parse) {
    const { start } = reader.peek();
    const node = { kind, start, ...parse() };
    return { ...node, end: reader.peek(-1).end };
}

function many(reader, open, parse, close) {
    reader.expect(open);
    const items = [];
    do items.push(parse(reader)); while (!reader.skip(close));
    return items;
}

const optionally = (reader, open, parse, close) => reader.peek().text === open ? many(reader, open, parse, close) : [];

function parseDefinition(reader) {
    const description = parseDescription(reader);
    const first = reader.peek().text;
    if (first === "{") {
        return spanning(reader, "operation", () =>
            ({ operation: "query", name: null, variables: [], directives: [], selections: parseSelections(reader) }));
    }
    if (first === "fragment") {
        return spanning(reader, "fragment", () => {
            reader.next();
            if (reader.peek().text === "on") reader.fail("a name");
            const name = reader.name();
            reader.expect("on");
            const on = reader.name("a type");
            return { description, name, on, directives: parseDirectives(reader), selections: parseSelections(reader) };
        });
    }
    if (!["query", "mutation", "subscription"].includes(first)) reader.fail("an operation or a fragment");
    return spanning(reader, "operation", () => ({
        description, operation: reader.next().text,
        name: isName(reader.peek()) ? reader.next() : null,
        variables: optionally(reader, "(", parseVariable, ")"),
        directives: parseDirectives(reader),
        selections: parseSelections(reader),
    }));
}

const parseDescription = reader => reader.peek().kind === "string" ? reader.next() : null;

function parseVariable(reader) {
    return spanning(reader, "variable", () => {
        const description = parseDescription(reader);
        if (reader.peek().kind !== "variable") reader.fail("a variable");
        const name = reader.next();
        reader.expect(":");
        return {
            description, name, type: parseType(reader),
            defaultValue: reader.skip("=") ? parseValue(reader) : null,
            directives: parseDirectives(reader),
        };
    });
}

function parseType(reader) {
    const type = spanning(reader, "", () => {
        if (!reader.skip("[")) {
            const name = reader.name("a type");
            return { kind: "NAMED", name: name.text };
        }
        const ofType = parseType(reader);
        reader.expect("]");
        return { kind: "LIST", ofType };
    });
    return reader.skip("!") ? { kind: "NON_NULL", ofType: type, start: type.start, end: reader.peek(-1).end } : type;
}

const parseSelections = reader => many(reader, "{", parseSelection, "}");

function parseSelection(reader) {
    if (reader.peek().text !== "...") {
        return spanning(reader, "field", () => {
            const alias = reader.peek(1).text === ":" ? reader.name("a field") : null;
            if (alias) reader.expect(":");
            return {
                alias, name: reader.name("a field"),
                arguments: optionally(reader, "(", parseArgument, ")"),
                directives: parseDirectives(reader),
                selections: reader.peek().text === "{" ? parseSelections(reader) : null,
            };
        });
    }
    const following = reader.peek(1);
    if (isName(following) && following.text !== "on") {
        return spanning(reader, "spread", () => {
            reader.next();
            return { name: reader.next(), directives: parseDirectives(reader) };
        });
    }
    return spanning(reader, "inline", () => {
        reader.next();
        const on = reader.skip("on") ? reader.name("a type") : null;
        return { on, directives: parseDirectives(reader), selections: parseSelections(reader) };
    });
}

function parseDirectives(reader) {
    const directives = [];
    while (reader.peek().kind === "directive") {
        directives.push({ name: reader.next(), arguments: optionally(reader, "(", parseArgument, ")") });
    }
    return directives;
}

function parseArgument(reader) {
    const name = reader.name("an argument");
    reader.expect(":");
    return { name, value: parseValue(reader) };
}

function parseValue(reader) {
    const token = reader.peek();
    const { start } = token;
    if (reader.skip("[")) {
        const items = [];
        while (!reader.skip("]")) items.push(parseValue(reader));
        return { kind: "list", items, start, end: reader.peek(-1).end };
    }
    if (reader.skip("{")) {
        const fields = [];
        while (!reader.skip("}")) fields.push(parseArgument(reader));
        return { kind: "object", fields, start, end: reader.peek(-1).end };
    }
    switch (token.kind) {
    case "variable": case "string": return reader.next();
    case "number": return numberNode(reader.next());
    default:
        if (!isName(token)) reader.fail("a value");
        return { ...reader.next(), kind: { true: "boolean", false: "boolean", null: "null" }[token.text] ?? "enum" };
    }
}
