"""What people do in the playground, each a check."""

import base64
import json
import re
import time

from axe_playwright_python.sync_playwright import Axe

import language_cases
from browser import Failed, wait_for

KEYSTONE = "9133da7c-3b98-4673-91dc-0dc58cc8740c"
MEMBER = "marcus.okafor@brightwater.example (member)"
VIEWER = "vera.lindqvist@brightwater.example (viewer)"
CONNECTIONS = "{ connections { id name connectionStatus agreement { fileName fileSize presignedUrl } } }"
UPLOAD = f"""mutation UploadAgreement($file: Upload!) {{
  uploadAgreement(connectedOrgId: "{KEYSTONE}", file: $file) {{ fileName fileSize }}
}}"""

checks = []


def check(**settings):
    """Registers a check; `settings` are those of its browser profile."""
    def register(function):
        function.settings = settings
        checks.append(function)
        return function
    return register


def pdf(words):
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n% " + words + b"\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def agreement_with_keystone(visit):
    visit.write(CONNECTIONS)
    visit.run()
    connections = visit.answer()["data"]["connections"]
    return next(connection["agreement"] for connection in connections if connection["id"] == KEYSTONE)


@check()
def the_three_examples_run_with_one_click_as_a_member(visit):
    page = visit.page
    labels = page.get_by_label("User", exact=True).locator("option").all_inner_texts()
    users = [f"{user['email']} ({user['role']})" for tenant in visit.ready["tenants"] for user in tenant["users"]]
    visit.expect(labels, users + ["Own token"], "users in the menu")
    visit.expect(page.get_by_label("User", exact=True).input_value(), MEMBER, "the user to begin with")
    visit.button("Connections").click()
    visit.wait_for("tabs.current.result?.text?.includes('connectionStatus')")
    visit.expect(visit.outcome().startswith("200 OK · "), True, visit.outcome())
    visit.button("Upload an agreement").click()
    visit.wait_for("tabs.current.result?.text?.includes('uploadAgreement')")
    visit.outcome()
    visit.expect(visit.answer()["data"]["uploadAgreement"]["fileName"], "Sample agreement.pdf")
    visit.button("Delete an agreement").click()
    visit.wait_for("tabs.current.result?.text?.includes('deleteAgreement')")
    visit.outcome()
    visit.expect(visit.answer(), {"data": {"deleteAgreement": True}})
    visit.expect(page.get_by_role("tab").count(), 1, "tabs: examples take each other's place")


@check()
def a_pdf_chosen_by_hand_is_uploaded_listed_and_downloaded_unchanged(visit):
    bytes_chosen = pdf(b"chosen by hand")
    visit.write(UPLOAD)
    chooser = visit.page.get_by_label("File for $file")
    chooser.set_input_files({"name": "Übereinkunft (1).pdf", "mimeType": "application/pdf", "buffer": bytes_chosen})
    visit.run()
    visit.expect(visit.answer()["data"]["uploadAgreement"]["fileSize"], len(bytes_chosen))
    agreement = agreement_with_keystone(visit)
    visit.expect(agreement["fileSize"], len(bytes_chosen))
    link = visit.page.get_by_role("link", name=agreement["presignedUrl"])
    visit.expect(link.get_attribute("rel"), "noopener noreferrer")
    with visit.page.expect_popup() as opened:
        with visit.context.expect_event("download") as downloading:
            link.click()
    download = downloading.value
    with open(download.path(), "rb") as file:
        visit.expect(file.read(), bytes_chosen, "the downloaded bytes")
    visit.expect(download.suggested_filename, agreement["fileName"])


@check()
def a_viewer_is_refused_and_the_error_leads_to_the_field(visit):
    visit.choose_user(VIEWER)
    visit.write(UPLOAD)
    visit.page.get_by_label("File for $file").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf(b"")})
    visit.run()
    errors = visit.page.get_by_role("list", name="Errors")
    visit.expect("FORBIDDEN" in errors.inner_text(), True, errors.inner_text())
    write = "query Q {\n  connections { id }\n  conections: connection { id }\n}"
    visit.write(write)
    outcome = visit.run()
    visit.expect(outcome.startswith("400 ") and outcome.endswith(" · 1 error"), True, outcome)
    errors.get_by_role("button", name="line 3, column 3").click()
    visit.expect(visit.selected(), "conections", "what the error selects")


@check()
def completion_follows_the_schema_and_enter_accepts(visit):
    page, editor = visit.page, visit.editor()
    visit.write("")
    editor.focus()
    page.keyboard.type("query Mine {")
    page.keyboard.press("Enter")
    page.keyboard.type("con")
    visit.suggestions()
    page.keyboard.press("Enter")
    page.keyboard.type(" {")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Space")
    options = visit.suggestions()
    labels = [text.split("\n")[0] for text in options.all_inner_texts()]
    visit.expect(labels, ["id", "name", "connectionStatus", "agreement", "__typename"])
    visit.expect(editor.get_attribute("aria-activedescendant"), options.first.get_attribute("id"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    visit.expect("Where your connection" in page.locator(".suggestions:visible").inner_text(), True, "a description")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    visit.expect(editor.input_value(), "query Mine {\n  connections {\n    connectionStatus\n  }\n}")
    visit.run()
    visit.expect(visit.answer()["data"]["connections"][0].keys(), {"connectionStatus": 0}.keys())


@check(viewport={"width": 700, "height": 600})
def suggestions_stay_while_the_editor_scrolls(visit):
    visit.write("")
    visit.editor().focus()
    visit.page.keyboard.type("{ " + "__typename " * 8 + "connections { agreement { fil", delay=5)
    visit.page.wait_for_timeout(200)
    visit.expect(len(visit.suggestions().all()), 2)
    visit.expect(visit.page.evaluate("document.querySelector('.editor').scrollLeft > 100"), True, "the editor has scrolled")


@check()
def problems_are_underlined_listed_and_reached_by_F8(visit):
    page = visit.page
    visit.write("query A {\n  connections { id nmae }\n}\nquery B { connections }")
    problems = page.get_by_role("list", name="Problems: GraphQL document").get_by_role("button")
    visit.expect_soon(problems.all_inner_texts, [
        '2:20 Cannot query field "nmae" on type "OrganizationLiteResponse". Did you mean "name"?',
        '4:11 Field "connections" of type "[OrganizationLiteResponse!]!" must have a selection of subfields: "connections { … }".',
    ])
    visit.expect(page.locator(".problem").all_inner_texts(), ["nmae", "connections"], "underlined")
    visit.expect(visit.editor().get_attribute("aria-invalid"), "true")
    visit.editor().focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("F8")
    visit.expect(visit.selected(), "nmae")
    page.keyboard.press("F8")
    visit.expect(visit.selected(), "connections")
    problems.first.click()
    visit.expect(visit.selected(), "nmae")
    page.keyboard.type("name")
    visit.wait_for("document.querySelectorAll('.problem').length === 1")
    page.locator("pre .problem").hover(force=True)
    page.get_by_role("tooltip").wait_for()
    visit.expect("must have a selection" in page.get_by_role("tooltip").inner_text(), True, "the tooltip")


@check()
def formatting_is_undone_by_one_undo_or_two_and_refused_for_a_broken_document(visit):
    page, editor = visit.page, visit.editor()
    visit.write("{connections{id #why\nname}}")
    editor.focus()
    page.keyboard.press("Alt+Shift+F")
    visit.expect(editor.input_value(), "{\n  connections {\n    id #why\n    name\n  }\n}\n")
    page.keyboard.press("Control+z")
    visit.expect(editor.input_value(), "{connections{id #why\nname}}")
    visit.write("{connections{id")
    visit.button("Format").click()
    visit.expect(editor.input_value(), "{connections{id")
    visit.expect(page.get_by_role("status").filter(has_text="Not formatted").inner_text(), "Not formatted: Expected a field, found the end.")


@check()
def the_language_is_understood(visit):
    differences = list(language_cases.differences(visit.page))
    if differences:
        raise Failed("\n".join(differences))


@check()
def variables_are_checked_and_completed(visit):
    page = visit.page
    visit.write("mutation M($org: ID!, $file: Upload!) { uploadAgreement(connectedOrgId: $org, file: $file) { fileName } }")
    editor = visit.editor("Variables, a JSON object")
    editor.focus()
    page.keyboard.press("Control+Space")
    page.keyboard.press("Enter")
    visit.expect(json.loads(editor.input_value()), {"org": "", "file": None})
    visit.write('{ "org": true, "fil": 1 }', "Variables, a JSON object")
    problems = page.get_by_role("list", name="Problems: Variables, a JSON object").get_by_role("button")
    visit.expect_soon(problems.all_inner_texts, [
        '1:10 Expected a value of type "ID", found true.', '1:16 The operation has no variable "$fil". Did you mean "file"?'])
    visit.write('{ "org": "' + KEYSTONE + '" ', "Variables, a JSON object")
    visit.wait_for("document.querySelector('#variables-problems').textContent.includes('found the end')")
    visit.write('{ "org": "' + KEYSTONE + '" }', "Variables, a JSON object")
    page.get_by_label("File for $file").set_input_files({"name": "by variable.pdf", "mimeType": "application/pdf", "buffer": pdf(b"")})
    visit.run()
    visit.expect(visit.answer(), {"data": {"uploadAgreement": {"fileName": "by variable.pdf"}}})
    visit.write("mutation M($all: [Upload!]!, $one: Upload) { deleteAgreement(connectedOrgId: 1) }")
    visit.expect(page.locator("#files label").all_inner_texts(), ["Files for $all", "File for $one"])
    visit.expect(page.get_by_label("Files for $all").get_attribute("multiple"), "")


@check()
def the_caret_chooses_the_operation(visit):
    page = visit.page
    visit.write("query A { __typename }\n\nquery B { b: __typename }")
    visit.editor().focus()
    page.keyboard.press("Control+Home")
    visit.expect_soon(page.get_by_label("Operation to run").input_value, "A")
    page.keyboard.press("Control+Enter")
    visit.outcome()
    visit.expect(visit.answer(), {"data": {"__typename": "Query"}})
    page.keyboard.press("Control+End")
    visit.expect_soon(page.get_by_label("Operation to run").input_value, "B")
    page.keyboard.press("Control+Enter")
    visit.wait_for("tabs.current.result?.text?.includes('\"b\"')")


@check()
def tabs_and_history_survive_a_reload(visit):
    page = visit.page
    visit.write("query First { __typename }")
    visit.run()
    visit.button("New tab").click()
    visit.editor().focus()
    page.keyboard.insert_text("query Second { second: __typename }")
    visit.write('{ "a": 1 }', "Variables, a JSON object")
    page.reload()
    visit.wait_for("schema !== null")
    tabs = page.get_by_role("tab")
    visit.expect(tabs.locator(".name").all_inner_texts(), ["First", "Second"])
    visit.expect(visit.editor().input_value(), "query Second { second: __typename }")
    visit.expect(visit.editor("Variables, a JSON object").input_value(), '{ "a": 1 }')
    tabs.first.click()
    visit.expect(visit.editor().input_value(), "query First { __typename }")
    page.keyboard.press("ArrowRight")
    visit.expect(page.get_by_role("tab", selected=True).locator(".name").inner_text(), "Second")
    page.keyboard.press("Delete")
    visit.expect(tabs.locator(".name").all_inner_texts(), ["First"])
    visit.write("{ other: __typename }")
    visit.button("History").click()
    entries = page.get_by_role("list", name="Requests, the latest first").get_by_role("button")
    visit.expect(entries.all_inner_texts(), ["First"])
    entries.first.click()
    visit.expect(visit.editor().input_value(), "query First { __typename }")
    visit.expect(tabs.locator(".name").all_inner_texts(), ["{ other }", "First"])
    page.get_by_label("Search requests").fill("nothing like it")
    visit.expect(entries.count(), 0)
    page.get_by_label("Search requests").fill("")
    visit.button("Clear").click()
    visit.expect(entries.count(), 0)


@check()
def windows_keep_their_own_tabs(visit):
    visit.write("query One { __typename }")
    other = visit.open()
    other.get_by_role("textbox", name="GraphQL document").fill("query Two { __typename }")
    visit.page.reload()
    visit.expect(visit.editor().input_value(), "query One { __typename }")


@check()
def a_link_opens_the_request_elsewhere_and_runs_nothing(visit):
    text = 'query Ünïcode($a: Int) {\n  connections { id } # "ä"\n}'
    visit.write(text)
    visit.write('{ "a": 1 }', "Variables, a JSON object")
    visit.button("Copy link").click()
    visit.page.get_by_role("status").filter(has_text="Link copied.").wait_for()
    link = visit.page.evaluate("navigator.clipboard.readText()")
    visit.expect(link.startswith(visit.url + "#request="), True, link)
    token = visit.page.get_by_label("Bearer token")
    visit.expect(re.search(r"eyJ", base64.urlsafe_b64decode(link.split("=")[1] + "==").decode()), None, "a token in the link")
    visit.expect(token.count(), 1)
    other = visit.context.browser.new_context()
    page = other.new_page()
    page.goto(link)
    wait_for(page, "schema !== null")
    visit.expect(page.get_by_role("textbox", name="GraphQL document").input_value(), text)
    visit.expect(page.get_by_role("textbox", name="Variables, a JSON object").input_value(), '{ "a": 1 }')
    visit.expect(page.evaluate("[location.hash, tabs.current.result]"), ["", None], "nothing was run")
    page.goto(visit.url + "#request=bm90aGluZw")
    wait_for(page, "location.hash === ''")
    visit.expect(page.get_by_role("tab").count(), 2, "a broken link opens nothing")
    other.close()


@check()
def the_token_is_decoded_and_its_end_is_told(visit):
    page = visit.page
    page.get_by_text("Token and headers").click()
    claims = page.locator("#claims")
    visit.expect("org_01J8Q2V9Z4BRGHTWATER0CNTR1" in claims.inner_text(), True, claims.inner_text())
    visit.expect(page.locator("#expiry").inner_text().startswith("expires in "), True, page.locator("#expiry").inner_text())
    part = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
    page.get_by_label("Bearer token").fill(f"Bearer {part({'alg': 'RS256'})}.{part({'sub': 'Zoë', 'exp': int(time.time()) - 7200})}.c2ln")
    visit.expect(page.locator("#expiry").inner_text(), "expired 2 hours ago")
    visit.expect(claims.inner_text().startswith("sub\nZoë\nexp\n"), True, claims.inner_text())
    visit.expect(page.get_by_label("User", exact=True).input_value(), "", "the demo user")
    visit.write(CONNECTIONS)
    visit.expect(visit.run().startswith("401 "), True, "the outcome")
    page.get_by_label("Bearer token").fill("nonsense")
    visit.expect(page.locator("#expiry").inner_text(), "this is no JSON Web Token")
    visit.choose_user(MEMBER)
    visit.write('{ "X Name": "value" }', "Other headers")
    visit.wait_for("document.querySelector('#headers-problems').textContent.includes('not the name of a header')")
    visit.write('{ "X-Request-ID": "asked-by-hand" }', "Other headers")
    visit.write("{ nothing }")
    visit.run()
    visit.expect(visit.answer()["errors"][0]["extensions"]["requestId"], "asked-by-hand")


@check()
def the_response_folds_and_keeps_every_digit(visit):
    page = visit.page
    visit.write(CONNECTIONS)
    visit.run()
    tree = page.get_by_role("tree", name="Response body")
    data = tree.get_by_role("treeitem", name="data, 1 field")
    count = tree.get_by_role("treeitem").count()
    data.locator(".twist").first.click()
    visit.expect([data.get_attribute("aria-expanded"), tree.get_by_role("treeitem").count()], ["false", 2])
    page.keyboard.press("ArrowRight")
    visit.expect(tree.get_by_role("treeitem").count(), count)
    page.keyboard.press("ArrowRight")
    visit.expect(page.evaluate("document.activeElement.ariaLabel"), "connections, 7 items")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    visit.expect(page.evaluate("document.activeElement.ariaLabel"), "data, 1 field")
    visit.button("Copy").click()
    page.get_by_role("status").filter(has_text="Response copied.").wait_for()
    visit.expect(json.loads(page.evaluate("navigator.clipboard.readText()")), visit.answer())
    # Made here, since the server has neither such numbers nor that many.
    page.evaluate("""responseView.show(`{"number": 12345678901234567890.10, "items": [${Array(100_000).fill('{"a": [1]}')}]}`)""")
    visit.expect(tree.get_by_role("treeitem").nth(1).inner_text(), '"number": 12345678901234567890.10,')
    visit.expect(tree.get_by_role("treeitem").count() < 3000, True, "a list of 100,000 is shown bit by bit")
    visit.button("99750 more …").click()
    visit.expect(visit.button("99500 more …").is_visible(), True)
    page.evaluate("responseView.show('<b>no JSON</b>')")
    visit.expect(page.get_by_role("region", name="Response body").inner_text(), "<b>no JSON</b>")


@check()
def the_documentation_is_searched_and_opened_at_the_caret(visit):
    page = visit.page
    search = page.get_by_label("Search types and fields")
    search.fill("presigned")
    page.get_by_role("button", name="AgreementResponse.presignedUrl", exact=True).click()
    panel = page.get_by_role("complementary", name="Documentation")
    visit.expect(panel.get_by_role("heading", level=3).inner_text(), "AgreementResponse object")
    visit.expect("A link that downloads" in page.evaluate("document.activeElement.textContent"), True, "the field has the focus")
    visit.expect(panel.get_by_role("button", name="OrganizationLiteResponse.agreement").count(), 1, "used by")
    visit.button("Back").click()
    visit.expect(panel.get_by_text("Operations").count(), 1)
    visit.write("{ connections { connectionStatus } }")
    visit.editor().focus()
    page.evaluate("document.getElementById('document').setSelectionRange(18, 18)")
    page.keyboard.press("Alt+Shift+D")
    visit.expect("Where your connection with it stands." in page.evaluate("document.activeElement.textContent"), True)
    page.keyboard.press("Escape")
    visit.expect([panel.count(), visit.focused()], [0, "documentation-toggle"], "after Escape")


@check()
def everything_works_by_keyboard_alone(visit):
    page = visit.page
    page.evaluate("document.getElementById('documentation').hidden || showPanel(null, { focus: false })")
    order = []
    for _ in range(14):
        page.keyboard.press("Tab")
        order.append(visit.focused())
    visit.expect(order, [
        "user", "theme", "history-toggle", "documentation-toggle", "shortcuts-open", "tab-0", "new-tab", "Connections", "Upload an agreement",
        "Delete an agreement", "run", "format", "share", "document"], "the order of the focus")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type("{ __typename", delay=5)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    visit.outcome()
    visit.expect(visit.answer(), {"data": {"__typename": "Query"}})
    page.keyboard.press("Alt+Shift+R")
    page.keyboard.press("End")
    visit.expect(visit.focused(), '"__typename": "Query"')
    page.keyboard.press("Alt+Shift+E")
    page.keyboard.press("Tab")
    visit.expect(visit.focused(), "document", "Tab indents")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    visit.expect(visit.focused(), "Variables", "Escape, then Tab, leaves")
    page.keyboard.press("Alt+Shift+N")
    visit.expect([visit.focused(), page.get_by_role("tab").count()], ["document", 2])
    page.keyboard.press("Control+/")
    page.keyboard.type("{ a }")
    page.keyboard.press("Control+/")
    visit.expect(visit.editor().input_value(), "# { a }")
    page.keyboard.press("Alt+Shift+,")
    visit.expect(page.get_by_role("tab", selected=True).get_attribute("id"), "tab-0")
    page.keyboard.press("Alt+Shift+.")
    page.keyboard.press("Alt+Shift+W")
    visit.expect(page.get_by_role("tab").count(), 1)
    page.keyboard.press("Alt+Shift+H")
    visit.expect(visit.focused(), "history-search")
    page.keyboard.press("Escape")
    visit.expect(visit.focused(), "history-toggle")
    page.keyboard.press("Alt+Shift+K")
    visit.expect(page.get_by_role("dialog", name="Keyboard shortcuts").count(), 1)
    page.keyboard.press("Enter")
    visit.expect(page.get_by_role("dialog").count(), 0, "dialogs")
    page.keyboard.press("Alt+Shift+V")
    visit.expect(visit.focused(), "variables")


@check()
def a_request_is_stopped_and_a_dead_server_is_told(visit):
    page = visit.page
    visit.write("{ __typename }")
    # The network is what is held up here, not the server.
    held = []
    page.route("**/graphql", lambda route: held.append(route))
    visit.button("Run").click()
    visit.button("Stop").click()
    visit.outcome()
    visit.expect(page.get_by_role("list", name="Errors").inner_text(), "Stopped.")
    held[0].abort()
    page.unroute("**/graphql")
    page.route("**/graphql", lambda route: route.abort())
    visit.expect(visit.run(), "No response")
    visit.expect("did not come through" in page.get_by_role("list", name="Errors").inner_text(), True)


@check()
def without_introspection_requests_and_files_still_work(visit):
    page = visit.page
    refusal = {"errors": [{"message": "Introspection is switched off."}]}
    page.route("**/graphql", lambda route: route.fulfill(status=400, json=refusal)
               if "__schema" in (route.request.post_data or "") else route.continue_())
    visit.button("Reload").click()
    page.get_by_text("The schema can't be read: Introspection is switched off.").wait_for()
    visit.write(UPLOAD)
    page.get_by_label("File for $file").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf(b"")})
    visit.run()
    visit.expect(visit.answer()["data"]["uploadAgreement"]["fileName"], "a.pdf")
    visit.write("{ connections { nmae } ")
    problems = page.get_by_role("list", name="Problems: GraphQL document").get_by_role("button")
    visit.expect_soon(problems.all_inner_texts, ["1:22 Expected a field, found the end."])


@check(color_scheme="dark")
def colours_follow_the_system_until_they_are_chosen(visit):
    page = visit.page
    background = lambda: page.evaluate("getComputedStyle(document.body).backgroundColor")
    dark = background()
    page.get_by_label("Colours").select_option("light")
    light = background()
    visit.expect(light == dark, False, "the same background")
    page.reload()
    visit.wait_for("schema !== null")
    visit.expect(background(), light, "after a reload")


def expect_accessible(visit, state):
    results = Axe().run(visit.page, options={"resultTypes": ["violations"]})
    found = [f"{violation['id']}: {violation['help']}\n    " + "\n    ".join(node["html"][:160] for node in violation["nodes"][:5])
             for violation in results.response["violations"]]
    if found:
        raise Failed(f"axe-core, {state}:\n" + "\n".join(found))


def look_everywhere(visit, after_each):
    page = visit.page
    visit.write("query A($a: Int) {\n  connections { id nmae agreement { presignedUrl fileSize } } # comment\n}")
    visit.wait_for("document.querySelector('.problem')")
    after_each("problems")
    visit.run()
    after_each("an error")
    visit.write(UPLOAD.replace("fileName fileSize", "fileName fileSize presignedUrl"))
    visit.page.get_by_label("File for $file").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf(b"")})
    visit.run()
    page.get_by_text("Token and headers").click()
    after_each("a response, files, the token")
    visit.editor().focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("Control+Space")
    after_each("suggestions")
    page.keyboard.press("Escape")
    page.evaluate("showPanel('documentation')")
    page.get_by_label("Search types and fields").fill("agreement")
    after_each("a search")
    page.evaluate("documentation.open('Mutation')")
    after_each("documentation")
    page.evaluate("showPanel('history')")
    after_each("history")
    page.evaluate("showPanel(null)")
    visit.button("Keyboard shortcuts").click()
    after_each("shortcuts")


@check(color_scheme="light")
def axe_finds_nothing_in_light(visit):
    look_everywhere(visit, lambda state: expect_accessible(visit, state))


@check(color_scheme="dark")
def axe_finds_nothing_in_dark(visit):
    look_everywhere(visit, lambda state: expect_accessible(visit, state))


@check(viewport={"width": 375, "height": 812}, has_touch=True, is_mobile=True)
def nothing_is_wider_than_a_telephone(visit):
    def after_each(state):
        # What scrolls by itself may be wider inside.
        wide = visit.page.evaluate("""() => [...document.querySelectorAll("body *")].filter(other => {
            const { right, width } = other.getBoundingClientRect();
            return width > 0 && right > innerWidth + 0.5 && !other.closest(".editor, #tabs, .suggestions ul, .unseen");
        }).map(other => other.outerHTML.slice(0, 120))""")
        visit.expect(wide, [], f"wider than the window, {state}")
        visit.expect(visit.page.evaluate("document.documentElement.scrollWidth"), 375, state)
        expect_accessible(visit, state)
    after_each("at first")
    look_everywhere(visit, after_each)
