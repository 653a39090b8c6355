from uuid import UUID

import pytest

from tests.cast import NOW
from tryggve import vault
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.lib.ids import new_id
from tryggve.privacy import actions
from tryggve.privacy.export import Json
from tryggve.privacy.personal_data import entries_of

pytestmark = pytest.mark.django_db
ANNA, CILLA = new_id(), new_id()
AT = NOW.isoformat()


def _told(person: UUID) -> list[tuple[str, Json]]:
    return [(value.code, value.content) for part in entries_of(person) for value in part.values]


def _look(*, by: UUID, at: UUID, why: str = "") -> UUID:
    """Somebody reads what is held of somebody, and says why; the key of the latter."""
    [key] = vault.keyring().create_keys([at])
    details = audit.Details({"reason": why}, key) if why else None
    audit.look(actions.EXPORTED, actor=actors.user(by), at=NOW, subject=at, details=details)
    return key


def test_log_tells_what_a_person_did_and_what_was_done_to_them_but_not_by_whom() -> None:
    _look(by=ANNA, at=CILLA)
    audit.record(actions.ERASED, actor="anonymous", at=NOW, subject=ANNA)

    looked = ("privacy.exported", {"at": AT, "facts": {}})
    assert _told(ANNA) == [looked, ("privacy.erased", {"at": AT, "facts": {}})]
    assert _told(CILLA) == [looked]
    assert [part.since for part in entries_of(CILLA)] == [NOW]


def test_reason_is_told_to_the_one_it_is_about_and_not_to_who_gave_it() -> None:
    _look(by=ANNA, at=CILLA, why="She asked for it.")

    known = {"details": {"reason": "She asked for it."}, "details_state": "open"}
    assert _told(CILLA) == [("privacy.exported", {"at": AT, "facts": {}, **known})]
    assert _told(ANNA) == [("privacy.exported", {"at": AT, "facts": {}})]


def test_reason_that_went_with_the_key_is_told_as_erased() -> None:
    key = _look(by=ANNA, at=CILLA, why="She asked for it.")
    vault.keyring().destroy_keys([key])

    gone = {"details": {}, "details_state": "erased"}
    assert _told(CILLA) == [("privacy.exported", {"at": AT, "facts": {}, **gone})]


def test_log_tells_nobody_of_others() -> None:
    _look(by=ANNA, at=CILLA)
    assert list(entries_of(new_id())) == []
