import json
from pathlib import Path
from typing import Any

import pytest

from tests import address_files, commands
from tests.commands import database_in_its_place
from tryggve.accounts.addresses import giving
from tryggve.accounts.models import User
from tryggve.accounts.people import LastOwner
from tryggve.accounts.roles import Role, Scope
from tryggve.audit import actors
from tryggve.audit.models import Entry
from tryggve.domains.access.management.commands.people import NobodyCalledThat
from tryggve.domains.access.models import Invitation
from tryggve.domains.access.services import joining
from tryggve.notices.models import OutboxMessage

__all__ = ["database_in_its_place"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_in_its_place")]


def _run(*words: str) -> str:
    status, out = commands.run("access", "people", *words)
    assert status == 0
    return out


def _json(*words: str) -> Any:
    return json.loads(_run(*words, "--json"))


def test_list_is_a_sentence_each(anna: User, bo: User) -> None:
    assert _run("list").splitlines() == [
        "Anna Ek, owner: sees and changes everything.  <anna@example.se>",
        "Bo Dahl, employee: sees and changes all customers and does routines; not sensitive details, "
        "not bringing in lists, not deleting, not taking data out.  <bo@example.se>",
    ]


def test_list_as_json_has_codes(anna: User) -> None:
    assert _json("list") == [
        {
            "id": str(anna.pk),
            "name": "Anna Ek",
            "email": "anna@example.se",
            "role": "owner",
            "scope": "all",
            "given": {},
            "is_active": True,
            "is_deputy": False,
            "left_at": None,
        }
    ]


def test_invite_prints_a_link_that_works(anna: User) -> None:
    out = _run("invite", "dan@example.se", "--name", "Dan", "--role", "auditor")
    token = out.strip().rstrip("/").rsplit("/", 1)[-1]
    row = joining.of_token(token)
    assert row is not None
    assert (row.email, row.role, row.scope, row.made_by_ref) == (
        "dan@example.se",
        Role.AUDITOR,
        Scope.ALL,
        None,
    )
    assert Entry.objects.get(action="access.invited").actor == actors.this_account()


def test_invite_by_mail_prints_no_link(anna: User) -> None:
    told = _json("invite", "dan@example.se", "--name", "Dan", "--mail")
    assert told == {"invitation": str(Invitation.objects.get().pk), "link": None}
    assert OutboxMessage.objects.count() == 1


def test_role_is_changed_by_address_or_id(anna: User, bo: User) -> None:
    assert "Bo Dahl, auditor:" in _run("role", "BO@example.se", "auditor")
    assert _json("role", str(bo.pk), "captain")["role"] == "captain"


def test_last_owner_stays_one(anna: User) -> None:
    with pytest.raises(LastOwner):
        _run("role", "anna@example.se", "employee")


def test_leave_closes_the_account(anna: User, bo: User) -> None:
    told = _json("leave", "bo@example.se", "--to", "anna@example.se")
    assert told == {"id": str(bo.pk), "successor": str(anna.pk), "closed": True}
    assert not User.objects.get(pk=bo.pk).is_active
    assert "(account closed)" in _run("list")


def test_dry_run_says_what_would_happen_and_changes_nothing(anna: User, bo: User) -> None:
    out = _run("leave", "bo@example.se", "--to", "anna@example.se", "--dry-run")
    assert "- Passkeys, codes of the telephone and recovery codes end." in out.splitlines()
    assert User.objects.get(pk=bo.pk).is_active
    with pytest.raises(LastOwner):
        _run("leave", "anna@example.se", "--to", "bo@example.se", "--dry-run")


@pytest.mark.parametrize("called", ["nobody@example.se", "01a20316-bd00-7000-8000-000000000000", "x"])
def test_unknown_person_is_told_in_words(anna: User, called: str) -> None:
    with pytest.raises(NobodyCalledThat):
        _run("role", called, "auditor")


def test_networks_are_told_of_given_and_forgotten(tmp_path: Path) -> None:
    assert _run("networks").splitlines() == [
        "No address file: every country is unknown and treated as new.",
        "No list of hosting companies' networks: whether somebody comes through one is unknown.",
    ]
    (tmp_path / "countries").write_bytes(address_files.mmdb({"2.64.0.0/16": "SE"}))
    (tmp_path / "hosting").write_text("5.9.0.0/16\n")
    said = _run(
        "networks", "--countries", str(tmp_path / "countries"), "--hosting", str(tmp_path / "hosting")
    )
    assert [line.split(" known from ")[0] for line in said.splitlines()] == [
        "Countries are",
        "Hosting companies' networks are",
    ]
    assert set(_json("networks")) == {"countries", "hosting"}
    assert _json("networks", "--forget") == {"countries": None, "hosting": None}


def test_networks_refuse_a_file_that_is_none_and_stay(tmp_path: Path) -> None:
    with pytest.raises(giving.NotReadable):
        commands.run("access", "people", "networks", "--countries", str(tmp_path / "none"))
    assert _json("networks") == {"countries": None, "hosting": None}
