"""Chromium, as our customers' browsers are set: their language, their width, and every complaint kept."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

WIDTHS = (1280, 390)
LANGUAGES = ("sv", "da", "en")
_REGIONS = {"sv": "sv-SE", "da": "da-DK", "en": "en-GB"}
_SWITCHES = [
    "--no-sandbox",  # the tests may run as root; only our own pages are opened
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# As long as the browser itself waits for what is clicked: a busy machine isn't a fault of the page.
expect.set_options(timeout=30_000)
_AXE = Path(__file__).parent.parent / "src/tryggve/_built/test/axe.min.js"
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_SWITCHES)
        yield browser
        browser.close()


# A page that answers 403 or 404 on purpose, and a search that the next key makes needless: htmx tells of both, and what
# really fails it calls by another name too.
_NO_COMPLAINT = ("status of 40", "htmx:sendAbort", "htmx:afterRequest")


class Visitor:
    """One person's browser window; ``complaints`` is what its console said."""

    def __init__(self, browser: Browser, *, language: str, width: int = 1280, scripts: bool = True) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 900},
            locale=_REGIONS[language],
            java_script_enabled=scripts,
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(one in message.text for one in _NO_COMPLAINT):
            self.complaints.append(message.text)

    def close(self) -> None:
        self.context.close()


def faults_of_access(page: Page) -> list[str]:
    """What axe finds wrong with the page, each with the place; run beside the page, so that its CSP stays on."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "standards => axe.run(document, {runOnly: standards, resultTypes: ['violations'], preload: false})",
        _STANDARDS,
    )
    return [
        f"{fault['id']} ({fault['impact']}): {json.dumps(node['target'])} {node['html'][:160]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def keep_picture(page: Page, name: str) -> None:
    """For whoever wants to see the pages: in the folder that JOURNEY_PICTURES names."""
    if folder := os.environ.get("JOURNEY_PICTURES"):
        file = Path(folder) / (re.sub(r"[^\w-]+", "_", name).strip("_") + ".png")
        page.screenshot(path=file, full_page=True)


def sideways_scroll(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    page.wait_for_load_state()
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider
