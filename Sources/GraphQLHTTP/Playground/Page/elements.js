"use strict";

const byID = id => document.getElementById(id);

/** Makes an element. Strings become text nodes: nothing that a server sends is ever parsed as HTML. */
function element(tag, properties, ...children) {
    const { attributes = {}, ...others } = properties ?? {};
    const made = Object.assign(document.createElement(tag), others);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
}

/** A link that opens beside the page, and tells the other nothing of it. */
const outerLink = (href, text, className = "") =>
    element("a", { href, className, target: "_blank", rel: "noopener noreferrer" }, text);

/** Says something that just happened: to screen readers, and for a while to eyes if `isShown`. */
function announce(text, { isShown = true } = {}) {
    byID("notice").textContent = text;
    byID("notice").className = isShown ? "" : "unseen";
    clearTimeout(announce.timer);
    announce.timer = setTimeout(() => { byID("notice").textContent = ""; }, 6000);
}

/** The bytes behind Base64 of either alphabet; throws for anything else. */
const base64Bytes = text =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), character => character.charCodeAt(0));

const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** Arrow keys, Home and End move the focus along `items()`, as in tab lists and trees. Returns whether `event` was such. */
function moveFocus(event, items, { back, forth }) {
    const all = items();
    const index = all.indexOf(document.activeElement);
    const target = { [back]: index - 1, [forth]: index + 1, Home: 0, End: all.length - 1 }[event.key];
    if (target === undefined) return false;
    event.preventDefault();
    all[Math.max(0, Math.min(target, all.length - 1))]?.focus();
    return true;
}
