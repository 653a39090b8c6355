"""Nobody is told that something is done before it is, and no package leaves that shouldn't."""

import io
import zipfile
from uuid import UUID

import pytest
from django.test import Client

from tests.by_right.asking import BY, answer, asked, cilla, known, letter, revision_of
from tests.erasure.erasing import ask as ask_erasure
from tryggve.domains.rights import package_files
from tryggve.domains.rights.models import Case, Package
from tryggve.domains.rights.services import packages
from tryggve.domains.rights.services.erasure import erasures
from tryggve.domains.rights.services.requests import case_deeds, cases
from tryggve.domains.rights.services.requests.being_done import NotDoneYet
from tryggve.domains.rights.services.requests.case_answers import IdentityUnknown, Outcome, Way
from tryggve.domains.rights.services.requests.cases import Identity
from tryggve.notices.models import OutboxMessage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]


def _state(case: UUID) -> str:
    return Case.objects.get(pk=case).state


@pytest.mark.parametrize("kind", ["ACCESS", "PORTABILITY", "ERASURE", "RESTRICTION"])
def test_nothing_is_called_done_that_nobody_has_done(kind: str) -> None:
    case = known(asked(cilla(), kind))
    with pytest.raises(NotDoneYet):
        answer(case)
    assert (_state(case), OutboxMessage.objects.count()) == (Case.State.OPEN, 0)


@pytest.mark.parametrize("kind", ["ERASURE", "RESTRICTION"])
def test_paper_makes_nothing_done(kind: str) -> None:
    with pytest.raises(NotDoneYet):
        answer(known(asked(cilla(), kind)), written=letter(way=Way.PAPER))


def test_erasure_that_was_called_off_is_not_called_done() -> None:
    customer = cilla()
    case = known(asked(customer, "ERASURE"))
    erasures.call_off(erasure=ask_erasure(customer), **BY)
    with pytest.raises(NotDoneYet):
        answer(case)
    ask_erasure(customer)
    answer(case)
    assert _state(case) == Case.State.DONE


def test_restriction_that_was_carried_out_is_told_as_done() -> None:
    case = known(asked(cilla(), "RESTRICTION"))
    case_deeds.carry_out(case=case, seen_revision=revision_of(case), **BY)
    answer(case)
    assert _state(case) == Case.State.DONE


@pytest.mark.parametrize("kind", ["ACCESS", "PORTABILITY"])
def test_package_that_was_made_is_told_as_given(kind: str) -> None:
    case = _with_package(kind)
    answer(case)
    assert _state(case) == Case.State.DONE
    assert _fetched(case)


def test_package_does_not_leave_once_it_is_unsure_who_asks() -> None:
    case = _with_package()
    made = Package.objects.get()
    Case.objects.filter(pk=case).update(identity_check=Identity.REFUSED)
    with pytest.raises(IdentityUnknown):
        _fetched(case)
    assert package_files.place_of(made.pk).exists()


def test_package_is_removed_when_it_becomes_unsure_who_asks(
    django_capture_on_commit_callbacks: object,
) -> None:
    case = _with_package()
    place = package_files.place_of(Package.objects.get().pk)
    assert place.exists()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # the plug-in's fixture
        known(case, how=Identity.REFUSED, why="another voice")
    assert (Package.objects.count(), place.exists()) == (0, False)


@pytest.mark.parametrize("end", ["taken back", "refused"])
def test_package_of_a_request_that_is_not_answered_so_does_not_leave(end: str) -> None:
    case = _with_package()
    if end == "refused":
        answer(case, Outcome.REFUSED, reason="You asked yesterday, too.")
    else:
        cases.take_back(case=case, seen_revision=revision_of(case), **BY)
    with pytest.raises(packages.NoPackage):
        _fetched(case)
    assert Package.objects.count() == 0


def test_package_that_is_ready_only_after_the_request_was_taken_back_does_not_leave() -> None:
    case = _with_package()
    Case.objects.filter(pk=case).update(state=Case.State.TAKEN_BACK)
    with pytest.raises(packages.NoPackage):
        _fetched(case)


def test_draft_about_an_erasure_tells_the_day_that_was_set(as_anna: Client) -> None:
    customer = cilla()
    case = known(asked(customer, "ERASURE"))
    before = as_anna.get(f"/customers/requests/{case}/write/?as=done&language=en").content.decode()
    assert "[Write the day]" in before
    ask_erasure(customer)
    after = as_anna.get(f"/customers/requests/{case}/write/?as=done&language=en").content.decode()
    assert "On 16 March 2026 it is erased" in after


def _with_package(kind: str = "ACCESS") -> UUID:
    case = known(asked(cilla(), kind))
    packages.make_now(case=case, language="en", **BY)
    return case


def _fetched(case: UUID) -> list[str]:
    _made, pieces = packages.hand_out(case=case, reason="on a stick", **BY)
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces))).namelist()
