"use strict";

/** The other headers as an object; throws a `Problem`. */
function headersIn(text) {
    const root = parseJSON(text.trim() === "" ? "{}" : text);
    if (root.kind !== "object") throw new Problem("The headers must be a JSON object.", root);
    return Object.fromEntries(root.fields.map(({ name, value }) => {
        if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name.text)) throw new Problem(`"${name.text}" is not the name of a header.`, name);
        const isText = value.kind === "string" && !/[^\t\x20-\x7e\x80-\xff]/.test(value.value);
        if (!isText) throw new Problem("The value of a header is a string in Latin-1.", value);
        return [name.text, value.value];
    }));
}

/**
 * Posts one operation to the endpoint that served this page. `body` is `{ query, operationName?, variables? }`, the
 * variables being a JSON node; `files` are `{ path, file }`, and any makes it a multipart request.
 */
function post({ query, operationName, variables }, { token, headers = {}, files = [], signal }) {
    const all = new Headers({ Accept: "application/graphql-response+json, application/json;q=0.9" });
    if (token) all.set("Authorization", `Bearer ${token}`);
    for (const [name, value] of Object.entries(headers)) all.set(name, value);
    const members = [
        `"query":${JSON.stringify(query)}`,
        ...operationName ? [`"operationName":${JSON.stringify(operationName)}`] : [],
        ...variables ? [`"variables":${printJSON(variables)}`] : [],
    ];
    let body = `{${members.join(",")}}`;
    if (files.length === 0) {
        all.set("Content-Type", "application/json");
    } else {
        const form = new FormData();
        form.append("operations", body);
        form.append("map", JSON.stringify(Object.fromEntries(files.map(({ path }, index) => [index, [path]]))));
        files.forEach(({ file }, index) => form.append(index, file));
        body = form;
        all.set("GraphQL-Require-Preflight", "1");
        all.delete("Content-Type");
    }
    return fetch(location.pathname, { method: "POST", headers: all, body, signal });
}

/** Each chosen file with its path; in `variables` its place is made to hold null, as multipart requests want. */
function takeFiles(inputs, variables) {
    const none = { kind: "null", text: "null" };
    return inputs.flatMap(input => {
        const chosen = [...input.files];
        if (chosen.length === 0) return [];
        placeValue(variables, input.name, input.multiple ? { kind: "list", items: chosen.map(() => none) } : none);
        return chosen.map((file, index) => ({ path: input.multiple ? `${input.name}.${index}` : input.name, file }));
    });
}

async function loadSchema(options) {
    const response = await post({ query: introspection, operationName: "Introspection" }, options);
    const { data, errors } = await response.json().catch(() => ({}));
    if (!data?.__schema) throw new Error(errors?.[0]?.message ?? `The server answered ${response.status}.`);
    return new Schema(data.__schema);
}
