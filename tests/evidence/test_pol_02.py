"""POL-02: customers can read the notice, and it is true. Broken at the server, by TLS and in the database."""

import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.cast import CILLA
from tests.evidence import measured
from tryggve.accounts.models import User
from tryggve.controls.engine.standing import State
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.exposure.tests.authority import Authority
from tryggve.domains.rights.models import NoticeVersion
from tryggve.domains.rights.tests import purposes
from tryggve.domains.setup.models import Firm

pytestmark = pytest.mark.django_db


@dataclass
class Door:
    """Where customers come: hands out the product's own pages, or what somebody put in their place."""

    server: ThreadingHTTPServer
    pages: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    def show_what_the_product_shows(self, *languages: str) -> None:
        for one in languages:
            answer = Client().get(f"/notice/{one}/")
            self.pages[f"/notice/{one}/"] = (answer.status_code, answer.content)

    def replace(self, old: str, new: str) -> None:
        self.pages = {
            path: (status, page.replace(old.encode(), new.encode()))
            for path, (status, page) in self.pages.items()
        }


@pytest.fixture
def door() -> Iterator[Door]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, page = opened.pages.get(self.path, (404, b"nothing"))
            self.send_response(status)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    opened = Door(server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield opened
    server.shutdown()
    server.server_close()


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def published(firm: Firm, door: Door, settings: Settings, now: datetime) -> Door:
    """Annas notice in two languages, read at her own address."""
    settings.ORIGIN = f"http://127.0.0.1:{door.port}"
    purposes.choose()
    purposes.write_details()
    purposes.publish("sv", "da", at=now)
    door.show_what_the_product_shows("sv", "da")
    return door


def found(now: datetime) -> tuple[str, str]:
    return measured.found("POL-02", now)


def test_notice_that_is_read_as_it_was_approved_is_proven(published: Door, now: datetime) -> None:
    assert found(now) == ("PROVED", "")
    told = measured.facts("POL-02", now)
    assert (told["languages"], set(told)) == (2, {"languages", "published_on"})


def test_page_that_says_something_else_fails_until_it_says_the_same(
    published: Door, anna: User, now: datetime
) -> None:
    published.replace("Annas Snickeri", "Annas snickeri")
    assert found(now) == ("FAILING", "other-words")

    measured.attest("POL-02", anna, now)
    assert measured.state("POL-02", now) is State.FAILING
    assert found(now) == ("FAILING", "other-words")

    published.show_what_the_product_shows("sv", "da")
    assert found(now) == ("PROVED", "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</h1>", "</h1><p>And we sell all of it.</p>"),
        ("<main", "<aside"),
        ("</main>", "<template>hidden</template></main><main>more</main>"),
    ],
)
def test_words_that_were_added_or_taken_away_are_seen(
    published: Door, now: datetime, old: str, new: str
) -> None:
    published.replace(old, new)
    assert found(now) == ("FAILING", "other-words")


def test_page_that_is_gone_in_one_language_fails(published: Door, now: datetime) -> None:
    page = published.pages.pop("/notice/da/")
    assert found(now) == ("FAILING", "no-page")
    published.pages["/notice/da/"] = (302, page[1])
    assert found(now) == ("FAILING", "no-page")
    published.pages["/notice/da/"] = page
    assert found(now) == ("PROVED", "")


def test_notice_that_was_changed_in_the_database_fails(published: Door, now: datetime) -> None:
    row = NoticeVersion.objects.get(language="sv")
    kept = row.content
    row.content = {**kept, "paper": {**kept["paper"], "title": "All is well"}}
    row.save()
    published.show_what_the_product_shows("sv")
    assert found(now) == ("FAILING", "changed")
    row.content = kept
    row.save()
    published.show_what_the_product_shows("sv")
    assert found(now) == ("PROVED", "")


def test_notice_that_nobody_approved_fails_whatever_its_fingerprint_says(
    published: Door, now: datetime
) -> None:
    measured.run("UPDATE rights_noticeversion SET number = 7 WHERE language = 'sv'")
    assert found(now) == ("FAILING", "changed")


def test_data_that_is_used_for_something_new_fails_until_the_notice_tells_it(
    published: Door, now: datetime
) -> None:
    purposes.choose("newsletter", kind="coach")
    assert found(now) == ("FAILING", "outdated")
    purposes.publish("sv", "da", at=now)
    published.show_what_the_product_shows("sv", "da")
    assert found(now) == ("PROVED", "")


def test_address_that_browsers_warn_of_fails_until_they_trust_it(
    published: Door, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    authority = Authority(tmp_path)
    context: ssl.SSLContext = authority.context("localhost")
    published.server.socket = context.wrap_socket(published.server.socket, server_side=True)
    settings.ORIGIN = f"https://localhost:{published.port}"
    purposes.publish("sv", "da", at=now)
    published.show_what_the_product_shows("sv", "da")
    assert found(now) == ("FAILING", "not-trusted")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    assert found(now) == ("PROVED", "")


def test_where_nobody_answers_nothing_is_known(published: Door, settings: Settings, now: datetime) -> None:
    published.server.shutdown()
    published.server.server_close()
    assert found(now) == ("unknown", "no-answer")


def test_address_of_this_computer_alone_shows_nothing(
    published: Door, settings: Settings, now: datetime
) -> None:
    settings.ORIGIN = ""
    purposes.publish("sv", "da", at=now)
    assert found(now) == ("unknown", "not-reached")


def test_bare_company_is_unknown_and_one_with_customers_and_no_notice_fails(
    firm: Firm, now: datetime
) -> None:
    assert found(now) == ("unknown", "nothing-yet")
    add(CILLA)
    assert found(now) == ("FAILING", "not-published")


@pytest.mark.process
@pytest.mark.django_db(transaction=True)
def test_notice_is_fetched_from_the_product_itself(
    live_server: LiveServer, settings: Settings, now: datetime
) -> None:
    Firm.objects.create(pk=1, name="Annas Snickeri", country="SE", language="sv", claimed_at=now)
    settings.ORIGIN = live_server.url
    purposes.choose()
    purposes.write_details()
    purposes.publish("sv", "da", "en", at=now)
    assert found(now) == ("PROVED", "")
