"use strict";

/**
 * Parses JSON into nodes that know their places and keep numbers as they were written (a browser's numbers lose digits):
 * `{ kind, text, value?, start, end, items? | fields? }`, fields being `[{ name: { text, start, end }, value }]`.
 * These are also the shapes of values in GraphQL documents. Throws a `Problem`.
 */
function parseJSON(text) {
    const reader = new TokenReader(text, grammars.json);
    const value = jsonValue(reader);
    if (reader.peek().kind !== "end") reader.fail("the end");
    return value;
}

function jsonValue(reader) {
    const token = reader.peek();
    const { start } = token;
    if (reader.skip("{")) {
        const fields = [];
        while (!reader.skip("}")) {
            if (fields.length > 0) reader.expect(",");
            if (!["key", "string"].includes(reader.peek().kind)) reader.fail("a name in quotes");
            const key = reader.next();
            const name = { ...key, text: jsonString(key) };
            if (fields.some(field => field.name.text === name.text)) throw new Problem(`There are two "${name.text}".`, key);
            reader.expect(":");
            fields.push({ name, value: jsonValue(reader) });
        }
        return { kind: "object", fields, start, end: reader.peek(-1).end };
    }
    if (reader.skip("[")) {
        const items = [];
        while (!reader.skip("]")) {
            if (items.length > 0) reader.expect(",");
            items.push(jsonValue(reader));
        }
        return { kind: "list", items, start, end: reader.peek(-1).end };
    }
    switch (token.kind) {
    case "key": case "string": return { ...reader.next(), kind: "string", value: jsonString(token) };
    case "keyword": return { ...reader.next(), kind: token.text === "null" ? "null" : "boolean" };
    case "number": return numberNode(reader.next());
    default: return reader.fail("a value");
    }
}

function jsonString(token) {
    try {
        return JSON.parse(token.text);
    } catch {
        throw new Problem("This string has a wrong escape or a control character.", token);
    }
}

/** The text of a node again; without `indent` in one line. */
function printJSON(node, indent, depth = 0) {
    const list = (open, parts, close) => {
        if (parts.length === 0) return open + close;
        const line = indent === undefined ? "" : `\n${indent.repeat(depth)}`;
        return `${open}${line && line + indent}${parts.join(`,${line && line + indent}`)}${line}${close}`;
    };
    const colon = indent === undefined ? ":" : ": ";
    switch (node.kind) {
    case "object":
        return list("{", node.fields.map(({ name, value }) =>
            JSON.stringify(name.text) + colon + printJSON(value, indent, depth + 1)), "}");
    case "list": return list("[", node.items.map(item => printJSON(item, indent, depth + 1)), "]");
    default: return node.text;
    }
}
