from base64 import b64decode
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.controls import (
    catalogue,
    measuring_jobs,
    notes,
    personal_data,
    selectors,
    services,
    turns,
)
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.standing import State
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.models import Attestation, AttestationFile, Exemption, Probe
from tryggve.controls.registry import Measured, measure
from tryggve.controls.tests import here
from tryggve.routines import jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted")]

_DAY = timedelta(days=1)
_NOTE = "Anna rang the supplier, who said yes."


def _measure(control: str) -> None:
    measure(control, every=_DAY, valid=timedelta(hours=30))(lambda at: Measured(Verdict.PROVED))


def _state(control: str, now: datetime) -> State:
    return selectors.protection(control, now=now).standing.state


def _attested(control: str, by: User, at: datetime, until: datetime | None = None) -> UUID:
    return services.attest(control=control, by=by, note=_NOTE, until=until, at=at)


def test_attest_stands_for_the_controls_frequency_with_a_sealed_note(anna: User, now: datetime) -> None:
    made = _attested("GOV-02", anna, now)

    row = Attestation.objects.get()
    assert (row.pk, row.by_ref, row.until) == (made, anna.pk, now + 91 * _DAY)
    assert notes.opened(row) == _NOTE
    assert _NOTE.encode() not in bytes(row.note_sealed or b"")
    assert _state("GOV-02", now) is State.ATTESTED
    assert _state("GOV-02", now + 91 * _DAY) is State.UNKNOWN
    entry = Entry.objects.get(action="controls.attested")
    assert entry.actor == anna.actor
    assert entry.facts == {"control": "gov-02", "attestation": str(made), "days": 91}


@pytest.mark.parametrize("days", [0, -1, 92])
def test_attest_for_longer_than_the_frequency_is_refused(days: int, anna: User, now: datetime) -> None:
    with pytest.raises(services.BadUntil, match="91"):
        _attested("GOV-02", anna, now, until=now + days * _DAY)

    assert not Attestation.objects.exists()


def test_attest_where_nobodys_word_is_asked_is_refused(anna: User, now: datetime) -> None:
    with pytest.raises(services.NotAttestable):
        _attested("AUT-04", anna, now)
    with pytest.raises(catalogue.UnknownControl):
        _attested("AUT-99", anna, now)


def test_no_word_makes_green_what_fails(anna: User, now: datetime) -> None:
    _measure("GOV-01")
    here.keep("GOV-01", Outcome(Verdict.FAILING), at=now)

    _attested("GOV-01", anna, now)

    found = selectors.protection("GOV-01", now=now).standing
    assert (found.state, found.disagrees) == (State.FAILING, True)


def test_a_word_that_is_taken_back_stands_no_longer(anna: User, bo: User, now: datetime) -> None:
    made = _attested("GOV-02", anna, now)

    services.withdraw_attestation(attestation=made, by=bo, at=now + _DAY)

    assert _state("GOV-02", now + _DAY) is State.UNKNOWN
    row = Attestation.objects.get()
    assert (row.said_at, row.ended_at, row.ended_by_ref) == (now, now + _DAY, bo.pk)
    entry = Entry.objects.get(action="controls.attestation-withdrawn")
    assert (entry.actor, entry.facts) == (bo.actor, {"control": "gov-02", "attestation": str(made)})
    with pytest.raises(services.NoSuchStatement):
        services.withdraw_attestation(attestation=made, by=bo, at=now + _DAY)
    with pytest.raises(services.NoSuchStatement):
        services.withdraw_attestation(attestation=uuid4(), by=bo, at=now + _DAY)


def test_exempt_takes_a_control_out_of_the_count_until_it_ends(anna: User, now: datetime) -> None:
    made = services.exempt(control="GOV-01", by=anna, reason=_NOTE, until=None, at=now)

    row = Exemption.objects.get()
    assert (row.until, notes.opened(row)) == (now + services.LONGEST_EXEMPTION, _NOTE)
    assert _state("GOV-01", now) is State.NOT_APPLICABLE
    assert _state("GOV-01", row.until) is State.UNKNOWN
    assert Entry.objects.get(action="controls.exempted").facts == {
        "control": "gov-01",
        "exemption": str(made),
        "days": 365,
    }

    services.end_exemption(exemption=made, by=anna, at=now + _DAY)

    assert _state("GOV-01", now + _DAY) is State.UNKNOWN
    with pytest.raises(services.NoSuchStatement):
        services.end_exemption(exemption=made, by=anna, at=now + _DAY)


def test_exempt_needs_a_reason_an_end_within_a_year_and_a_control_that_may_not_apply(
    anna: User, now: datetime
) -> None:
    with pytest.raises(services.ReasonMissing):
        services.exempt(control="GOV-01", by=anna, reason=" ", until=None, at=now)
    with pytest.raises(services.BadUntil, match="365"):
        services.exempt(control="GOV-01", by=anna, reason=_NOTE, until=now + 366 * _DAY, at=now)
    with pytest.raises(services.AlwaysApplies):
        services.exempt(control="AUT-04", by=anna, reason=_NOTE, until=None, at=now)

    assert not Exemption.objects.exists()


def test_measure_again_puts_the_control_first_and_wakes_the_worker(anna: User, now: datetime) -> None:
    _measure("GOV-01")
    here.keep("GOV-01", Outcome(Verdict.FAILING), at=now - timedelta(hours=1))

    services.measure_again(control="GOV-01", actor=anna.actor, at=now)

    assert selectors.protection("GOV-01", now=now).asked_at == now
    first = turns.taking(owner="one", now=lambda: now)()
    assert first is not None
    assert first.measure.control == "GOV-01"
    assert [job.task_path for job in jobs._all()] == [measuring_jobs.measure_what_is_due.module_path]
    assert Entry.objects.get(action="controls.measuring-asked").actor == anna.actor


def test_measure_again_while_it_is_measured_is_not_forgotten(anna: User, now: datetime) -> None:
    _measure("GOV-01")
    services.measure_again(control="GOV-01", actor=anna.actor, at=now + timedelta(seconds=1))

    here.keep("GOV-01", Outcome(Verdict.FAILING), at=now)
    assert Probe.objects.get(control="GOV-01").asked_at == now + timedelta(seconds=1)

    here.keep("GOV-01", Outcome(Verdict.PROVED), at=now + timedelta(seconds=2))
    assert Probe.objects.get(control="GOV-01").asked_at is None


def test_measure_again_of_what_nothing_measures_is_refused(anna: User, now: datetime) -> None:
    with pytest.raises(services.NotMeasured):
        services.measure_again(control="GOV-02", actor=anna.actor, at=now)
    with pytest.raises(catalogue.UnknownControl):
        services.measure_again(control="GOV-99", actor=anna.actor, at=now)


def test_what_somebody_said_is_handed_out_to_them_alone(anna: User, bo: User, now: datetime) -> None:
    _attested("GOV-02", anna, now)
    services.exempt(control="GOV-01", by=anna, reason=_NOTE, until=None, at=now)

    parts = list(personal_data.statements_by(anna.pk))

    assert [(part.code, [value.content for value in part.values]) for part in parts] == [
        ("attestation", ["GOV-02", (now + 91 * _DAY).isoformat(), None, _NOTE]),
        ("exemption", ["GOV-01", (now + 365 * _DAY).isoformat(), None, _NOTE]),
    ]
    assert list(personal_data.statements_by(bo.pk)) == []


def test_file_with_a_word_is_sealed_and_handed_out_with_it(anna: User, now: datetime) -> None:
    paper = services.Attached("kvitto.pdf", b"%PDF the receipt of the locksmith")
    services.attest(control="GOV-02", by=anna, note=_NOTE, until=None, file=paper, at=now)

    file = AttestationFile.objects.get()
    assert (notes.opened_file_name(file), notes.opened_file(file)) == (paper.name, paper.content)
    assert file.size_bytes == len(paper.content)
    for sealed, plain in ((file.content_sealed, paper.content), (file.name_sealed, paper.name.encode())):
        assert plain not in bytes(sealed)
    (part,) = personal_data.statements_by(anna.pk)
    told = {value.code: value.content for value in part.values}
    assert (told["file_name"], b64decode(str(told["file_base64"]))) == (paper.name, paper.content)


def test_file_opens_with_no_other_word(anna: User, now: datetime) -> None:
    paper = services.Attached("kvitto.pdf", b"%PDF the receipt of the locksmith")
    other = _attested("GOV-03", anna, now)
    services.attest(control="GOV-02", by=anna, note=_NOTE, until=None, file=paper, at=now)
    file = AttestationFile.objects.get()
    file.attestation = Attestation.objects.get(pk=other)
    with pytest.raises(vault.CannotOpen):
        notes.opened_file(file)


def test_file_that_is_too_large_keeps_neither_file_nor_word(anna: User, now: datetime) -> None:
    paper = services.Attached("film.mp4", b"x" * (services.LARGEST_FILE_BYTES + 1))
    with pytest.raises(services.FileTooLarge, match="larger than 2 MB"):
        services.attest(control="GOV-02", by=anna, note=_NOTE, until=None, file=paper, at=now)
    assert not Attestation.objects.exists()
