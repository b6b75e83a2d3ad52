"use strict";

/** For each language one expression; the name of the group that matched is the kind of token, and its CSS class. */
const grammars = {
    graphql: new RegExp([
        /(?<comment>#.*)/,
        /(?<string>"""(?:[^\\]|\\(?!""")|\\""")*?"""|"(?!"")(?:[^"\\\n]|\\.)*")/,
        /(?<variable>\$\w+)/,
        /(?<directive>@\w+)/,
        /(?<number>-?\d[\w.+-]*)/,
        /(?<key>[_A-Za-z]\w*(?=\s*:))/,
        /(?<keyword>\b(?:query|mutation|subscription|fragment|on|true|false|null)\b)/,
        /(?<type>[A-Z]\w*)/,
        /(?<name>[_a-z]\w*)/,
        /(?<mark>\.\.\.|[!&(){}[\]:=|])/,
        // What GraphQL has no use for; an open string takes the rest of its line.
        /(?<stray>".*|[^\s\w,\uFEFF])/,
    ].map(part => part.source).join("|"), "g"),
    json: new RegExp([
        /(?<key>"(?:[^"\\\n]|\\.)*"(?=\s*:))/,
        /(?<string>"(?:[^"\\\n]|\\.)*")/,
        /(?<number>-?\d[\w.+-]*)/,
        /(?<keyword>\b(?:true|false|null)\b)/,
        /(?<mark>[{}[\],:])/,
        /(?<stray>".*|\w+|[^\s\w])/,
    ].map(part => part.source).join("|"), "g"),
};

/** `[{ kind, text, start, end }]`; the places count UTF-16 units from the beginning, as text areas do. */
function tokensOf(text, grammar) {
    return Array.from(text.matchAll(grammar), match => ({
        kind: Object.keys(match.groups).find(kind => match.groups[kind] !== undefined),
        text: match[0],
        start: match.index,
        end: match.index + match[0].length,
    }));
}

/** The number that a token is, as a node; throws a `Problem` for what only begins like one. */
function numberNode(token) {
    if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(token.text)) throw new Problem(`${token.text} is no number.`, token);
    return { ...token, kind: /[.eE]/.test(token.text) ? "float" : "int" };
}

const isName = token => /^[_A-Za-z]/.test(token?.text ?? "");

/** Which line and column, both from 1, an offset is at; and back. */
function placeOf(text, offset) {
    const lines = text.slice(0, offset).split("\n");
    return { line: lines.length, column: lines.at(-1).length + 1 };
}

function offsetOf(text, { line, column }) {
    const before = text.split("\n").slice(0, line - 1);
    return Math.min(before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1, text.length);
}

/** Something wrong between two offsets of a text, in a sentence. */
class Problem extends Error {
    constructor(message, { start, end }) {
        super(message);
        Object.assign(this, { start, end });
    }
}

/** A list of tokens read from its beginning, with what parsers ask of it. */
class TokenReader {
    #index = 0;

    constructor(text, grammar) {
        this.tokens = tokensOf(text, grammar).filter(token => token.kind !== "comment");
        this.last = { kind: "end", text: "", start: Math.max(0, text.trimEnd().length - 1), end: text.length };
    }

    peek(ahead = 0) { return this.tokens[this.#index + ahead] ?? this.last; }

    next() {
        const token = this.peek();
        this.#index += 1;
        return token;
    }

    /** Takes the token if it is `text`. */
    skip(text) { return this.peek().text === text && this.peek().kind !== "string" ? this.next() : null; }

    expect(text) { return this.skip(text) ?? this.fail(`"${text}"`); }

    name(what = "a name") { return isName(this.peek()) ? this.next() : this.fail(what); }

    fail(expected) {
        const token = this.peek();
        const found = token.kind === "end" ? "the end" : token.kind === "string" ? "a string" : `"${token.text}"`;
        throw new Problem(`Expected ${expected}, found ${found}.`, token);
    }
}
