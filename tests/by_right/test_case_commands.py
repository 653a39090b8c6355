"""``requests list`` and ``customers package``."""

import json
import stat
import zipfile
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from tests import commands
from tests.by_right.asking import BY, asked, cilla, known
from tests.cast import CILLA
from tryggve.audit import selectors as audit
from tryggve.audit.models import Entry
from tryggve.domains.customers.services import documents
from tryggve.domains.rights.management.verbs.package import NoSuchRequest, NotWritten
from tryggve.domains.rights.management.verbs.reasons import NoReason
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services.requests.case_answers import IdentityUnknown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm", "database_in_its_place")]


def _today() -> dict[str, Any]:
    now = timezone.now()
    return {"at": now, "received_on": timezone.localdate(now)}


def _package(customer: object, case: object, out: Path, *more: str) -> tuple[int, str]:
    why = () if "--reason" in more else ("--reason", "on a stick")
    return commands.run(
        "customers",
        "customers",
        "package",
        str(customer),
        "--case",
        str(case),
        "--output",
        str(out),
        *why,
        *more,
    )


def test_list_without_requests_says_so() -> None:
    assert commands.run("rights", "requests", "list") == (1, "Nobody waits for an answer.\n")
    assert commands.run("rights", "requests", "list", "--json") == (1, "[]\n")


def test_list_tells_ids_and_days_and_no_names() -> None:
    customer = cilla()
    case = asked(customer, **_today())
    status, out = commands.run("rights", "requests", "list", "--json")
    [told] = json.loads(out)
    assert (status, told["id"], told["customer"], told["kind"], told["state"], told["extended"]) == (
        0,
        str(case),
        str(customer),
        "access",
        "open",
        False,
    )
    assert told["days_left"] >= 28
    assert CILLA.name not in out + commands.run("rights", "requests", "list")[1]


def test_package_is_written_to_a_new_file_for_its_owner_alone(tmp_path: Path) -> None:
    customer, out = cilla(), tmp_path / "cilla.zip"
    case = known(asked(customer, **_today()), at=timezone.now())
    status, told = _package(customer, case, out, "--json")
    assert (status, json.loads(told)["size_bytes"]) == (0, out.stat().st_size)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "manifest.json" in zipfile.ZipFile(out).namelist()


def _reason() -> dict[str, str]:
    [entry] = Entry.objects.filter(action="rights.package-handed-out")
    return dict(audit.details_of([entry])[entry.pk].words)


def test_reason_for_which_a_package_leaves_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"fetched on Friday\n"), encoding="utf-8"))
    customer = cilla()
    _package(customer, known(asked(customer, **_today()), at=timezone.now()), tmp_path / "a", "--reason", "-")
    assert _reason() == {"reason": "fetched on Friday"}


@pytest.mark.parametrize("why", ["", "  "])
def test_package_for_no_reason_is_refused(tmp_path: Path, why: str) -> None:
    customer = cilla()
    case = known(asked(customer, **_today()), at=timezone.now())
    with pytest.raises(NoReason):
        _package(customer, case, tmp_path / "a.zip", "--reason", why)
    assert list(tmp_path.iterdir()) == []


def test_command_takes_along_only_documents_that_the_customer_gave(tmp_path: Path) -> None:
    customer, out = cilla(), tmp_path / "cilla.zip"
    case = known(asked(customer, "PORTABILITY", **_today()), at=timezone.now())
    given, own = _document(customer, "given.txt"), _document(customer, "our-assessment.txt")
    _package(customer, case, out)
    assert _documents_in(out) == []
    _package(customer, case, tmp_path / "with.zip", "--document", str(given))
    assert _documents_in(tmp_path / "with.zip") == ["documents/001-given.txt"]
    assert own != given


def test_command_takes_every_document_for_who_asks_what_is_held(tmp_path: Path) -> None:
    customer, out = cilla(), tmp_path / "cilla.zip"
    _document(customer, "ours.txt")
    _package(customer, known(asked(customer, **_today()), at=timezone.now()), out)
    assert _documents_in(out) == ["documents/001-ours.txt"]


def _document(customer: UUID, name: str) -> UUID:
    source = BytesIO(b"what stands in it")
    return documents.add_document(customer=customer, name=name, source=source, **{**BY, "at": timezone.now()})


def _documents_in(package: Path) -> list[str]:
    return [name for name in zipfile.ZipFile(package).namelist() if name.startswith("documents/")]


def test_package_over_another_file_is_refused(tmp_path: Path) -> None:
    customer, out = cilla(), tmp_path / "cilla.zip"
    out.write_text("mine")
    with pytest.raises(NotWritten):
        _package(customer, known(asked(customer, **_today()), at=timezone.now()), out)
    assert out.read_text() == "mine"


@pytest.mark.parametrize("case", ["00000000-0000-7000-8000-000000000001", "nonsense"])
def test_package_of_no_request_is_refused(tmp_path: Path, case: str) -> None:
    with pytest.raises(NoSuchRequest):
        _package(cilla(), case, tmp_path / "a.zip")


def test_package_of_another_customers_request_is_refused(tmp_path: Path) -> None:
    case = known(asked(cilla(), **_today()), at=timezone.now())
    with pytest.raises(NoSuchRequest):
        _package(cilla(), case, tmp_path / "a.zip")


def test_package_before_it_is_known_who_asks_is_refused(tmp_path: Path) -> None:
    customer = cilla()
    with pytest.raises(IdentityUnknown):
        _package(customer, asked(customer, **_today()), tmp_path / "a.zip")
    assert list(tmp_path.iterdir()) == []


def test_package_without_a_request_writes_one_down_to_be_answered(tmp_path: Path) -> None:
    told = ("--output", str(tmp_path / "a"), "--reason", "she stands here", "--json")
    customer = str(cilla())
    status, out = commands.run("customers", "customers", "package", customer, *told)
    case = Case.objects.get()
    assert (status, json.loads(out)["case"]) == (0, str(case.pk))
    assert (case.kind, case.state, case.identity_check) == ("ACCESS", "OPEN", "known")
    again = ("--output", str(tmp_path / "b"), *told[2:])
    assert commands.run("customers", "customers", "package", customer, *again)[0] == 0
    assert Case.objects.count() == 1
