"use strict";

/**
 * What this browser remembers of this page's endpoint, each value under a name of its own.
 *
 * Values of a window (its tabs) are kept in the session, where other windows of the same page don't overwrite them, and
 * beside that for the next window to begin with.
 */
const storage = {
    read(name, otherwise) {
        for (const store of [() => sessionStorage, () => localStorage]) {
            try {
                const text = store().getItem(storage.key(name));
                if (text !== null) return JSON.parse(text);
            } catch { /* Forbidden, or not ours. */ }
        }
        return otherwise;
    },

    write(name, value, { ofWindow = false } = {}) {
        const text = JSON.stringify(value);
        for (const store of [() => localStorage, ...ofWindow ? [() => sessionStorage] : []]) {
            try { store().setItem(storage.key(name), text); } catch { /* Forbidden, or full: the page works without. */ }
        }
    },

    key: name => `playground ${location.pathname} ${name}`,
};
