"""The pages that write something, asked for one after the other without a browser."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cast import CILLA, PASSWORD
from tests.leftovers import told
from tests.telephone import Telephone
from tryggve.domains.customers.models import CustomField, Document, Merge
from tryggve.domains.customers.tests.lists import csv_of
from tryggve.routines import jobs

LIST = csv_of("Cilla Åkerström;cilla@example.se;;tea;43", "Bo;bo@", "Dan Sørensen;dan@example.dk")


@dataclass
class Browsing:
    """A browser that keeps what each answer left behind."""

    client: Client
    sessions: list[dict[str, object]]
    messages: list[str]
    telephone: Telephone | None

    def post(self, address: str, **fields: Any) -> Any:
        return self._keep(self.client.post(address, fields))

    def get(self, address: str) -> Any:
        return self._keep(self.client.get(address))

    def _keep(self, answer: Any) -> Any:
        self.sessions.append(dict(self.client.session.items()))
        if "messages" in answer.cookies and answer.cookies["messages"].value:
            self.messages.append(answer.cookies["messages"].value)
        return answer


def sign_in(browsing: Browsing) -> None:
    browsing.post("/sign-in/", login="anna@example.se", password=PASSWORD)
    if browsing.telephone:
        browsing.post("/sign-in/second-step/", code=browsing.telephone.code())


def set_up(browsing: Browsing) -> None:
    """From the password through the second factor to the first steps, with everything that can go wrong."""
    browsing.post("/sign-in/", login="new@example.se", password="not the right one")
    browsing.post("/sign-in/", login="new@example.se", password=PASSWORD)
    browsing.get("/welcome/second-factor/")
    page = browsing.get("/sign-in/set-up/?next=/welcome/").content.decode()
    browsing.post("/sign-in/set-up/passkey/options/")
    browsing.post("/sign-in/set-up/", code="000000")
    telephone = Telephone(re.findall(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page)[0])
    browsing.post("/sign-in/set-up/", code=telephone.code())
    browsing.post("/sign-in/set-up/recovery-codes/")
    browsing.post("/sign-in/set-up/recovery-codes/", kept="yes")
    for step in ("website", "recovery-kit", "mail", "customers"):
        browsing.get(f"/welcome/{step}/")
        browsing.post(f"/welcome/{step}/")
    browsing.get("/welcome/")


def work_through(browsing: Browsing) -> None:
    """Sign in, bring in a list, write, search without scripts, change, fail, delete."""
    sign_in(browsing)
    preview = browsing.post("/customers/import/", file=SimpleUploadedFile("cilla.csv", LIST), source="fair")
    browsing.post(preview.headers["Location"] + "confirm/")
    assert jobs.run_next(owner="worker", now=timezone.now)
    made = browsing.post(
        "/customers/add/", kind="person", name=CILLA.name, emails=CILLA.emails[0], note="Likes tea"
    )
    card = made.headers["Location"]
    browsing.get(browsing.post("/customers/search/", text="Åkerström").headers["Location"])
    browsing.post(f"{card}edit/", kind="person", name=CILLA.name, note="Likes tea, green", revision=1)
    browsing.post(f"{card}edit/", kind="person", name="", note="Likes tea", revision=2)
    _work_on(browsing, card)
    _take_back(browsing, preview.headers["Location"])
    browsing.post(f"{card}erase/", name="Dan Sørensen", ground="DUE")
    browsing.post(f"{card}erase/", name=CILLA.name, ground="DUE")


def _work_on(browsing: Browsing, card: str) -> None:
    """All that belongs to one customer, and what is kept of the register for somebody."""
    for name, sensitive in (("Medlem", ""), ("Allergi", "yes")):
        browsing.post("/company/fields/add/", name=name, kind="TEXT", is_sensitive=sensitive)
    ordinary, secret = (f"own_{CustomField.objects.get(name=name).pk}" for name in ("Medlem", "Allergi"))
    made = browsing.post(
        "/customers/add/", kind="person", name=told.PERSON, tags=told.TAG, **{ordinary: told.ANSWER}
    )
    other = made.headers["Location"]
    browsing.post(f"{card}notes/add/", text=told.NOTE)
    file = SimpleUploadedFile(f"{told.TEXT_NAME}.txt", told.SENTENCE.encode())
    browsing.post(f"{card}documents/add/", file=file)
    browsing.get(f"{card}documents/{Document.objects.get().pk}/")
    browsing.post(f"{card}sensitive/change/", numbers=f"SE {told.NUMBER}", **{secret: told.SENSITIVE_ANSWER})
    browsing.post(f"{card}sensitive/", reason=told.REASON)
    browsing.post(f"{card}relate/", kind="FAMILY", text=told.PERSON)
    browsing.post(f"{card}relations/add/", kind="FAMILY", other=other.split("/")[2])
    for _time in range(2):  # of the second it is said that the name is taken
        browsing.post("/customers/views/", name=told.VIEW, query="sort=newest")
    browsing.post("/customers/export/", view="all", format="csv", reason=told.EXPORT_REASON)
    browsing.get(browsing.post("/customers/search/", text=told.NUMBER).headers["Location"])
    twin = browsing.post(
        "/customers/add/", kind="person", name=told.DOUBLE, emails=told.DOUBLE_EMAIL
    ).headers["Location"]
    browsing.post(f"{other}same/", text=told.DOUBLE)
    browsing.post(f"{other}same/{twin.split('/')[2]}/", kept_revision=1, gone_revision=1)
    browsing.post(f"{other}merges/{Merge.objects.get().pk}/undo/")


def _take_back(browsing: Browsing, done: str) -> None:
    """A row set aside is mended, somebody known gets a new number from a list, and that list is undone."""
    again = browsing.post(f"{done}mend/").headers["Location"]
    browsing.post(f"{again}rows/0/", cell_0=told.FIRM, cell_1=told.FIRM_EMAIL)
    browsing.post(f"{again}doubles/")
    newer = SimpleUploadedFile("dan.csv", csv_of("Dan Sørensen;dan@example.dk;+45 12 01 02 03"))
    second = browsing.post("/customers/import/", file=newer, source=told.SOURCE).headers["Location"]
    browsing.post(f"{second}confirm/")
    assert jobs.run_next(owner="worker", now=timezone.now)
    browsing.post(f"{second}undo/")
    assert jobs.run_next(owner="worker", now=timezone.now)
