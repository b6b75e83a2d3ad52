"use strict";

/** What a tab is called: its first operation's name, or that one's first field. */
function titleOf(text) {
    const operation = text.match(/\b(?:query|mutation|subscription)\s+([_A-Za-z]\w*)/);
    const field = text.replace(/#.*/g, "").match(/\{\s*([_A-Za-z]\w*)/);
    return operation?.[1] ?? (field ? `{ ${field[1]} }` : "New tab");
}

/**
 * The tabs: `{ document, variables, operation }` is kept in the browser; `inputs`, `result` and `running` last as long as
 * the page. The list follows ARIA's tabs pattern: arrow keys move, Delete closes.
 */
class Tabs {
    #list = byID("tabs");
    #onSelect;
    all;
    index;

    constructor(first, onSelect) {
        this.#onSelect = onSelect;
        const kept = storage.read("tabs", null);
        const isTab = tab => typeof tab?.document === "string" && typeof tab.variables === "string";
        this.all = (Array.isArray(kept?.all) ? kept.all : []).filter(isTab).map(tab => this.#made(tab));
        if (this.all.length === 0) this.all = [this.#made(first)];
        this.index = this.all[kept?.index] ? kept.index : 0;
        this.#list.addEventListener("click", event => {
            const index = [...this.#list.children].indexOf(event.target.closest("[role=tab]"));
            if (index < 0) return;
            if (event.target.closest(".close")) this.close(index); else this.select(index);
        });
        this.#list.addEventListener("auxclick", event => {
            if (event.button === 1) this.close([...this.#list.children].indexOf(event.target.closest("[role=tab]")));
        });
        this.#list.addEventListener("keydown", event => {
            if (event.key === "Delete") { this.close(this.index); this.#list.children[this.index].focus(); }
            if (moveFocus(event, () => [...this.#list.children], { back: "ArrowLeft", forth: "ArrowRight" })) {
                this.select([...this.#list.children].indexOf(document.activeElement));
            }
        });
    }

    get current() { return this.all[this.index]; }

    #made({ document, variables = "", operation = "" }) {
        return { document, variables, operation, inputs: new Map(), result: null, running: null };
    }

    /** Opens a tab, or goes to the one that holds the same. A current tab that is `replaceable` is taken for it. */
    open(content, { replaceable = false } = {}) {
        const tab = this.#made(content);
        const same = this.all.findIndex(other => other.document === tab.document && other.variables === tab.variables);
        if (same >= 0 && tab.document) return this.select(same);
        if (replaceable || this.current.document.trim() === "" && tab.document) this.all[this.index] = tab;
        else this.all.splice(this.index + 1, 0, tab);
        this.select(this.all.indexOf(tab));
    }

    close(index) {
        const [closed] = this.all.splice(index, 1);
        closed.running?.abort();
        if (this.all.length === 0) this.all.push(this.#made({ document: "" }));
        this.select(Math.min(this.index > index ? this.index - 1 : this.index, this.all.length - 1));
    }

    select(index) {
        this.index = (index + this.all.length) % this.all.length;
        this.show();
        this.#onSelect(this.current);
    }

    /** Draws the tabs and keeps them. */
    show() {
        const hadFocus = this.#list.contains(document.activeElement);
        this.#list.replaceChildren(...this.all.map((tab, index) => {
            const title = titleOf(tab.document);
            const isCurrent = index === this.index;
            return element(
                "button",
                {
                    type: "button", role: "tab", id: `tab-${index}`, title,
                    ariaSelected: String(isCurrent), tabIndex: isCurrent ? 0 : -1,
                    attributes: { "aria-controls": "work", "aria-keyshortcuts": "Delete" },
                },
                element("span", { className: "name" }, title),
                element("span", { className: "close", ariaHidden: "true", title: "Close" }, "×"));
        }));
        const current = this.#list.children[this.index];
        if (hadFocus) current.focus();
        current.scrollIntoView({ block: "nearest", inline: "nearest" });
        byID("work").setAttribute("aria-labelledby", current.id);
        const all = this.all.map(({ document, variables, operation }) => ({ document, variables, operation }));
        storage.write("tabs", { all, index: this.index }, { ofWindow: true });
    }
}

/** A link that opens a request here, for others too. It is behind the `#`, which no browser sends to a server. */
function linkTo({ document, variables, operation }) {
    const bytes = new TextEncoder().encode(JSON.stringify({ document, variables, operation }));
    const text = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
    const urlSafe = text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    return `${location.origin}${location.pathname}#request=${urlSafe}`;
}

/** The request that a link leads to, or null. It is shown, never run: it may come from anybody. */
function requestInLink(hash) {
    const text = hash.match(/^#request=([\w-]+)$/)?.[1];
    if (!text) return null;
    try {
        const bytes = base64Bytes(text);
        const { document, variables = "", operation = "" } = JSON.parse(new TextDecoder().decode(bytes));
        const areTexts = [document, variables, operation].every(part => typeof part === "string");
        return areTexts ? { document, variables, operation } : null;
    } catch {
        return null;
    }
}
