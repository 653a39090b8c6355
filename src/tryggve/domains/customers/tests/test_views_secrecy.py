"""What is personal stays out of addresses, logs and the disk."""

import io
import logging
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import CILLA
from tryggve.domains.customers.tests.lists import add, csv_of, in_force
from tryggve.lib import folders, write_points
from tryggve.lib.logs import JsonLine

pytestmark = pytest.mark.django_db
PERSONAL = ["illa", "kerstr", "cilla@example", "174", "Storgatan", "morning", "Berit", "berit@"]
LIST = csv_of("Berit Åkerström;berit@example.se;;tea;43", "Cilla;cilla@")


def _upload(browser: Client, content: bytes, *, name: str = "kunder.csv", **more: str) -> Any:
    return browser.post("/customers/import/", {"file": SimpleUploadedFile(name, content), **more})


def _walk(browser: Client) -> list[Any]:
    """Everything that one does with customers, wrongly too."""
    [cilla] = add(CILLA)
    answers = [
        browser.get("/customers/"),
        browser.post("/customers/search/", {"text": "cilla"}, headers={"HX-Request": "true"}),
        browser.post("/customers/search/", {"text": "cilla åkerström"}),
        browser.get(f"/customers/{cilla}/"),
        browser.post(f"/customers/{cilla}/edit/", {"kind": "person", "name": "Cilla", "emails": "cilla@"}),
        browser.post(f"/customers/{cilla}/edit/", {"kind": "person", "name": "Cilla", "revision": "9"}),
        browser.post(f"/customers/{cilla}/erase/", {"name": "Cilla", "ground": "DUE"}),
        browser.get("/customers/found/cilla/"),
        browser.get("/customers/cilla/"),
        _upload(browser, b"\x00\x01Cilla"),
        _upload(browser, LIST, source="Berit's list"),
    ]
    batch = answers[-1].headers["Location"]
    answers += [browser.get(batch), browser.post(f"{batch}confirm/"), browser.post(f"{batch}confirm/")]
    return [*answers, browser.get(batch), browser.post(f"{batch}cancel/")]


def test_no_address_holds_anything_personal(as_anna: Client) -> None:
    answers = _walk(as_anna)
    led_to = [answer.headers["Location"] for answer in answers if "Location" in answer.headers]
    bodies = "".join(answer.content.decode() for answer in answers)
    linked = re.findall(r'(?:href|src|action|hx-\w+)="([^"]*)"', bodies)
    assert (len(led_to), len(linked) > 50, 'href="/customers/' in bodies) == (4, True, True)
    spoken = [address for address in linked if not address.startswith(("mailto:", "tel:"))]
    found = [address for address in (*led_to, *spoken) if any(word in address for word in PERSONAL)]
    assert found == []


@pytest.fixture
def printed() -> Iterator[io.StringIO]:
    """All that a process of the product writes to its log, and what it would write if asked for more."""
    root, out = logging.getLogger(), io.StringIO()
    handler, level = logging.StreamHandler(out), root.level
    handler.setFormatter(JsonLine())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def _telling(printed: io.StringIO) -> list[str]:
    return [line for line in printed.getvalue().splitlines() if any(word in line for word in PERSONAL)]


def test_no_log_holds_anything_personal(as_anna: Client, printed: io.StringIO) -> None:
    logging.getLogger("tryggve.tests").info("planted: Cilla")
    [planted] = _telling(printed)
    _walk(as_anna)
    assert _telling(printed) == [planted]


def test_failure_in_the_middle_is_logged_without_what_was_sent(as_anna: Client, printed: io.StringIO) -> None:
    def fail(*_words: object) -> None:
        raise ValueError("Cilla Åkerström")

    as_anna.raise_request_exception = False
    write_points.cut_with(fail)
    answer = as_anna.post("/customers/add/", {"kind": "person", "name": "Cilla Åkerström"})
    assert (answer.status_code, "ValueError" in printed.getvalue(), _telling(printed)) == (500, True, [])


class Disk:
    """What this process opens for writing, while somebody listens."""

    def __init__(self) -> None:
        self.opened: list[str] | None = None
        sys.addaudithook(self._hear)

    def _hear(self, event: str, details: tuple[Any, ...]) -> None:
        if self.opened is None or event not in ("open", "os.open", "tempfile.mkstemp", "os.mkdir"):
            return
        if event != "open" or (details[1] and set(str(details[1])) & set("wax+")) or (details[2] or 0) & 3:
            self.opened.append(str(details[0]))


_disk = Disk()


@pytest.fixture
def written() -> Iterator[list[str]]:
    _disk.opened = []
    yield _disk.opened
    _disk.opened = None


def test_upload_never_touches_the_disk(as_anna: Client, tmp_path: Path, written: list[str]) -> None:
    (tmp_path / "planted").write_text("heard")
    content = csv_of(*(f"Kund {number};k{number}@example.se;;;{'x' * 19_000}" for number in range(300)))
    assert len(content) > 2 * 2_621_440  # what Django by itself would keep in memory
    answer = _upload(as_anna, content)
    assert answer.status_code == 302
    heard, *others = written
    assert heard == str(tmp_path / "planted")
    ours = str(folders.current().data)
    assert {path.removeprefix(ours) for path in others} <= {
        "/keys.sqlite3.lock",
        "/files/incoming",
        os.devnull,
    }


def test_file_waiting_for_a_yes_is_in_no_file_in_clear(as_anna: Client) -> None:
    _upload(as_anna, LIST)
    assert in_force() == {}
    home = folders.current().data.parent
    files = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert not [content for content in files if b"berit@example" in content]
