"use strict";

/** What is wrong with the variables' text for an operation, `null` when there is none. */
function problemsInVariables(text, operation, schema) {
    if (text.trim() === "") {
        return missingVariables([], operation).map(message => new Problem(message, { start: 0, end: 0 }));
    }
    let root;
    try { root = parseJSON(text); } catch (problem) { return [problem]; }
    if (root.kind !== "object") return [new Problem("The variables must be a JSON object.", root)];
    if (!operation) return [];
    const problems = [];
    for (const { name, value } of root.fields) {
        const variable = operation.variables.find(variable => variable.name.text === `$${name.text}`);
        if (variable && schema) checkValue(value, variable.type, schema, problems, { isJSON: true });
        const hint = suggestion(name.text, operation.variables.map(({ name }) => name.text.slice(1)));
        if (!variable) problems.push(new Problem(`The operation has no variable "$${name.text}".${hint}`, name));
    }
    const place = { start: root.start, end: root.start + 1 };
    problems.push(...missingVariables(root.fields, operation).map(message => new Problem(message, place)));
    return problems;
}

function missingVariables(fields, operation) {
    return (operation?.variables ?? [])
        .filter(variable => isRequired(variable) && namedType(variable.type).name !== "Upload")
        .filter(variable => !fields.some(({ name }) => `$${name.text}` === variable.name.text))
        .map(({ name, type }) => `Variable "${name.text}" of type "${typeText(type)}" has no value.`);
}

/**
 * The places for files among an operation's variables: `[{ path: "variables.input.scans", isList }]`.
 *
 * Input objects are searched as deep as the variables go, and where they say nothing one level for each type. In a list
 * of input objects each item has places of its own.
 */
function placesForFiles(operation, variables, schema) {
    const places = [];
    const search = (type, value, path, seen) => {
        const plain = nullable(type);
        if (plain.kind === "LIST" && namedType(plain).name !== "Upload") {
            const items = value?.kind === "list" ? value.items : [];
            items.forEach((item, index) => search(plain.ofType, item, `${path}.${index}`, seen));
            return;
        }
        const name = namedType(plain).name;
        if (name === "Upload") return places.push({ path, isList: plain.kind === "LIST" });
        const fields = schema?.type(name)?.inputFields ?? [];
        if (value ? value.kind !== "object" : seen.includes(name)) return;
        for (const field of fields) search(field.type, memberOf(value, field.name), `${path}.${field.name}`, [...seen, name]);
    };
    for (const { name, type } of operation?.variables ?? []) {
        const plainName = name.text.slice(1);
        search(type, memberOf(variables, plainName), `variables.${plainName}`, []);
    }
    return places;
}

const memberOf = (node, name) => node?.fields?.find(field => field.name.text === name)?.value;

/** Puts `value` where a path leads, as `variables.input.scans` does; objects on the way are made. */
function placeValue(root, path, value) {
    const [, ...names] = path.split(".");
    let node = root;
    names.forEach((name, index) => {
        const isLast = index === names.length - 1;
        const next = isLast ? value : { kind: "object", fields: [] };
        if (node.kind === "list") {
            if (isLast) node.items[Number(name)] = value;
            node = node.items[Number(name)];
            return;
        }
        let field = node.fields.find(field => field.name.text === name);
        if (!field) node.fields.push(field = { name: { text: name }, value: next });
        if (isLast || field.value.kind !== "object" && field.value.kind !== "list") field.value = next;
        node = field.value;
    });
}
