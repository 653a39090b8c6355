"""DAT-03: whoever asks gets an answer in time. Broken by days that pass, on the disk and in the database."""

import shutil
from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import CILLA, NOW
from tests.evidence import measured
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit.models import Entry
from tryggve.controls.engine.standing import State
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.rights import package_files
from tryggve.domains.rights.models import Case, Package, Suppression
from tryggve.domains.rights.services.requests import cases
from tryggve.domains.setup.models import Firm

pytestmark = pytest.mark.django_db
TOO_LATE = NOW + timedelta(days=40)


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    register_index.forget()


def found(at: object = None) -> tuple[str, str]:
    moment = at or NOW
    assert isinstance(moment, type(NOW))
    return measured.found("DAT-03", moment)


def asked(customer: UUID) -> UUID:
    return cases.open_case(
        customer=customer, kind=Case.Kind.RECTIFICATION, channel=Case.Channel.PHONE, received_on=NOW.date(),
        words="wrong street", actor=MACHINE, at=NOW, reach=EVERYBODY,
    )  # fmt: skip


def test_company_that_nobody_asks_is_proven_by_the_drill(firm: Firm) -> None:
    assert found() == ("PROVED", "")
    assert measured.facts("DAT-03", NOW) == {"open": 0, "late": 0}


def test_request_past_its_last_day_fails_until_it_is_answered(firm: Firm, anna: User) -> None:
    [cilla] = add(CILLA)
    case = asked(cilla)
    assert found() == ("PROVED", "")
    assert measured.facts("DAT-03", NOW) == {"open": 1, "late": 0, "days_left": 31}
    assert found(TOO_LATE) == ("FAILING", "late")

    measured.attest("DAT-03", anna, TOO_LATE)
    assert measured.state("DAT-03", TOO_LATE) is State.FAILING

    cases.take_back(case=case, seen_revision=1, actor=MACHINE, at=TOO_LATE, reach=EVERYBODY)
    assert found(TOO_LATE) == ("PROVED", "")


def test_last_day_itself_is_in_time(firm: Firm) -> None:
    [cilla] = add(CILLA)
    asked(cilla)
    assert found(NOW + timedelta(days=31)) == ("PROVED", "")
    assert found(NOW + timedelta(days=32)) == ("FAILING", "late")


def test_disk_that_takes_no_package_fails_until_it_does(firm: Firm) -> None:
    folder = package_files.folder()
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    assert found() == ("FAILING", "no-package")
    folder.unlink()
    assert found() == ("PROVED", "")


def test_card_that_does_not_go_with_the_erasure_fails(firm: Firm) -> None:
    measured.hold_fast("customers_customer")
    assert found() == ("FAILING", "still-readable")
    measured.mend("customers_customer")
    assert found() == ("PROVED", "")


def test_nothing_of_who_asked_is_left(firm: Firm) -> None:
    others = Entry.objects.exclude(action__startswith="controls.")
    entries = others.count()
    assert found() == ("PROVED", "")
    rows = (Customer, Case, Package, Suppression)
    assert [kind._default_manager.count() for kind in rows] == [0, 0, 0, 0]
    assert others.count() == entries
    folder = package_files.folder()
    assert not folder.exists() or list(folder.iterdir()) == []
