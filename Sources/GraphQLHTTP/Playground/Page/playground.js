"use strict";

// Everything put together: what the page does when it is opened, typed into, and run.

const settings = JSON.parse(byID("settings").textContent);
let schema = null;
/** The current tab's document as it last parsed: choosers for files shouldn't come and go with every letter. */
let parsed = null;
let tabs;

// MARK: Editors

const editors = {
    document: new Editor(byID("document"), {
        grammar: grammars.graphql,
        comment: "#",
        problemsIn(text) {
            if (text.trim() === "") return [];
            let document;
            try { document = parseDocument(text); } catch (problem) { return [problem]; }
            return schema ? problemsIn(document, schema) : [];
        },
        complete: (text, offset) => schema && completeDocument(text, offset, schema),
        describe: (text, offset) => schema && describeToken(text, offset, schema),
    }),
    variables: new Editor(byID("variables"), {
        grammar: grammars.json,
        problemsIn: text => problemsInVariables(text, chosenOperation(), schema),
        complete: (text, offset) => completeVariables(text, offset, chosenOperation(), schema),
    }),
    headers: new Editor(byID("headers"), {
        grammar: grammars.json,
        problemsIn(text) { try { headersIn(text); return []; } catch (problem) { return [problem]; } },
    }),
};

function formatEditors() {
    try {
        const formatted = formatDocument(editors.document.text);
        const variables = editors.variables.text.trim() && printJSON(parseJSON(editors.variables.text), "  ");
        editors.variables.replace(variables);
        editors.document.replace(formatted);
        editors.document.focus();
        announce("Formatted.");
    } catch (problem) {
        announce(`Not formatted: ${problem.message}`);
    }
}

// MARK: Operations and their files

const operations = () => parsed?.definitions.filter(({ kind }) => kind === "operation") ?? [];
const chosenOperation = () => operations()[Math.max(0, byID("operation").selectedIndex)];

function documentChanged() {
    tabs.current.document = editors.document.text;
    tabs.show();
    try { parsed = parseDocument(editors.document.text); } catch { /* The last one stays. */ }
    const chooser = byID("operation");
    const names = operations().map(({ name, operation }) => name?.text ?? `(${operation})`);
    chooser.replaceChildren(...names.map(name => element("option", {}, name)));
    chooser.hidden = names.length < 2;
    chooser.selectedIndex = Math.max(0, names.indexOf(tabs.current.operation));
    operationChanged();
}

function operationChanged() {
    tabs.current.operation = operations().length > 1 ? chosenOperation()?.name?.text ?? "" : "";
    editors.variables.check({ soon: true });
    showFiles();
}

/** Shows a chooser for each place that a file can take among the variables; one that is still wanted keeps its file. */
function showFiles() {
    let variables;
    try { variables = parseJSON(editors.variables.text); } catch { /* Places that depend on it have to wait. */ }
    const { inputs } = tabs.current;
    const places = placesForFiles(chosenOperation(), variables, schema);
    const wanted = places.map(({ path, isList }) => {
        const key = `${path} ${isList}`;
        if (!inputs.has(key)) inputs.set(key, element("input", { type: "file", name: path, multiple: isList }));
        return inputs.get(key);
    });
    const shown = [...byID("files").querySelectorAll("input")];
    if (shown.length === wanted.length && shown.every((input, index) => input === wanted[index])) return;
    byID("files").hidden = wanted.length === 0;
    byID("files").replaceChildren(...wanted.map(input => element("label", { className: "field" },
        `${input.multiple ? "Files" : "File"} for $${input.name.slice("variables.".length)}`, input)));
}

/** The inputs for files that the request has a place for. */
const shownFileInputs = () => [...byID("files").querySelectorAll("input")];

// MARK: Requests

async function run() {
    const tab = tabs.current;
    if (tab.running) return tab.running.abort();
    tab.running = new AbortController();
    tab.result = { outcome: "Running …" };
    showResult();
    const start = performance.now();
    const operation = chosenOperation()?.name?.text ?? "";
    const request = { document: editors.document.text, variables: editors.variables.text, operation };
    try {
        const variables = parseJSON(request.variables.trim() || "{}");
        if (variables.kind !== "object") throw new Problem("The variables must be a JSON object.", variables);
        const files = takeFiles(shownFileInputs(), variables);
        const response = await post(
            { query: request.document, operationName: request.operation, variables },
            { token: bearerToken(), headers: headersIn(editors.headers.text), files, signal: tab.running.signal });
        const bytes = await response.arrayBuffer();
        const duration = performance.now() - start;
        const text = new TextDecoder().decode(bytes);
        const errors = errorsIn(text);
        const status = `${response.status} ${response.statusText}`.trim();
        const count = errors.length > 0 ? [plural(errors.length, "error")] : [];
        const outcome = [status, durationText(duration), sizeText(bytes.byteLength), ...count].join(" · ");
        tab.result = { outcome, text, errors };
        requestHistory.add({ ...request, at: Date.now(), outcome, isGood: response.ok && errors.length === 0 });
    } catch (error) {
        const message = error.name === "AbortError" ? "Stopped."
            : error instanceof TypeError ? `The request did not come through: ${error.message}.` : error.message;
        tab.result = { outcome: "No response", text: "", errors: [{ message }] };
    } finally {
        tab.running = null;
    }
    if (tab !== tabs.current) return;
    showResult();
    // On a narrow screen the response lies below what can be seen.
    if (byID("work").scrollHeight > byID("work").clientHeight + 1) byID("response-pane").scrollIntoView();
}

function errorsIn(text) {
    try {
        const { errors } = JSON.parse(text);
        return Array.isArray(errors) ? errors : [];
    } catch {
        return [];
    }
}

const responseView = new ResponseView(byID("response"));

function showResult() {
    const { running, result } = tabs.current;
    const { outcome = "", text = "", errors = [] } = result ?? {};
    byID("run").textContent = running ? "Stop" : "Run";
    byID("outcome").textContent = outcome;
    byID("errors").hidden = errors.length === 0;
    byID("errors").replaceChildren(...errors.map(error => errorItem(error, place => editors.document.jump(place))));
    byID("copy").hidden = text === "";
    byID("response").hidden = text === "";
    byID("no-response").hidden = text !== "" || result !== null;
    responseView.show(text);
}

function showTab(tab) {
    parsed = null;
    editors.document.text = tab.document;
    editors.variables.text = tab.variables;
    byID("variables-pane").open ||= tab.variables.trim() !== "";
    editors.document.check();
    editors.variables.check();
    showResult();
}

/** Copies text, also where the page came by plain HTTP and has no clipboard. */
async function copy(text, what) {
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        const area = element("textarea", { value: text });
        const focused = document.activeElement;
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
        focused?.focus();
    }
    announce(`${what} copied.`);
}

function openExample(example) {
    const ownDocuments = (settings.examples ?? []).map(({ document }) => document);
    const variables = example.variables ? JSON.stringify(example.variables, null, 2) : "";
    tabs.open({ document: example.document, variables }, { replaceable: ownDocuments.includes(tabs.current.document) });
    for (const { path, name, type, base64 } of example.files ?? []) {
        const input = shownFileInputs().find(input => input.name === path);
        if (!input || input.files.length > 0) continue;
        const transfer = new DataTransfer();
        transfer.items.add(new File([base64Bytes(base64)], name, { type }));
        input.files = transfer.files;
    }
    if (!tabs.current.running) run();
}

// MARK: The schema and the panels

const documentation = new DocumentationView();

async function readSchema() {
    documentation.tell("Loading …");
    try {
        let headers = {};
        try { headers = headersIn(editors.headers.text); } catch { /* Said beside the headers. */ }
        schema = await loadSchema({ token: bearerToken(), headers });
        documentation.schema = schema;
    } catch (error) {
        schema = null;
        documentation.tell(`The schema can't be read: ${error.message}`, "bad");
    }
    showFiles();
    editors.document.check();
    editors.variables.check();
}

const panels = ["documentation", "history"];
/** Whether a panel takes the place of the work, as the style sheet has it. */
const isNarrow = () => matchMedia("(max-width: 799px)").matches;

/** Shows one of the panels, or none; `focus` moves the focus into it, or back to its button. */
function showPanel(name, { focus = true } = {}) {
    for (const panel of panels) {
        const wasShown = !byID(panel).hidden;
        byID(panel).hidden = panel !== name;
        byID(`${panel}-toggle`).ariaExpanded = String(panel === name);
        if (focus && wasShown && panel !== name && !name) byID(`${panel}-toggle`).focus();
    }
    storage.write("panel", name);
    if (name === "history") requestHistory.show();
    if (focus && name) byID(name).querySelector("input").focus();
}

const togglePanel = name => showPanel(byID(name).hidden ? name : null);

function documentWord() {
    const about = schema && describeToken(editors.document.text, editors.document.caret, schema);
    const isEditing = document.activeElement === byID("document");
    if (!isEditing || !about?.type) return togglePanel("documentation");
    showPanel("documentation", { focus: false });
    documentation.open(about.type, about.title.match(/\.(\w+):/)?.[1]);
}

// MARK: Token, users, theme

/** Takes over a new token. `user` is the label of the demo user it belongs to, empty for one's own. */
function tokenChanged(user) {
    byID("user").value = user;
    storage.write("token", { token: user ? "" : bearerToken(), user });
    showClaims();
}

function showTheme(theme) {
    byID("theme").value = theme;
    document.documentElement.style.colorScheme = theme === "system" ? "" : theme;
}

// MARK: Keyboard

function closeTab() {
    tabs.close(tabs.index);
    editors.document.focus();
}

function goToVariables() {
    byID("variables-pane").open = true;
    editors.variables.focus();
}

/** To the response's item that Tab reaches, or to a response that is no tree. */
function goToResponse() {
    const response = byID("response");
    (response.tabIndex === 0 ? response : response.querySelector("[tabindex='0']"))?.focus();
}

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
const alt = isApple ? "⌥⇧" : "Alt+Shift+";

/** `code` is the key's place on the keyboard: with Alt and Shift, letters differ by system. */
const shortcuts = [
    { keys: isApple ? "⌘Enter" : "Ctrl+Enter", what: "Run the operation at the caret, or stop it" },
    { keys: "Ctrl+Space", what: "Suggestions" },
    { keys: "F8", what: "Next problem in the document" },
    { keys: isApple ? "⌘/" : "Ctrl+/", what: "Comment lines out and in" },
    { keys: "Esc, then Tab", what: "Leave an editor" },
    { keys: `${alt}F`, code: "KeyF", what: "Format document and variables", action: formatEditors },
    { keys: `${alt}L`, code: "KeyL", what: "Copy a link to this request", action: () => byID("share").click() },
    { keys: `${alt}N`, code: "KeyN", what: "New tab", action: () => byID("new-tab").click() },
    { keys: `${alt}W`, code: "KeyW", what: "Close the tab", action: closeTab },
    { keys: `${alt}.`, code: "Period", what: "Next tab", action: () => tabs.select(tabs.index + 1) },
    { keys: `${alt},`, code: "Comma", what: "Previous tab", action: () => tabs.select(tabs.index - 1) },
    { keys: `${alt}E`, code: "KeyE", what: "Go to the document", action: () => editors.document.focus() },
    { keys: `${alt}V`, code: "KeyV", what: "Go to the variables", action: goToVariables },
    { keys: `${alt}R`, code: "KeyR", what: "Go to the response", action: goToResponse },
    { keys: `${alt}D`, code: "KeyD", what: "Documentation, of the word at the caret if there is any", action: documentWord },
    { keys: `${alt}H`, code: "KeyH", what: "History", action: () => togglePanel("history") },
    { keys: `${alt}K`, code: "KeyK", what: "This list", action: () => byID("shortcuts").showModal() },
];

document.addEventListener("keydown", event => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        if (!event.repeat) run();
    } else if (event.key === "F8") {
        event.preventDefault();
        editors.document.nextProblem();
    } else if (event.key === "Escape" && event.target.closest("aside")) {
        showPanel(null);
    } else if (event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey) {
        const shortcut = shortcuts.find(({ code }) => code === event.code);
        if (shortcut) event.preventDefault();
        shortcut?.action();
    }
});

// MARK: Start

const title = settings.title ?? "GraphQL playground";
document.title = title;
byID("title").textContent = title;
showTheme(storage.read("theme", "system"));
byID("shortcut-list").append(...shortcuts.flatMap(({ keys, what }) =>
    [element("dt", {}, element("kbd", {}, keys)), element("dd", {}, what)]));

// A demo user is remembered by label: the token of the day is the one that works.
const users = settings.users ?? [];
const remembered = storage.read("token", { token: "", user: "" });
const firstUser = users.find(({ label }) => label === settings.user) ?? users[0];
const rememberedUser = users.find(({ label }) => label === remembered.user) ?? (remembered.token ? undefined : firstUser);
byID("user-choice").hidden = users.length === 0;
const choices = [...users.map(({ label }) => [label, label]), ["", "Own token"]];
byID("user").append(...choices.map(([value, label]) => element("option", { value }, label)));
byID("token").value = rememberedUser?.token ?? remembered.token;
tokenChanged(rememberedUser?.label ?? "");
setInterval(showExpiry, 10_000);

byID("user").addEventListener("change", () => {
    byID("token").value = users.find(({ label }) => label === byID("user").value)?.token ?? "";
    tokenChanged(byID("user").value);
    if (byID("user").value === "") { byID("headers-pane").open = true; byID("token").focus(); }
    if (!schema) readSchema();
});
byID("token").addEventListener("input", () => tokenChanged(""));
byID("token").addEventListener("change", () => { if (!schema) readSchema(); });
byID("theme").addEventListener("change", () => {
    storage.write("theme", byID("theme").value);
    showTheme(byID("theme").value);
});

const examples = settings.examples ?? [];
byID("examples").hidden = examples.length === 0;
byID("examples").append(...examples.map(example =>
    element("button", { type: "button", onclick: () => openExample(example) }, example.title)));

tabs = new Tabs({ document: examples[0]?.document ?? "query {\n  __typename\n}\n" }, showTab);
editors.headers.text = storage.read("headers", "");
editors.document.onInput(documentChanged);
editors.variables.onInput(() => { tabs.current.variables = editors.variables.text; tabs.show(); showFiles(); });
editors.headers.onInput(() => storage.write("headers", editors.headers.text));
editors.document.onCaret(caret => {
    const index = operations().findIndex(({ start, end }) => start <= caret && caret <= end);
    if (index < 0 || index === byID("operation").selectedIndex) return;
    byID("operation").selectedIndex = index;
    operationChanged();
});
tabs.select(tabs.index);

function openLink() {
    const request = requestInLink(location.hash);
    if (location.hash) window.history.replaceState(null, "", location.pathname + location.search);
    if (!request) return;
    tabs.open(request);
    announce("Opened from a link. Read it before you run it.");
}
addEventListener("hashchange", openLink);
openLink();

byID("run").addEventListener("click", run);
byID("operation").addEventListener("change", operationChanged);
byID("format").addEventListener("click", formatEditors);
byID("share").addEventListener("click", () => copy(linkTo(tabs.current), "Link"));
byID("copy").addEventListener("click", () => {
    const { text } = tabs.current.result;
    try { copy(printJSON(parseJSON(text), "  "), "Response"); } catch { copy(text, "Response"); }
});
byID("new-tab").addEventListener("click", () => { tabs.open({ document: "" }); editors.document.focus(); });
for (const panel of panels) byID(`${panel}-toggle`).addEventListener("click", () => togglePanel(panel));
byID("reload").addEventListener("click", readSchema);
byID("history-search").addEventListener("input", () => requestHistory.show());
byID("history-clear").addEventListener("click", () => requestHistory.clear());
requestHistory.open = entry => {
    tabs.open(entry);
    if (isNarrow()) showPanel(null, { focus: false });
};
byID("shortcuts-open").addEventListener("click", () => byID("shortcuts").showModal());

const usualPanel = matchMedia("(min-width: 1280px)").matches ? "documentation" : null;
if (!isNarrow()) showPanel(storage.read("panel", usualPanel), { focus: false });
readSchema();
