"""The pictures of the documentation."""

import os

from browser import Visit

DOCUMENT = """query GetConnections {
  connections {
    id
    connectionStatus
    agreement { id fileName presignedUrl }
  }
}
"""

SHOTS = {
    "playground-light": {"viewport": {"width": 1280, "height": 760}, "color_scheme": "light"},
    "playground-dark": {"viewport": {"width": 1280, "height": 760}, "color_scheme": "dark"},
    "playground-narrow": {"viewport": {"width": 375, "height": 780}, "color_scheme": "light", "has_touch": True, "is_mobile": True},
}


def take_screenshots(browser, ready, folder):
    os.makedirs(folder, exist_ok=True)
    for name, settings in SHOTS.items():
        with Visit(browser, ready, settings) as visit:
            page = visit.page
            is_narrow = name.endswith("narrow")
            if is_narrow:
                visit.button("Upload an agreement").click()
                visit.wait_for("tabs.current.result?.text")
                page.wait_for_timeout(800)  # The page scrolls to the response by itself.
                page.evaluate("document.getElementById('work').scrollTo({ top: 0, behavior: 'instant' })")
            else:
                visit.write(DOCUMENT)
                visit.run()
            if name.endswith("dark"):
                visit.editor().focus()
                page.keyboard.press("Control+End")
                page.keyboard.type("\nquery Names { connections { nmae agreement { fil")
                visit.suggestions()
                visit.wait_for("document.querySelector('.problem')")
            page.screenshot(path=os.path.join(folder, f"{name}.png"))
