import hashlib
from uuid import UUID, uuid4

import pytest

from tryggve import vault
from tryggve.audit import checkpoints, registry, selectors, services, verification
from tryggve.audit.details import BadDetails, Told
from tryggve.audit.models import Entry
from tryggve.audit.services import Details
from tryggve.audit.tests import logs
from tryggve.audit.tests.logs import ANNA, CILLA, NOW, tamper
from tryggve.vault.binding import STAFF

pytestmark = pytest.mark.django_db

BO = UUID("01890a5d-ac96-774b-bcce-b302099a8060")
WORDS = {"reason": "Cilla bad om det, «i dag» \\ genast", "address": "192.0.2.7"}


@pytest.fixture
def cillas_key() -> UUID:
    (key,) = vault.keyring().create_keys([CILLA])
    return key


@pytest.fixture
def bos_key() -> UUID:
    (key,) = vault.staff_keyring().create_keys([BO], compartment=STAFF)
    return key


def _told_by(entry: int) -> Told:
    return selectors.details_of([Entry.objects.get(pk=entry)])[entry]


def test_details_open_again(seen: registry.Action, cillas_key: UUID) -> None:
    entry = services.record(
        seen, actor=ANNA, at=NOW, subject=CILLA, details=Details(WORDS, cillas_key), number=1
    ).pk

    told = _told_by(entry)

    assert (told.state, dict(told.words), len(told.salt)) == ("open", WORDS, 16)


def test_details_of_a_staff_member_are_under_that_persons_key(seen: registry.Action, bos_key: UUID) -> None:
    said = Details(WORDS, bos_key, STAFF)
    entry = services.record(seen, actor=f"user:{BO}", at=NOW, subject=BO, details=said).pk

    assert dict(_told_by(entry).words) == WORDS


def test_row_holds_nothing_readable_of_the_details(seen: registry.Action, cillas_key: UUID) -> None:
    services.record(seen, actor=ANNA, at=NOW, subject=CILLA, details=Details(WORDS, cillas_key))

    row = Entry.objects.values_list().get()
    for text in WORDS.values():
        assert text.encode() not in b"".join(str(each).encode() for each in row) + bytes(row[-1] or b"")


def test_leaf_holds_the_salted_commitment_alone(seen: registry.Action, cillas_key: UUID) -> None:
    entry = services.record(seen, actor=ANNA, at=NOW, subject=CILLA, details=Details(WORDS, cillas_key)).pk
    told = _told_by(entry)
    checkpoints.sign(now=NOW)

    canonical = '{"address":"192.0.2.7","reason":"Cilla bad om det, «i dag» \\\\ genast"}'.encode()
    commitment = hashlib.sha256(told.salt + canonical).hexdigest()
    bundles = b"".join(content for name, content in logs.written().items() if "/entries/" in name)
    assert f'"commitment":"{commitment}"'.encode() in bundles
    assert b"192.0.2.7" not in bundles


def test_same_words_twice_have_different_commitments(seen: registry.Action, cillas_key: UUID) -> None:
    for _time in range(2):
        services.record(seen, actor=ANNA, at=NOW, subject=CILLA, details=Details(WORDS, cillas_key))

    assert len(set(Entry.objects.values_list("commitment", flat=True))) == 2


def test_details_of_an_erased_customer_are_told_as_erased(seen: registry.Action, cillas_key: UUID) -> None:
    entry = services.record(seen, actor=ANNA, at=NOW, subject=CILLA, details=Details(WORDS, cillas_key)).pk
    checkpoints.sign(now=NOW)
    vault.keyring().destroy_keys([cillas_key])

    told = _told_by(entry)

    assert (told.state, told.words, told.salt) == ("erased", {}, b"")
    assert logs.verdict(with_details=True) == "ok"


def test_entry_without_details_is_left_out(seen: registry.Action) -> None:
    entry = services.record(seen, actor=ANNA, at=NOW, subject=CILLA).pk

    assert selectors.details_of([Entry.objects.get(pk=entry)]) == {}


def test_details_without_a_subject_are_refused_before_writing(
    seen: registry.Action, cillas_key: UUID
) -> None:
    with pytest.raises(services.NobodysDetails):
        services.record(seen, actor=ANNA, at=NOW, details=Details(WORDS, cillas_key))
    assert Entry.objects.count() == 0


def test_details_under_the_key_of_another_are_refused_before_writing(
    seen: registry.Action, cillas_key: UUID
) -> None:
    with pytest.raises(vault.Damaged):
        services.record(seen, actor=ANNA, at=NOW, subject=BO, details=Details(WORDS, cillas_key))
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("words", [{"Cilla Andersson": "x"}, {"": "x"}, {"reason": 7}])
def test_details_that_are_no_words_by_name_are_refused(
    seen: registry.Action, cillas_key: UUID, words: dict[str, str]
) -> None:
    with pytest.raises(BadDetails):
        services.record(seen, actor=ANNA, at=NOW, subject=CILLA, details=Details(words, cillas_key))


SWAPS = {
    "words of another entry": (
        "UPDATE audit_entry SET details_sealed = (SELECT details_sealed FROM audit_entry WHERE id = %s) WHERE id = %s"
    ),
    "no words": "UPDATE audit_entry SET details_sealed = NULL WHERE id = %s",
    "id of another entry": (
        "UPDATE audit_entry SET details_id = (SELECT details_id FROM audit_entry WHERE id = %s) WHERE id = %s"
    ),
    "another compartment": "UPDATE audit_entry SET details_compartment = 'retained' WHERE id = %s",
    "no id": "UPDATE audit_entry SET details_id = NULL WHERE id = %s",
}


@pytest.mark.parametrize("swap", SWAPS)
def test_details_that_were_changed_break_the_commitment(
    seen: registry.Action, cillas_key: UUID, swap: str
) -> None:
    entries = [
        services.record(
            seen, actor=ANNA, at=NOW, subject=CILLA, details=Details({"reason": each}, cillas_key)
        ).pk
        for each in ("one", "other")
    ]
    checkpoints.sign(now=NOW)
    assert logs.verdict(with_details=True) == "ok"

    tamper(SWAPS[swap], *reversed(entries)) if SWAPS[swap].count("%s") == 2 else tamper(
        SWAPS[swap], entries[0]
    )

    assert logs.verdict() == "ok"
    assert logs.verdict(with_details=True) == ("commitment-broken", 1)


def test_details_sealed_anew_with_other_words_break_the_commitment(
    seen: registry.Action, cillas_key: UUID
) -> None:
    """Mallory has the keys, too: only the leaf tells."""
    entry = Entry.objects.get(
        pk=services.record(seen, actor=ANNA, at=NOW, subject=CILLA, details=Details(WORDS, cillas_key)).pk
    )
    checkpoints.sign(now=NOW)
    bound_to = vault.Binding(
        type_name="audit.entry", record=entry.details_id or uuid4(), subject=CILLA, part="details", revision=1
    )
    blob = vault.keyring().seal(b"0" * 16 + b'{"reason":"no"}', key=cillas_key, bound_to=bound_to)
    tamper("UPDATE audit_entry SET details_sealed = %s WHERE id = %s", blob, entry.pk)

    found = verification.verify(now=logs.TOMORROW, with_details=True).first_bad
    assert found is not None
    assert (found.why, found.entry) == ("commitment-broken", entry.pk)
