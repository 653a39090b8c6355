"""A firm whose backups have been under way for a month, as its pages tell of them."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from django.test import Client

from tests import signing_in
from tests.cast import PASSWORD
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.domains.backups.models import Copy, Place, RestoreTest, Run, Shredding
from tryggve.domains.backups.services.restore_tests import keeping
from tryggve.domains.backups.tests import taken
from tryggve.lib.ids import new_id

HOME = "/protection/backups/"
DAY = timedelta(days=1)
EVERYTHING = (Copy.Kind.DATA, Copy.Kind.FOLDERS, Copy.Kind.KEYS)


def person(email: str, role: Role) -> User:
    return accounts.create_user(email=email, password=PASSWORD, name="Anna Ek", language="en", role=role)


def browser(role: Role = Role.OWNER) -> Client:
    return signing_in.browser_of(person(f"{role.lower()}@annas.se", role))


def text_of(browser: Client, address: str, **headers: str) -> str:
    answer = browser.get(address, headers=headers or None)
    assert answer.status_code == 200, answer
    return unescape(" ".join(answer.content.decode().split()))


def hidden(page: str, name: str) -> str:
    """What a form carries in a field that nobody sees."""
    [field] = re.findall(rf'<input type="hidden" name="{name}"[^>]*>', page)
    [value] = re.findall(r'value="([^"]*)"', field)
    return unescape(value)


def place(title: str, *, at: datetime, **fields: object) -> Place:
    """One that was seen just now."""
    return taken.place(title, at=at - 30 * DAY, **{"seen_at": at, "tried_at": at - 30 * DAY, **fields})


def restored(where: Place, run: Run, *, at: datetime, state: str = "PASSED", **fields: Any) -> RestoreTest:
    """A test after which people could have signed in seven minutes later, as it is kept in the log."""
    found = {
        "files": 12,
        "rows": 4_800,
        "customers": 20,
        "made_up": 1,
        "answered_seconds": 420,
        "data_age_minutes": 130,
    }
    row = RestoreTest(place=where, run=run, began_at=at, state=state, **{"found": found, **fields})
    keeping.keep(row, at=at + timedelta(minutes=8))
    return row


def proven(run: Run, *, at: datetime, **fields: object) -> Shredding:
    told = {"run": run, "read_back_at": at - DAY, "erased_at": at - DAY, "proven_at": at}
    return Shredding.objects.create(
        customer=new_id(), key=new_id(), planted_at=at - 8 * DAY, **{**told, **fields}
    )
