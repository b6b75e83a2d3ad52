"""A browser, and a visit of it to the playground that is watched all the time."""

import os
import shutil
import time
from urllib.parse import urlsplit


class Failed(AssertionError):
    """What a check found, in a sentence."""


def chromium(playwright):
    """The system's Chromium: playwright's own browsers are not needed."""
    program = os.environ.get("ACCORD_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    # Chromium has no sandbox for root, as whom containers run.
    return playwright.chromium.launch(executable_path=program, args=["--no-sandbox"] if os.geteuid() == 0 else [])


class Visit:
    """One profile with one page. `settings` are those of the profile, such as `viewport` and `color_scheme`."""

    def __init__(self, browser, ready, settings):
        self.url = ready["graphqlURL"]
        self.ready = ready
        self.complaints = []
        self.context = browser.new_context(**{"viewport": {"width": 1400, "height": 860}, "accept_downloads": True, **settings})
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=self.origin)
        self.context.add_init_script(
            "addEventListener('securitypolicyviolation', event => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))")
        self.context.on("request", self._requested)
        self.context.set_default_timeout(60_000)
        self.page = self.open()

    @property
    def origin(self):
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.url))

    def open(self, url=None):
        page = self.context.new_page()
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.goto(url or self.url)
        # The schema is there when the documentation is.
        wait_for(page, "schema !== null")
        return page

    def _requested(self, request):
        # Links that were opened on purpose lead to this server as well.
        if not request.url.startswith((self.origin, "data:", "blob:", "about:", "chrome-error:")):
            self.complaints.append(f"request to {request.url}")

    def _said(self, message):
        # A refused request is logged as an error by the browser itself; checks of refusals look at the page.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.context.close()
        if kind is None and self.complaints:
            raise Failed("\n".join(self.complaints))

    # What people do

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def editor(self, name="GraphQL document"):
        return self.page.get_by_role("textbox", name=name)

    def write(self, text, name="GraphQL document"):
        """Replaces an editor's text as if it were pasted."""
        self.editor(name).fill(text)

    def run(self):
        """Runs the request and returns the outcome's text."""
        self.button("Run").click()
        return self.outcome()

    def outcome(self):
        self.wait_for("!tabs.current.running && tabs.current.result !== null")
        return self.page.locator("#outcome").inner_text()

    def answer(self):
        """The response as it was received."""
        return self.page.evaluate("JSON.parse(tabs.current.result.text)")

    def choose_user(self, label):
        self.page.get_by_label("User", exact=True).select_option(label)

    def selected(self):
        """The selected text of the document editor."""
        return self.page.evaluate("(area => area.value.slice(area.selectionStart, area.selectionEnd))(document.getElementById('document'))")

    def focused(self):
        return self.page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")

    def expect(self, actual, expected, what=""):
        if actual != expected:
            raise Failed(f"{what or 'expected'}: {expected!r}, got {actual!r}")

    def expect_soon(self, actual, expected, what=""):
        """Compares what `actual()` says as soon as it is right."""
        deadline = time.monotonic() + 30
        while actual() != expected and time.monotonic() < deadline:
            self.page.wait_for_timeout(25)
        self.expect(actual(), expected, what)

    def suggestions(self):
        options = self.page.get_by_role("listbox", name="Suggestions").get_by_role("option")
        options.first.wait_for()
        return options

    def wait_for(self, expression):
        wait_for(self.page, expression)


def wait_for(page, expression):
    """Waits until an expression is true. (playwright's own way needs `eval`, which the page's policy forbids.)"""
    deadline = time.monotonic() + 60
    while not page.evaluate(expression):
        if time.monotonic() > deadline:
            raise Failed(f"waited in vain for {expression}")
        page.wait_for_timeout(25)
