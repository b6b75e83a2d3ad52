"use strict";

/** Where a character of an element's text is on the screen. */
function rectangleAt(container, offset) {
    const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
    let rest = offset;
    while (walker.nextNode()) {
        const { length } = walker.currentNode;
        if (rest < length || (rest === length && length === 0)) break;
        rest -= length;
    }
    const range = document.createRange();
    range.setStart(walker.currentNode, Math.min(rest, walker.currentNode.length ?? 0));
    range.setEnd(walker.currentNode, Math.min(rest + 1, walker.currentNode.length ?? 0));
    return range.getClientRects()[0] ?? container.getBoundingClientRect();
}

/** Lays a box below a place, or above it where there is more room, without leaving the window. */
function placeBox(box, { left, top, bottom }) {
    const { width, height } = box.getBoundingClientRect();
    const isBelow = bottom + height + 8 < innerHeight || top < innerHeight / 2;
    box.style.left = `${Math.max(4, Math.min(left, document.documentElement.clientWidth - width - 4))}px`;
    box.style.top = `${isBelow ? bottom + 2 : Math.max(4, top - height - 2)}px`;
}

/** The list of what may come at an editor's caret. The focus stays in the text; the list follows ARIA's listbox pattern. */
class Suggestions {
    #area;
    #paint;
    #box = element("div", { className: "popup suggestions", hidden: true });
    #list = element("ul", { role: "listbox", ariaLabel: "Suggestions" });
    #about = element("p", { className: "muted" });
    #found = null;
    #index = 0;

    constructor(area, paint) {
        this.#area = area;
        this.#paint = paint;
        this.#list.id = `${area.id}-suggestions`;
        this.#box.append(this.#list, this.#about);
        document.querySelector("main").append(this.#box);
        area.setAttribute("aria-autocomplete", "list");
        area.setAttribute("aria-controls", this.#list.id);
        // The text area would lose the focus to what is pressed here.
        this.#box.addEventListener("pointerdown", event => event.preventDefault());
    }

    get isOpen() { return !this.#box.hidden; }

    open(found) {
        if (!this.isOpen) announce(plural(found.items.length, "suggestion"), { isShown: false });
        tooltip.hide();
        this.#found = found;
        this.#list.replaceChildren(...found.items.map((item, index) => element("li", {
            role: "option", id: `${this.#list.id}-${index}`, className: item.isDeprecated ? "deprecated" : "",
            onclick: () => { this.#index = index; this.#accept(); },
        }, element("span", {}, item.label), element("span", { className: "muted" }, item.detail))));
        this.#box.hidden = false;
        this.#move(0);
        this.place();
    }

    /** Lays the list at its word, which may have moved. */
    place() {
        if (this.isOpen) placeBox(this.#box, rectangleAt(this.#paint(), this.#found.start));
    }

    close() {
        this.#box.hidden = true;
        this.#area.removeAttribute("aria-activedescendant");
    }

    /** Returns whether the key was meant for the list. */
    keyDown(event) {
        const last = this.#found.items.length - 1;
        const move = {
            ArrowDown: this.#index === last ? 0 : this.#index + 1, ArrowUp: this.#index === 0 ? last : this.#index - 1,
            PageDown: Math.min(last, this.#index + 8), PageUp: Math.max(0, this.#index - 8),
        }[event.key];
        if (move !== undefined) this.#move(move);
        else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) this.#accept();
        else if (event.key === "Escape") this.close();
        else {
            if (/^Arrow|Home|End/.test(event.key)) this.close();
            return false;
        }
        event.preventDefault();
        return true;
    }

    #move(index) {
        this.#list.children[this.#index]?.removeAttribute("aria-selected");
        this.#index = index;
        const chosen = this.#list.children[index];
        chosen.ariaSelected = "true";
        chosen.scrollIntoView({ block: "nearest" });
        this.#area.setAttribute("aria-activedescendant", chosen.id);
        this.#about.textContent = this.#found.items[index].description ?? "";
    }

    #accept() {
        const { start, end, items } = this.#found;
        this.close();
        this.#area.setSelectionRange(start, end);
        document.execCommand("insertText", false, items[this.#index].insert);
    }
}

/** What a word is, or what is wrong with it, beside the pointer; keyboards have the problems' list and the documentation. */
const tooltip = {
    box: element("div", { className: "popup tooltip", hidden: true, role: "tooltip" }),

    show(place, problems, about) {
        this.box.replaceChildren(...problems.map(({ message }) => element("p", { className: "bad" }, message)));
        if (about) {
            this.box.append(
                element("p", {}, element("code", {}, about.title)),
                element("p", { className: "muted" }, about.description ?? ""));
        }
        this.box.hidden = false;
        if (!this.box.isConnected) document.querySelector("main").append(this.box);
        placeBox(this.box, place);
    },

    hide() { this.box.hidden = true; },
};
