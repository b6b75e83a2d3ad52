"use strict";

/**
 * The document laid out anew: one selection a line, two spaces for each level, comments and single blank lines kept.
 * Throws a `Problem` for a document that doesn't parse.
 */
function formatDocument(text) {
    const formatter = new Formatter(text);
    parseDocument(text).definitions.forEach((definition, index) => formatter.definition(definition, index > 0));
    return formatter.finish();
}

class Formatter {
    #source;
    #comments;
    #lines = [];

    constructor(source) {
        this.#source = source;
        this.#comments = tokensOf(source, grammars.graphql).filter(token => token.kind === "comment");
    }

    finish() {
        this.#commentsBefore(Infinity, "");
        return this.#lines.join("\n").trim() + "\n";
    }

    definition(node, isFurther) {
        if (isFurther) this.#commentsOfLastLine(node.start);
        if (isFurther) this.#lines.push("");
        this.#commentsBefore(node.start, "");
        if (node.description) this.#lines.push(node.description.text);
        const isShort = node.operation === "query" && !node.name && !node.variables.length && !node.directives.length;
        const head = node.kind === "fragment" ? `fragment ${node.name.text} on ${node.on.text}`
            : isShort ? "" : node.operation + (node.name ? ` ${node.name.text}` : "");
        const variables = (node.variables ?? []).map(({ description, name, type, defaultValue, directives }) =>
            (description ? `${description.text} ` : "") + `${name.text}: ${typeText(type)}`
            + (defaultValue ? ` = ${this.#value(defaultValue)}` : "") + this.#directives(directives));
        this.#selections(node, head + this.#list(head, variables, "") + this.#directives(node.directives), "");
    }

    #selections(node, head, indent) {
        this.#lines.push(...`${indent}${head}${head ? " " : ""}{`.split("\n"));
        let isFirst = true;
        for (const selection of node.selections) {
            this.#commentsBefore(selection.start, `${indent}  `);
            if (!isFirst) this.#blankLineBefore(selection.start);
            this.#selection(selection, `${indent}  `);
            isFirst = false;
        }
        this.#commentsBefore(node.end, `${indent}  `);
        this.#lines.push(`${indent}}`);
    }

    #selection(node, indent) {
        let head = node.kind === "field" ? (node.alias ? `${node.alias.text}: ` : "") + node.name.text
            : node.kind === "spread" ? `...${node.name.text}` : "..." + (node.on ? ` on ${node.on.text}` : "");
        head += this.#list(indent + head, this.#arguments(node.arguments), indent) + this.#directives(node.directives);
        if (node.selections) this.#selections(node, head, indent);
        else this.#lines.push(...(indent + head).split("\n"));
    }

    /** In parentheses, in one line if it fits. */
    #list(head, parts, indent) {
        if (parts.length === 0) return "";
        const line = `(${parts.join(", ")})`;
        return head.length + line.length <= 80 ? line : `(\n${parts.map(part => `${indent}  ${part}\n`).join("")}${indent})`;
    }

    #arguments(all = []) { return all.map(({ name, value }) => `${name.text}: ${this.#value(value)}`); }

    #directives(all) {
        const list = given => given.length > 0 ? `(${this.#arguments(given).join(", ")})` : "";
        return all.map(node => ` ${node.name.text}${list(node.arguments)}`).join("");
    }

    #value(node) {
        switch (node.kind) {
        case "list": return `[${node.items.map(item => this.#value(item)).join(", ")}]`;
        case "object": return node.fields.length ? `{ ${this.#arguments(node.fields).join(", ")} }` : "{}";
        default: return node.text;
        }
    }

    /** Writes the comments up to an offset: beside the last line if they stood beside something, else on their own. */
    #commentsBefore(offset, indent) {
        this.#commentsOfLastLine(offset);
        while (this.#comments[0]?.start < offset) {
            const comment = this.#comments.shift();
            this.#blankLineBefore(comment.start);
            this.#lines.push(indent + comment.text);
        }
    }

    #commentsOfLastLine(offset) {
        const isBeside = comment => /\S[^\S\n]*$/.test(this.#source.slice(0, comment.start)) && this.#lines.length > 0;
        while (this.#comments[0]?.start < offset && isBeside(this.#comments[0])) {
            this.#lines.push(`${this.#lines.pop()} ${this.#comments.shift().text}`);
        }
    }

    #blankLineBefore(offset) {
        const isWanted = /\n[^\S\n]*\n\s*$/.test(this.#source.slice(0, offset));
        const last = this.#lines.at(-1) ?? "";
        if (isWanted && last !== "" && !last.endsWith("{")) this.#lines.push("");
    }
}
