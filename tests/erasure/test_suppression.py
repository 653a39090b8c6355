"""Who asked to be erased doesn't come back with an old list; of them nothing is kept but keyed hashes."""

import json
from uuid import UUID

import pytest

from tests.cast import CILLA, DAN, NOW
from tests.erasure.erasing import AFTER, ANNA, ask, erase
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.services import import_jobs, imports, left_over
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.holding import document_of
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, in_force
from tryggve.domains.rights.models import Erasure, Suppression
from tryggve.domains.rights.services import suppression
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.erasure import erasures

pytestmark = pytest.mark.django_db

HEADINGS = "Name;E-mail;Phone;Personnummer"
BO = "Bo Ek;bo@example.se;;"


def _list(*rows: str) -> bytes:
    return "\n".join([HEADINGS, *rows]).encode()


@pytest.fixture
def cilla() -> UUID:
    """Brought in with her number."""
    bring_in(_list("Cilla Åkerström;cilla@example.se;070-174 06 05;19640823-3234"))
    [row] = Import.objects.all()
    [kept] = in_force().values()
    assert (kept.name, row.state) == (CILLA.name, Import.State.DONE)
    return Customer.objects.in_force().get().pk


@pytest.mark.parametrize(
    "row",
    [
        "Cilla Åkerström;CILLA@example.se;;",
        "C. Åkerström;;+46 70 174 06 05;",
        "Somebody;;;640823-3234",
    ],
    ids=["e-mail", "telephone", "identity number"],
)
def test_row_of_who_asked_to_be_erased_is_set_aside_with_its_own_reason(cilla: UUID, row: str) -> None:
    erase(cilla)

    told = bring_in(_list(row, BO))

    assert ([(one.line, one.reason) for one in told.set_aside], told.created) == ([(2, "held_back")], 1)
    assert list(in_force()) == ["Bo Ek"]


def test_row_is_set_aside_while_the_customer_waits_to_be_erased(cilla: UUID) -> None:
    ask(cilla)
    assert len(bring_in(_list("Cilla;cilla@example.se;;")).set_aside) == 1


def test_list_that_waits_for_a_yes_is_asked_about_when_it_is_brought_in(cilla: UUID) -> None:
    content = _list("Cilla Other;other@example.se;0701740605;", BO)
    batch = imports.preview_file(name="a.csv", content=content, source="", actor=MACHINE, at=NOW)
    imports.confirm(batch=batch, actor=MACHINE, at=NOW)
    erase(cilla)

    import_jobs.run_confirmed(batch=batch, at=AFTER)

    assert list(in_force()) == ["Bo Ek"]


@pytest.mark.parametrize("ground", ["DUE", "MISTAKE", "WITHDRAWN"])
def test_who_did_not_ask_may_come_back(cilla: UUID, ground: str) -> None:
    erase(cilla, ground=ground)
    assert (Suppression.objects.count(), bring_in(_list("Cilla;cilla@example.se;;")).created) == (0, 1)


def test_who_was_called_off_comes_in_again_but_nobody_else(cilla: UUID) -> None:
    [dan] = add(DAN)
    ask(dan)
    tags = set(Suppression.objects.values_list("pk", flat=True))
    erasure = ask(cilla)
    erasures.call_off(erasure=erasure, actor=ANNA, at=NOW, reach=EVERYBODY)

    assert set(Suppression.objects.values_list("pk", flat=True)) == tags
    told = bring_in(_list("Cilla Åkerström;cilla@example.se;;", "Dan;dan@example.dk;;"))
    assert (told.updated + told.unchanged, [one.line for one in told.set_aside]) == (1, [3])


def test_tags_tell_nothing_without_the_key_and_stay_beside_nobody(cilla: UUID) -> None:
    erasure = erase(cilla)
    row = Erasure.objects.get(pk=erasure)
    tags = list(Suppression.objects.values_list("pk", flat=True))
    assert {len(one) for one in tags} == {32}
    assert [one for one in tags if one in json.dumps(row.outcome)] == []


def test_key_of_the_tags_is_never_collected(cilla: UUID) -> None:
    erase(cilla)
    left_over.collect_keys(at=AFTER)
    assert suppression.REGISTER in power.keys_kept()
    assert suppression.held_back(["@cilla@example.se", "@dan@example.dk"]) == {"@cilla@example.se"}


def test_row_that_was_set_aside_so_can_be_seen_with_its_cells(cilla: UUID) -> None:
    erase(cilla)
    batch = UUID(bring_in(_list("Cilla;cilla@example.se;;")).import_id)
    [[line, cells, reason, *_rest]] = json.loads(document_of(batch, "leftovers"))["set_aside"]
    assert (line, cells[1], reason) == (2, "cilla@example.se", "held_back")


def test_data_that_forgot_who_is_held_back_is_told_by_the_key_store(cilla: UUID) -> None:
    """As a copy from before the erasure does; ``test_shredding`` does it with a copy."""
    erase(cilla)
    Suppression.objects.all().delete()

    destroying.replay_ledger(at=AFTER)

    told = bring_in(_list("Cilla;cilla@example.se;;", BO))
    assert [(one.line, one.reason) for one in told.set_aside] == [(2, "held_back")]
    assert set(Suppression.objects.values_list("ground", "is_for_good")) == {("ERASED", True)}
