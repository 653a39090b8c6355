"""Two real processes: what one has committed, the other's next search and list know."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection

from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.services import records, responsible
from tryggve.domains.customers.tests import deleting
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of

pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

_PROGRAM = (
    "import django, importlib, sys; django.setup();"
    "importlib.import_module('tryggve.domains.customers.tests.child').main(*sys.argv[1:])"
)
Ask = Callable[..., list[UUID]]


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Put a question to another process, whose index was laid out before anybody was there."""
    settings = connection.settings_dict
    database = {name: settings[name] for name in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    environment = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "tryggve.domains.customers.tests.child_settings",
        "CHILD_DATABASE": json.dumps(database | {"NAME": str(settings["NAME"])}),
    }
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, "answer-questions"],
        env=os.environ | environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip

        def ask(**question: str | list[str]) -> list[UUID]:
            assert other.stdin
            assert other.stdout
            other.stdin.write(json.dumps(question) + "\n")
            other.stdin.flush()
            return [UUID(customer) for customer in json.loads(other.stdout.readline())]

        assert ask(find="a") == []
        yield ask


def _change(customer: UUID, details: Details, *, seen: int = 1) -> None:
    records.change_customer(
        reach=EVERYBODY, customer=customer, seen_revision=seen, details=details, actor=MACHINE, at=NOW
    )


def test_added_changed_and_deleted_customers_are_known_to_the_other_process(ask: Ask) -> None:
    cilla, dan = add(CILLA, DAN)
    assert (ask(find="cilla"), ask(), ask(tags=["vip"])) == ([cilla], sorted([cilla, dan]), [cilla])

    _change(cilla, replace(CILLA, name="Karin Lund"))
    assert (ask(find="cilla åkerström"), ask(find="karin")) == ([], [cilla])

    deleting.delete_customer(customer=dan, actor=MACHINE, at=NOW)
    assert (ask(find="sørensen"), ask()) == ([], [cilla])


def test_whatever_the_list_is_chosen_by_is_known_to_the_other_process(ask: Ask, bo: User) -> None:
    [cilla] = add(CILLA)
    assert (ask(status="former"), ask(tags=["nyckelkund"]), ask(responsible=str(bo.pk))) == ([], [], [])

    _change(cilla, replace(CILLA, status="former", tags=("Nyckelkund",), emails=(), kind="organisation"))
    assert (ask(status="former"), ask(tags=["nyckelkund"]), ask(tags=["vip"])) == ([cilla], [cilla], [])
    assert (ask(lacking="email"), ask(kind="organisation")) == ([cilla], [cilla])

    responsible.assign(customer=cilla, responsible=bo.pk, actor=MACHINE, at=NOW, reach=EVERYBODY)
    assert (ask(responsible=str(bo.pk)), ask(responsible="nobody")) == ([cilla], [])


def test_customers_of_a_leaver_are_the_successors_in_the_other_process(
    ask: Ask, bo: User, karin: User
) -> None:
    [cilla] = add(CILLA)
    responsible.assign(customer=cilla, responsible=bo.pk, actor=MACHINE, at=NOW, reach=EVERYBODY)
    assert ask(responsible=str(bo.pk)) == [cilla]

    responsible.hand_over(leaver=bo.pk, successor=karin.pk, actor=MACHINE, at=NOW)
    assert (ask(responsible=str(bo.pk)), ask(responsible=str(karin.pk))) == ([], [cilla])


def test_whole_list_brought_in_is_known_to_the_other_process(ask: Ask) -> None:
    bring_in(csv_of("Eva Ek;eva@example.se", "Bo Ek;bo@example.se"))
    assert (len(ask(find="ek")), len(ask())) == (2, 2)
