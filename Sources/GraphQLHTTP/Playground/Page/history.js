"use strict";

/** What was run from this browser, the latest first; the same request once. Files, headers and tokens are not kept. */
const requestHistory = {
    limit: 100,

    get entries() { return storage.read("history", []); },

    add(entry) {
        const isSame = other => ["document", "variables", "operation"].every(name => other[name] === entry[name]);
        // Read again each time: another window may have added some.
        let entries = [entry, ...this.entries.filter(other => !isSame(other))].slice(0, this.limit);
        while (entries.length > 1 && JSON.stringify(entries).length > 1_000_000) entries = entries.slice(0, -1);
        storage.write("history", entries);
        this.show();
    },

    clear() {
        storage.write("history", []);
        this.show();
        byID("history-search").focus();
    },

    show() {
        const search = byID("history-search").value.trim().toLowerCase();
        const found = this.entries.filter(entry => `${entry.document} ${entry.variables}`.toLowerCase().includes(search));
        byID("entries").replaceChildren(...found.map(entry => element("li", {},
            element("button", { type: "button", className: "link", title: entry.document, onclick: () => this.open(entry) },
                entry.operation || titleOf(entry.document)),
            element("div", { className: entry.isGood ? "muted" : "bad" },
                `${new Date(entry.at).toLocaleString()} · ${entry.outcome}`))));
        byID("history-clear").hidden = this.entries.length === 0;
        byID("no-entries").hidden = found.length > 0;
    },

    /** Told by the page: opens an entry. */
    open() {},
};
