"use strict";

/** The body of a response: JSON as a tree that folds, anything else as it came. */
class ResponseView {
    #container;
    #budget = 0;

    constructor(container) {
        this.#container = container;
        container.addEventListener("keydown", event => this.#keyDown(event));
        container.addEventListener("click", event => {
            const item = event.target.closest("[role=treeitem]");
            if (event.target.closest(".twist, .folded")) this.#toggle(item);
            if (item && !getSelection().toString()) item.focus({ preventScroll: true });
        });
        container.addEventListener("focusin", event => this.#makeReachable(event.target.closest("[role=treeitem]")));
    }

    /** Shows a text. Of a large tree only the beginning is unfolded; the rest is made when it is unfolded. */
    show(text) {
        this.#budget = 2000;
        let content = text;
        try { content = this.#item(parseJSON(text), null, ""); } catch { /* Not JSON, from a proxy perhaps. */ }
        this.#container.replaceChildren(content);
        this.#container.role = content === text ? "region" : "tree";
        this.#container.tabIndex = content === text ? 0 : -1;
        this.#makeReachable(this.#items()[0]);
    }

    #item(node, name, comma) {
        this.#budget -= 1;
        const label = name === null ? [] : [element("span", { className: "key" }, JSON.stringify(name)), ": "];
        const entries = node.kind === "object" ? node.fields.map(({ name, value }) => [name.text, value])
            : node.items?.map(item => [null, item]) ?? [];
        const item = element("div", { role: "treeitem", tabIndex: -1 });
        if (entries.length === 0) {
            item.append(element("div", { className: "line" }, ...label, this.#leaf(node), comma));
            return item;
        }
        const [open, close] = node.kind === "object" ? "{}" : "[]";
        const count = node.kind === "object" ? plural(entries.length, "field") : plural(entries.length, "item");
        item.ariaLabel = `${name ?? (node.kind === "object" ? "object" : "list")}, ${count}`;
        item.append(
            element("div", { className: "line" }, element("span", { className: "twist" }), ...label, open,
                element("span", { className: "folded" }, ` ${count} `, close, comma)),
            element("div", { role: "group" }), element("div", { className: "line close" }, close, comma));
        item.entries = entries;
        item.ariaExpanded = "false";
        if (this.#budget > 0) this.#unfold(item);
        return item;
    }

    #leaf(node) {
        const kinds = { int: "number", float: "number", boolean: "keyword", null: "keyword", string: "string" };
        const kind = kinds[node.kind] ?? "mark";
        const text = printJSON(node);
        const isLink = node.kind === "string" && /^https?:\/\/\S+$/.test(node.value);
        return isLink ? outerLink(node.value, text, kind) : element("span", { className: kind }, text);
    }

    #unfold(item) {
        item.ariaExpanded = "true";
        const group = item.querySelector(":scope > [role=group]");
        if (item.entries && group.childElementCount === 0) this.#fill(group, item.entries, 0);
    }

    /** Adds entries from the one at `start` on, some at a time: a list may have a hundred thousand. */
    #fill(group, entries, start) {
        const end = Math.min(entries.length, start + 250);
        entries.slice(start, end).forEach(([name, value], index) =>
            group.append(this.#item(value, name, start + index < entries.length - 1 ? "," : "")));
        if (end === entries.length) return;
        const more = element("button", { type: "button", className: "link", onclick: () => {
            more.remove();
            this.#budget = 2000;
            this.#fill(group, entries, end);
            group.children[end]?.focus();
        } }, `${entries.length - end} more …`);
        group.append(more);
    }

    #toggle(item) {
        if (item.ariaExpanded === "true") item.ariaExpanded = "false";
        else if (item.ariaExpanded === "false") { this.#budget = 200; this.#unfold(item); }
    }

    /** The items that can be seen, from top to bottom. */
    #items() {
        return [...this.#container.querySelectorAll("[role=treeitem]")]
            .filter(item => !item.parentElement.closest("[aria-expanded=false]"));
    }

    /** One item at a time is reached by Tab; the others by the arrow keys. */
    #makeReachable(item) {
        if (!item) return;
        for (const other of this.#container.querySelectorAll("[role=treeitem][tabindex='0']")) other.tabIndex = -1;
        item.tabIndex = 0;
    }

    #keyDown(event) {
        const item = document.activeElement;
        if (item.role !== "treeitem" || event.ctrlKey || event.metaKey || event.altKey) return;
        if (moveFocus(event, () => this.#items(), { back: "ArrowUp", forth: "ArrowDown" })) return;
        if (event.key === "ArrowRight" && item.ariaExpanded === "true") item.querySelector("[role=treeitem]")?.focus();
        else if (event.key === "ArrowRight" && item.ariaExpanded === "false") this.#toggle(item);
        else if (event.key === "ArrowLeft" && item.ariaExpanded === "true") this.#toggle(item);
        else if (event.key === "ArrowLeft") item.parentElement.closest("[role=treeitem]")?.focus();
        else if (event.key === "Enter" && item.ariaExpanded) this.#toggle(item);
        else if (event.key === "Enter") item.querySelector("a")?.click();
        else return;
        event.preventDefault();
    }
}

/** The message of one error, its code and place, and buttons that lead to what it is about. */
function errorItem(error, jump) {
    const places = (Array.isArray(error?.locations) ? error.locations : []).map(place => {
        const text = `line ${place.line}, column ${place.column}`;
        return element("button", { type: "button", className: "link", onclick: () => jump(place) }, text);
    });
    const path = Array.isArray(error?.path) ? error.path.join(".") : null;
    const details = [error?.extensions?.code, path, ...places, error?.extensions?.requestId].filter(Boolean);
    const separated = details.flatMap((detail, index) => index > 0 ? [" · ", detail] : [detail]);
    return element("li", {}, element("div", {}, String(error?.message ?? "An error without a message.")),
        element("div", { className: "muted" }, ...separated));
}

function sizeText(bytes) {
    if (bytes < 1024) return `${bytes} B`;
    return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

function durationText(milliseconds) {
    if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
    return milliseconds < 10_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
