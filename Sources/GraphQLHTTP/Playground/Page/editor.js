"use strict";

/**
 * A text area with line numbers, colours, completion, and a list below it of what is wrong.
 *
 * The text area lies, with transparent letters, on a coloured copy; so selection, undo, touch keyboards and screen readers
 * work as in any text area. `language` has `grammar`, and may have `problemsIn(text)`, `complete(text, offset)`,
 * `describe(text, offset)` and `comment`, what a line that is switched off begins with.
 */
class Editor {
    #area;
    #language;
    #lines = element("div", { className: "lines", ariaHidden: "true" });
    #paint = element("pre", { ariaHidden: "true" });
    #list = element("ul", { className: "problems", hidden: true });
    #problems = [];
    #checking;
    #suggestions;
    #mayLeave = false;

    constructor(area, language) {
        this.#area = area;
        this.#language = language;
        Object.assign(area, { spellcheck: false, autocapitalize: "off", autocomplete: "off", wrap: "off" });
        this.#list.id = `${area.id}-problems`;
        this.#list.ariaLabel = `Problems: ${area.ariaLabel ?? area.labels[0].textContent}`;
        area.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") ?? ""} ${this.#list.id}`.trim());
        const frame = element("div", { className: `frame editor ${area.className}` });
        area.replaceWith(frame);
        frame.append(this.#lines, this.#paint, area);
        frame.after(this.#list);
        this.#suggestions = new Suggestions(area, () => this.#paint);
        area.addEventListener("input", event => this.#changed(event));
        area.addEventListener("keydown", event => this.#keyDown(event));
        area.addEventListener("blur", () => { this.#suggestions.close(); this.#mayLeave = false; });
        area.addEventListener("pointerdown", () => this.#suggestions.close());
        frame.addEventListener("scroll", () => { this.#suggestions.place(); tooltip.hide(); });
        area.addEventListener("pointermove", event => this.#pointerMoved(event));
        area.addEventListener("pointerleave", () => tooltip.hide());
        this.#render();
    }

    get text() { return this.#area.value; }

    set text(text) {
        this.#area.value = text;
        this.#area.dispatchEvent(new Event("input"));
    }

    get problems() { return this.#problems; }

    get caret() { return this.#area.selectionStart; }

    focus() { this.#area.focus(); }

    onInput(action) { this.#area.addEventListener("input", action); }

    onCaret(action) {
        document.addEventListener("selectionchange", () => {
            if (document.activeElement === this.#area) action(this.caret);
        });
    }

    /** Replaces the whole text in a way that undo can take back. */
    replace(text) {
        if (text === this.text) return;
        this.#area.focus();
        this.#area.select();
        if (!document.execCommand(text === "" ? "delete" : "insertText", false, text)) this.text = text;
        this.#area.setSelectionRange(0, 0);
    }

    /** Puts the caret at an offset, or selects up to another, where it can be seen. */
    select(start, end = start) {
        this.#area.focus();
        this.#area.setSelectionRange(start, end);
        const frame = this.#area.parentElement;
        const { line } = placeOf(this.text, start);
        frame.scrollTop = (line / (this.text.split("\n").length + 1)) * frame.scrollHeight - frame.clientHeight / 2;
        const { left } = rectangleAt(this.#paint, start);
        const edge = this.#lines.getBoundingClientRect().right;
        if (left < edge || left > frame.getBoundingClientRect().right) frame.scrollLeft += left - edge - 40;
        frame.scrollIntoView({ block: "nearest" });
    }

    /** Selects the word at a place that an error names. */
    jump(place) {
        const start = offsetOf(this.text, place);
        this.select(start, start + (this.text.slice(start).match(/^[$@]?\w+/)?.[0].length ?? 0));
    }

    nextProblem() {
        const next = this.#problems.find(({ start }) => start > this.caret) ?? this.#problems[0];
        if (!next) return;
        this.select(next.start, next.end);
        announce(next.message, { isShown: false });
    }

    /** Looks for problems now, or, while somebody types, soon. */
    check({ soon = false } = {}) {
        clearTimeout(this.#checking);
        if (soon) {
            this.#checking = setTimeout(() => this.check(), 350);
            return;
        }
        this.#problems = this.#language.problemsIn?.(this.text) ?? [];
        this.#area.ariaInvalid = String(this.#problems.length > 0);
        this.#list.hidden = this.#problems.length === 0;
        this.#list.replaceChildren(...this.#problems.map(problem => {
            const { line, column } = placeOf(this.text, problem.start);
            const onclick = () => this.select(problem.start, problem.end);
            return element("li", {}, element("button", { type: "button", className: "link", onclick },
                element("span", { className: "muted" }, `${line}:${column} `), problem.message));
        }));
        this.#render();
    }

    /** Opens the list of what may come at the caret. `isWanted` opens it also where nothing was typed yet. */
    #complete({ isWanted }) {
        const { selectionStart: start, selectionEnd: end } = this.#area;
        if (start !== end || !this.#language.complete) return this.#suggestions.close();
        const found = this.#language.complete(this.text, start);
        const typed = found && this.text.slice(found.start, start).replace('"', "");
        // What is written out already needs no suggestion, unless something longer begins like it.
        const isDone = found?.items[0]?.label === typed && !found.items[1]?.label.startsWith(typed);
        if (!found?.items.length || (isDone && !isWanted)) {
            if (isWanted) announce("No suggestions here.");
            return this.#suggestions.close();
        }
        this.#suggestions.open(found);
    }

    #changed(event) {
        this.#problems = [];
        this.#render();
        this.check({ soon: true });
        if (event.inputType === "insertText" && /^[\w$@"]$/.test(event.data ?? "")) this.#complete({ isWanted: false });
        else if (event.inputType === "deleteContentBackward" && this.#suggestions.isOpen) this.#complete({ isWanted: false });
        else this.#suggestions.close();
    }

    #render() {
        const lines = this.text.split("\n").length;
        const bad = new Set(this.#problems.map(({ start }) => placeOf(this.text, start).line));
        this.#lines.replaceChildren(...Array.from({ length: lines }, (_, index) =>
            element("span", { className: bad.has(index + 1) ? "bad" : "" }, `${index + 1}\n`)));
        this.#paint.replaceChildren(coloured(this.text, this.#language.grammar, this.#problems), "\n");
    }

    #pointerMoved(event) {
        if (event.buttons !== 0 || event.pointerType === "touch" || this.#suggestions.isOpen) return tooltip.hide();
        // The text area is in front of the coloured words.
        const word = document.elementsFromPoint(event.clientX, event.clientY)
            .find(other => other.parentElement === this.#paint);
        if (!word) return tooltip.hide();
        const place = { start: word.offset, end: word.offset + word.textContent.length };
        const problems = this.#problems.filter(problem => touches(problem, place));
        const about = this.#language.describe?.(this.text, word.offset);
        if (problems.length === 0 && !about) return tooltip.hide();
        tooltip.show(word.getBoundingClientRect(), problems, about);
    }

    #insert(text) {
        document.execCommand("insertText", false, text);
    }

    #keyDown(event) {
        if (event.isComposing) return;
        // Escape, then Tab, moves on as everywhere else: a keyboard must not be caught in here.
        const mayLeave = this.#mayLeave;
        this.#mayLeave = event.key === "Escape" && !this.#suggestions.isOpen;
        if ((event.ctrlKey || event.metaKey) && !event.altKey) {
            if (event.code === "Space") { event.preventDefault(); this.#complete({ isWanted: true }); }
            if (event.key === "/" && this.#language.comment) { event.preventDefault(); this.#toggleComments(); }
            return;
        }
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (this.#suggestions.isOpen && this.#suggestions.keyDown(event)) return;
        const { selectionStart: start, selectionEnd: end, value } = this.#area;
        const line = value.slice(value.lastIndexOf("\n", start - 1) + 1, start);
        const closing = { "{": "}", "(": ")", "[": "]" }[event.key];
        const insert = text => { event.preventDefault(); this.#insert(text); };
        if (event.key === "Tab" && !event.shiftKey && !mayLeave) insert("  ");
        else if (event.key === "Enter") {
            const indent = line.match(/^\s*/)[0];
            const isOpened = /[{([]\s*$/.test(line);
            insert(`\n${indent}${isOpened ? "  " : ""}`);
            if (isOpened && /^[})\]]/.test(value.slice(end))) {
                this.#insert(`\n${indent}`);
                this.#area.setSelectionRange(start + indent.length + 3, start + indent.length + 3);
            }
        } else if (closing && start === end && /^(\s|[)\]}]|$)/.test(value.slice(end))) {
            insert(event.key + closing);
            this.#area.setSelectionRange(start + 1, start + 1);
        } else if ("})]".includes(event.key) && start === end && value[start] === event.key) {
            event.preventDefault();
            this.#area.setSelectionRange(start + 1, start + 1);
        } else if (event.key === "Backspace" && start === end && ["{}", "()", "[]"].includes(value.slice(start - 1, start + 1))) {
            event.preventDefault();
            this.#area.setSelectionRange(start - 1, start + 1);
            document.execCommand("delete");
        } else if ("})]".includes(event.key) && /^ {2,}$/.test(line)) {
            this.#area.setSelectionRange(start - 2, end);
            insert(event.key);
        }
    }

    #toggleComments() {
        const { comment } = this.#language;
        const { selectionStart, selectionEnd, value } = this.#area;
        const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
        const end = (value + "\n").indexOf("\n", Math.max(selectionEnd - (selectionEnd > selectionStart ? 1 : 0), start));
        const lines = value.slice(start, end).split("\n");
        const isOff = lines.every(line => line.trimStart().startsWith(comment) || line.trim() === "");
        const off = new RegExp(`^(\\s*)${comment} ?`);
        const changed = lines.map(line => isOff ? line.replace(off, "$1") : line.replace(/^(\s*)(?=\S)/, `$1${comment} `));
        this.#area.setSelectionRange(start, end);
        this.#insert(changed.join("\n"));
        this.#area.setSelectionRange(start, start + changed.join("\n").length);
    }
}

/** Whether a problem is about a token; one without length is about what follows it. */
const touches = (problem, token) => token.start < Math.max(problem.end, problem.start + 1) && problem.start < token.end;

/** The text with its tokens coloured, each in a span that knows its `offset`; those with a problem are underlined. */
function coloured(text, grammar, problems) {
    const fragment = document.createDocumentFragment();
    // A browser is slow with that many elements.
    if (text.length > 300_000) fragment.append(text);
    if (text.length > 300_000) return fragment;
    let end = 0;
    for (const token of tokensOf(text, grammar)) {
        const isBad = problems.some(problem => touches(problem, token));
        fragment.append(text.slice(end, token.start),
            element("span", { className: `${token.kind}${isBad ? " problem" : ""}`, offset: token.start }, token.text));
        end = token.end;
    }
    fragment.append(text.slice(end));
    return fragment;
}
