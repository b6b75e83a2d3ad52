"use strict";

const kindOf = type => type.kind.toLowerCase().replace("_", " ");

/** The documentation of a schema: an overview, a page for each type, a search. */
class DocumentationView {
    #schema = null;
    /** The names of the types that were opened, the one in view last. */
    #trail = [];

    constructor() {
        byID("search").addEventListener("input", () => this.#show());
        byID("back").addEventListener("click", () => {
            if (byID("search").value) byID("search").value = ""; else this.#trail.pop();
            this.#show();
            byID("page").querySelector("h3").focus();
        });
    }

    set schema(schema) {
        this.#schema = schema;
        this.#trail = this.#trail.filter(name => schema.type(name));
        this.#show();
    }

    /** Says why there is nothing to show. */
    tell(text, className = "muted") {
        this.#schema = null;
        byID("back").hidden = true;
        byID("page").replaceChildren(element("p", { className }, text));
    }

    /** Opens a type's page, at one of its fields if it is named. */
    open(typeName, fieldName) {
        if (!this.#schema?.type(typeName)) return;
        if (this.#trail.at(-1) !== typeName) this.#trail.push(typeName);
        byID("search").value = "";
        this.#show();
        byID("page").parentElement.scrollTop = 0;
        const target = [...byID("page").querySelectorAll("[data-name]")].find(item => item.dataset.name === fieldName);
        (target ?? byID("page").querySelector("h3")).focus();
    }

    #show() {
        if (!this.#schema) return;
        const search = byID("search").value.trim().toLowerCase();
        const type = this.#schema.type(this.#trail.at(-1) ?? "");
        byID("back").hidden = this.#trail.length === 0 && !search;
        const page = search ? this.#searchPage(search) : type ? this.#typePage(type) : this.#overview();
        byID("page").replaceChildren(...page);
    }

    #overview() {
        const schema = this.#schema;
        const roots = ["query", "mutation", "subscription"].filter(operation => schema.root(operation));
        const isBuiltIn = ({ name }) => ["Boolean", "Float", "ID", "Int", "String"].includes(name);
        const others = this.#types().filter(type => !roots.some(operation => schema.root(operation) === type))
            .sort((one, other) => isBuiltIn(one) - isBuiltIn(other));
        return [
            element("h3", { tabIndex: -1 }, "Schema"),
            ...described(schema.description),
            ...section("Operations", roots.map(operation =>
                element("li", {}, element("code", {}, `${operation}: `, this.#reference(schema.root(operation).name))))),
            ...section("Types", others.map(type => this.#listed(type))),
            ...section("Directives", schema.directives.map(directive => this.#member(directive, "@"))),
        ];
    }

    #typePage(type) {
        const references = types => types?.map(({ name }) => element("li", {}, this.#reference(name)));
        const uses = this.#types().flatMap(owner => [...owner.fields ?? [], ...owner.inputFields ?? []]
            .filter(field => [field, ...field.args ?? []].some(item => namedType(item.type).name === type.name))
            .map(field => element("li", {}, this.#reference(owner.name, `${owner.name}.${field.name}`, field.name))));
        return [
            element("h3", { tabIndex: -1 }, type.name, element("span", { className: "muted" }, ` ${kindOf(type)}`)),
            ...described(type.description),
            ...(/^https?:/.test(type.specifiedByURL ?? "") ? [outerLink(type.specifiedByURL, "Specification")] : []),
            ...section("Implements", references(type.interfaces)),
            ...section("Possible types", references(type.possibleTypes)),
            ...section("Fields", (type.fields ?? type.inputFields)?.map(field => this.#member(field))),
            ...section("Values", type.enumValues?.map(value => this.#member(value))),
            ...section("Used by", uses),
        ];
    }

    #searchPage(search) {
        const matches = item => item.name.toLowerCase().includes(search);
        const fields = this.#types().flatMap(type =>
            [...type.fields ?? [], ...type.inputFields ?? [], ...type.enumValues ?? []]
                .filter(field => matches(field) || field.args?.some(matches))
                .map(field => element("li", {}, this.#reference(type.name, `${type.name}.${field.name}`, field.name))));
        const types = this.#types().filter(matches).map(type => this.#listed(type));
        const found = [...section("Types", types), ...section("Fields and values", fields)];
        return [element("h3", { tabIndex: -1 }, "Found"), ...found.length ? found : [element("p", {}, "Nothing found.")]];
    }

    #types() { return this.#schema.types.filter(({ name }) => !name.startsWith("__")); }

    #reference(typeName, label = typeName, fieldName) {
        const onclick = () => this.open(typeName, fieldName);
        return element("button", { type: "button", className: "link", onclick }, label);
    }

    #listed(type) {
        return element("li", {}, this.#reference(type.name), element("span", { className: "muted" }, ` ${kindOf(type)}`));
    }

    #typeReference(type) {
        if (type.kind === "NON_NULL") return [...this.#typeReference(type.ofType), "!"];
        if (type.kind === "LIST") return ["[", ...this.#typeReference(type.ofType), "]"];
        return [this.#reference(type.name)];
    }

    /** A field, argument, enum value or directive: what it is called and gives, then what is to be said about it. */
    #member(item, prefix = "") {
        const signature = element("code", {}, prefix + item.name);
        if (item.type) signature.append(": ", ...this.#typeReference(item.type));
        if (item.defaultValue) signature.append(` = ${item.defaultValue}`);
        const parts = [signature, ...described(item.description)];
        if (item.isDeprecated) {
            parts.push(element("p", { className: "bad" }, `Deprecated: ${item.deprecationReason ?? "no reason given"}`));
        }
        if (item.args?.length) {
            parts.push(element("ul", { ariaLabel: "Arguments" }, ...item.args.map(argument => this.#member(argument))));
        }
        return element("li", { tabIndex: -1, attributes: { "data-name": item.name } }, ...parts);
    }
}

/** A description's paragraphs, with `code` set apart. */
const described = text => (text ?? "").split(/\n\s*\n/).filter(Boolean).map(paragraph =>
    element("p", {}, ...paragraph.split("`").map((part, index) => index % 2 ? element("code", {}, part) : part)));

/** A heading and a list, or nothing for an empty one. */
const section = (title, items) => items?.length
    ? [element("section", {}, element("h4", {}, title), element("ul", {}, ...items))] : [];
