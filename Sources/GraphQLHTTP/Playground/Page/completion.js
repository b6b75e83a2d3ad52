"use strict";

/**
 * What may come at an offset of a document or of variables: `{ start, end, items }`, the items to replace what is between
 * the offsets: `[{ label, insert, detail, description, isDeprecated }]`.
 *
 * Both follow the tokens before the offset through nested frames, so that they work in a text that doesn't parse yet.
 */
function completeDocument(text, offset, schema) {
    const tokens = tokensOf(text, grammars.graphql);
    const inside = tokens.find(token => token.start < offset && offset <= token.end);
    const isText = inside?.kind === "comment" || inside?.kind === "string" || inside?.text.startsWith('"');
    if (isText) return null;
    const prefix = text.slice(0, offset).match(/[$@]?\w*$/)[0];
    const start = offset - prefix.length;
    const place = placeInDocument(tokens.filter(token => token.start < start && token.kind !== "comment"), schema);
    const fragments = Array.from(text.matchAll(/fragment\s+(\w+)\s+on\s+(\w+)/g), ([, name, on]) => ({ name, on }));
    const items = prefix.startsWith("@") ? directiveItems(place, schema) : documentItems(place, schema, fragments);
    return matching(items, prefix, { start, end: offset });
}

/** The items that begin with what was typed, then those that contain it. */
function matching(items, prefix, place) {
    const typed = prefix.toLowerCase();
    const rank = ({ label }) => label.toLowerCase().indexOf(typed);
    const found = items.filter(item => rank(item) >= 0);
    found.sort((one, other) => Math.min(rank(one), 1) - Math.min(rank(other), 1));
    return { ...place, items: found };
}

const item = (label, { insert = label, detail = "", description = "", isDeprecated = false } = {}) =>
    ({ label, insert, detail, description, isDeprecated });
const memberItem = (member, insert = member.name) =>
    item(member.name, { ...member, insert, detail: member.type ? typeText(member.type) : "" });

/**
 * The innermost frame: `{ kind, … }` with the kind `document`, `variables`, `selections`, `arguments`, `object`, `list` or
 * `type`; with `variables`, those that the operation has, and `valueType`, which a value here has.
 */
function placeInDocument(tokens, schema) {
    let variables = [];
    const frames = [{ kind: "document" }];
    const definition = operation => ({ kind: "document", definition: operation, type: schema.root(operation) });
    const valueType = frame => frame.kind === "list" ? frame.type : frame.member?.type;
    tokens.forEach((token, index) => {
        const frame = frames.at(-1);
        const { kind, text } = token;
        if (text === "{") {
            const isSelection = frame.kind === "document" || frame.kind === "selections";
            if (frame.kind === "document" && !frame.definition) frames[0] = definition("query");
            frames.push(isSelection
                ? { kind: "selections", type: frame.kind === "document" ? frames[0].type : frame.inner }
                : { kind: "object", members: schema.type(valueType(frame))?.inputFields ?? [], given: [] });
        } else if (text === "(") {
            const isDefinition = frame.kind === "document" && !frame.directive;
            frames.push(isDefinition ? { kind: "variables" }
                : { kind: "arguments", members: frame.callable ?? [], given: [] });
        } else if (text === "[") {
            const type = valueType(frame);
            frames.push(frame.kind === "variables" && !frame.hasDefault ? { kind: "type" }
                : { kind: "list", type: type && nullable(type).kind === "LIST" ? nullable(type).ofType : undefined });
        } else if (["}", ")", "]"].includes(text)) {
            if (frames.length > 1) frames.pop();
            const outer = frames.at(-1);
            if (text === "}" && outer.kind === "document") { frames[0] = { kind: "document" }; variables = []; }
            if (text === "}" && outer.kind === "selections") outer.inner = null;
            if (text !== ")") outer.member = null;
        } else if (kind === "directive") {
            Object.assign(frame, { directive: true, callable: schema.directive(text)?.args, member: null, spread: false });
        } else if (frame.kind === "document") {
            if (["query", "mutation", "subscription"].includes(text)) frames[0] = definition(text);
            else if (text === "fragment") frames[0] = { kind: "document", definition: text };
            else if (tokens[index - 1]?.text === "on") frame.type = schema.type(text);
        } else if (frame.kind === "variables") {
            if (kind === "variable") {
                variables.push({ name: text, type: "" });
                frame.afterColon = frame.hasDefault = false;
            } else if (text === ":") frame.afterColon = true;
            else if (text === "=") frame.hasDefault = true;
            else if (isName(token) && frame.afterColon && variables.length) variables.at(-1).type = text;
        } else if (frame.kind === "type") {
            if (isName(token) && variables.length) variables.at(-1).type = text;
        } else if (frame.kind === "selections") {
            if (text === "...") Object.assign(frame, { spread: "...", inner: frame.type });
            else if (text === "on" && frame.spread === "...") frame.spread = "on";
            else if (isName(token)) {
                if (frame.spread === "on") frame.inner = schema.type(text);
                else if (!frame.spread) {
                    const field = frame.type && schema.field(frame.type, text);
                    const inner = field && schema.type(field.type);
                    Object.assign(frame, { inner, callable: field?.args, directive: false });
                }
                frame.spread = false;
            }
        } else if (frame.kind === "arguments" || frame.kind === "object") {
            if (isName(token) && !frame.member) frame.given.push(text);
            if (text === ":") frame.member = named(frame.members, frame.given.at(-1)) ?? {};
            else if (frame.member) frame.member = null;
        }
    });
    const frame = frames.at(-1);
    return { ...frame, previous: tokens.at(-1)?.text, variables, valueType: valueType(frame) };
}

function documentItems(place, schema, fragments) {
    const isType = test => schema.types.filter(type => test(type) && !type.name.startsWith("__"))
        .map(type => item(type.name, { ...type, detail: kindOf(type) }));
    switch (place.kind) {
    case "document": {
        if (place.previous === "on") return isType(type => schema.isComposite(type));
        if (place.definition) return [];
        const operations = ["query", "mutation", "subscription"].filter(operation => schema.root(operation));
        return [...operations, "fragment"].map(word => item(word));
    }
    case "variables":
        return place.hasDefault ? [] : place.afterColon ? isType(type => schema.isInput(type)) : [];
    case "type": return isType(type => schema.isInput(type));
    case "selections": {
        const { type } = place;
        if (!type) return [];
        if (place.spread === "on") return isType(other => schema.isComposite(other) && schema.overlap(other, type));
        if (place.spread === "...") {
            const fits = other => schema.isComposite(other) && schema.overlap(other, type);
            const fitting = fragments.filter(({ on }) => fits(schema.type(on)));
            return [item("on", { detail: "a type" }), ...fitting.map(({ name, on }) => item(name, { detail: `on ${on}` }))];
        }
        return [...(type.fields ?? []).map(field => memberItem(field)), memberItem(schema.field(type, "__typename"))];
    }
    case "arguments": case "object":
        return place.member ? valueItems(place, schema)
            : place.members.filter(({ name }) => !place.given.includes(name))
                .map(member => memberItem(member, `${member.name}: `));
    default: return valueItems(place, schema);
    }
}

function valueItems({ valueType, variables }, schema) {
    const type = schema.type(valueType);
    if (!type) return [];
    const fitting = variables.filter(variable => variable.type === type.name);
    return [...fitting.map(({ name, type }) => item(name, { detail: type })), ...constantItems(valueType, type)];
}

function constantItems(reference, type, quote = text => text) {
    return [
        ...(type.enumValues ?? []).map(value => item(value.name, { ...value, insert: quote(value.name) })),
        ...(type.name === "Boolean" ? ["true", "false"] : []).map(word => item(word)),
        ...(reference.kind !== "NON_NULL" ? [item("null")] : []),
    ];
}

function directiveItems(place, schema) {
    const wanted = {
        selections: ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"],
        variables: ["VARIABLE_DEFINITION"],
        document: ["QUERY", "MUTATION", "SUBSCRIPTION", "FRAGMENT_DEFINITION"],
    }[place.kind] ?? [];
    return schema.directives.filter(({ locations }) => locations.some(location => wanted.includes(location)))
        .map(directive => item(`@${directive.name}`, directive));
}

/** Variables: the names that the operation and its input types have, and values of enums and Booleans. */
function completeVariables(text, offset, operation, schema) {
    if (!operation) return null;
    const variables = operation.variables.map(({ name, type }) => ({ name: name.text.slice(1), type }));
    if (text.trim() === "") {
        const empty = type => type.kind === "LIST" ? "[]" : ["String", "ID"].includes(type.name) ? '""' : "null";
        const lines = variables.map(({ name, type }) => `  "${name}": ${empty(nullable(type))}`);
        const all = item("{ … }", { insert: `{\n${lines.join(",\n")}\n}`, detail: "every variable" });
        return { start: 0, end: text.length, items: variables.length ? [all] : [] };
    }
    const prefix = text.slice(0, offset).match(/"?\w*$/)[0];
    const start = offset - prefix.length;
    const end = offset + (prefix.startsWith('"') && text[offset] === '"' ? 1 : 0);
    const frames = [];
    let key = null;
    const next = () => {
        const frame = frames.at(-1);
        if (!frame) return { members: variables };
        const type = frame.isList ? frame.type : named(frame.members, key)?.type;
        return { type, members: schema?.type(type)?.inputFields ?? [] };
    };
    for (const token of tokensOf(text, grammars.json).filter(token => token.start < start)) {
        if (token.text === "{") frames.push({ members: next().members, given: [] });
        else if (token.text === "[") frames.push({ isList: true, type: next().type && nullable(next().type).ofType });
        else if (token.text === "}" || token.text === "]") { frames.pop(); key = null; }
        else if (token.kind === "key") { key = token.text.slice(1, -1); frames.at(-1)?.given?.push(key); }
        else if (token.text === ",") key = null;
    }
    const frame = frames.at(-1);
    if (!frame) return null;
    const { type } = next();
    const isColonThere = /^\s*:/.test(text.slice(end));
    const items = key === null && !frame.isList
        ? frame.members.filter(({ name }) => !frame.given.includes(name))
            .map(member => memberItem(member, `"${member.name}"${isColonThere ? "" : ": "}`))
        : type && schema?.type(type) ? constantItems(type, schema.type(type), name => `"${name}"`) : [];
    return matching(items, prefix.replace('"', ""), { start, end });
}

/** What the word at an offset is: `{ title, description, type }`, `type` being the page of the documentation about it. */
function describeToken(text, offset, schema) {
    const tokens = tokensOf(text, grammars.graphql).filter(token => token.kind !== "comment");
    const token = tokens.find(token => token.start <= offset && offset < token.end);
    if (!token || !isName(token) && token.kind !== "directive") return null;
    const place = placeInDocument(tokens.filter(other => other.start < token.start), schema);
    const type = schema.type(token.text);
    const fieldOrArgument = place.kind === "selections" && !place.spread ? place.type && schema.field(place.type, token.text)
        : ["arguments", "object"].includes(place.kind) && !place.member ? named(place.members, token.text) : undefined;
    if (fieldOrArgument) {
        const owner = place.kind === "selections" ? `${place.type.name}.` : "";
        return {
            title: `${owner}${token.text}: ${typeText(fieldOrArgument.type)}`,
            description: fieldOrArgument.description,
            type: place.kind === "selections" ? place.type.name : namedType(fieldOrArgument.type).name,
        };
    }
    if (token.kind === "directive") {
        const directive = schema.directive(token.text);
        return directive && { title: token.text, description: directive.description };
    }
    return type && ["variables", "type", "document", "selections"].includes(place.kind)
        ? { title: type.name, description: type.description, type: type.name } : null;
}
