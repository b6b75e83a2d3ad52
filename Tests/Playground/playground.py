#!/usr/bin/env python3
"""The playground in a real Chromium, beside a running `accord dev`.

    playground.py READY_FILE [--only WORD] [--screenshots FOLDER]

Each check has a browser profile of its own. Besides what it looks at itself, it fails for an error on the console, for a
request to another origin, and for anything that the content security policy had to refuse. Status 1 when one fails.
"""

import argparse
import json
import sys
import traceback

from playwright.sync_api import sync_playwright

import journeys
from browser import Failed, Visit, chromium
from screenshots import take_screenshots


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ready_file", help="what `accord dev --ready-file` wrote")
    parser.add_argument("--only", default="", help="only checks whose names contain this")
    parser.add_argument("--screenshots", help="also take the documentation's screenshots, into this folder")
    options = parser.parse_args()
    with open(options.ready_file, encoding="utf-8") as file:
        ready = json.load(file)
    failures = 0
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        for check in journeys.checks:
            name = check.__name__.replace("_", " ")
            if options.only not in name:
                continue
            try:
                with Visit(browser, ready, check.settings) as visit:
                    check(visit)
            except Exception as error:  # A check may fail in any way; the others still run.
                failures += 1
                detail = str(error) if isinstance(error, Failed) else traceback.format_exc(limit=-3)
                print(f"FAILED: {name}\n{detail}")
            else:
                print(f"passed: {name}")
        if options.screenshots:
            take_screenshots(browser, ready, options.screenshots)
        browser.close()
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
