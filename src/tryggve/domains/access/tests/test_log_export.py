"""«Verify» and «export» on the page: background work, a file that streams, what is logged before it leaves."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.audit import checkpoints, export
from tryggve.audit.models import Entry
from tryggve.audit.tests import logs
from tryggve.domains.access import log_jobs, log_streaming
from tryggve.domains.access.services import log as log_services
from tryggve.domains.access.tests.log_reading import CILLA, LOG, SAID, look_at, say, text, written
from tryggve.lib import folders
from tryggve.routines import jobs
from tryggve.vault import custody
from tryggve.vault.keeper.custody import Custody

EXPORT, VERIFY = f"{LOG}export/", f"{LOG}verify/"
WITH = {"with_details": "yes", "may_leave": "yes"}


def _work() -> None:
    """What the worker does next."""
    assert jobs.run_next(owner="test", now=lambda: datetime.now(UTC))


def _zip(answer: Any) -> zipfile.ZipFile:
    assert isinstance(answer, StreamingHttpResponse)
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))


def _content(archive: zipfile.ZipFile) -> dict[str, bytes]:
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.django_db
def test_verification_runs_in_the_background_and_says_what_it_found(as_anna: Client, anna: User) -> None:
    look_at(CILLA)
    place = as_anna.post(VERIFY).headers["Location"]
    answer = as_anna.get(place)
    assert ("The log is being verified" in text(answer), f'hx-get="{place}"' in answer.content.decode()) == (
        True, True,
    )  # fmt: skip
    assert written("access.log-verified") == []

    _work()

    assert "whole (2 entries)" in text(as_anna.get(place))
    (found,) = written("access.log-verified")
    assert (found.actor, found.facts) == (
        anna.actor, {"ok": True, "entries": 2},
    )  # fmt: skip


@pytest.mark.django_db
def test_fragment_that_waits_is_replaced_by_the_whole_page_at_the_end(as_anna: Client) -> None:
    place = as_anna.post(VERIFY).headers["Location"]
    asks = {"HX-Request": "true"}
    waiting = as_anna.get(place, headers=asks)
    assert ("<html" in waiting.content.decode(), "HX-Refresh" in waiting.headers) == (False, False)
    _work()
    assert as_anna.get(place, headers=asks).headers["HX-Refresh"] == "true"


@pytest.mark.django_db
def test_verification_of_a_changed_log_names_what_is_wrong(as_anna: Client) -> None:
    entry = look_at(CILLA)
    checkpoints.sign(now=NOW)
    logs.tamper("UPDATE audit_entry SET actor = 'system ' WHERE id = %s", entry)
    place = as_anna.post(VERIFY).headers["Location"]
    _work()
    assert "not whole What is wrong in part 1 of it: an entry isn't what was logged." in text(
        as_anna.get(place)
    )


@pytest.mark.django_db
def test_verification_that_could_not_be_carried_out_says_so(
    as_anna: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = as_anna.post(VERIFY).headers["Location"]
    monkeypatch.setenv("TRYGGVE_DATA", "/nowhere/at/all")
    _work()
    monkeypatch.undo()
    assert "it says neither yes nor no" in text(as_anna.get(place))


@pytest.mark.django_db
def test_verification_that_nobody_asked_for_is_not_found(as_anna: Client) -> None:
    assert as_anna.get(f"{VERIFY}{CILLA}/").status_code == 404
    with pytest.raises(log_jobs.NoSuchVerification):
        log_jobs.state_of(UUID(int=7))


@pytest.mark.django_db
def test_export_is_what_the_log_writes_and_holds_its_own_entry(as_anna: Client, anna: User) -> None:
    look_at(CILLA)
    answer = as_anna.post(EXPORT)
    sent, out = _zip(answer), io.BytesIO()

    export.write(out, with_details=False)
    assert _content(sent) == _content(zipfile.ZipFile(out))
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="tryggve-log-20')
    assert answer.headers["Cache-Control"] == "no-store"
    (logged,) = written("access.log-exported")
    assert (logged.actor, logged.facts) == (anna.actor, {"with_details": False})
    newest = checkpoints.newest()
    assert newest is not None
    assert logs.entry_at(newest.size - 2) == logged.pk  # the last is that of the key that signs


@pytest.mark.django_db(transaction=True)
def test_export_with_words_is_logged_before_and_holds_them(as_anna: Client) -> None:
    entry, _key = say(CILLA)
    answer = as_anna.post(EXPORT, WITH)
    assert [one.facts for one in written("access.log-exported")] == [{"with_details": True}]
    (line,) = [json.loads(line) for line in _zip(answer).read("details.jsonl").splitlines()]
    assert (line["entry"], line["details"]) == (entry, {"reason": SAID})


@pytest.mark.django_db
def test_words_leave_only_for_who_says_that_they_may(as_anna: Client) -> None:
    answer = as_anna.post(EXPORT, {"with_details": "yes"}, follow=True)
    assert "Nothing was exported. Tick that personal data may leave first." in text(answer)
    assert written("access.log-exported") == []


@pytest.mark.django_db
def test_words_do_not_leave_while_the_register_is_locked_and_the_rest_may(
    as_anna: Client, keeper: Custody
) -> None:
    custody.lock()
    assert as_anna.post(EXPORT, WITH).status_code == 503
    assert written("access.log-exported") == []
    assert "details.jsonl" not in _zip(as_anna.post(EXPORT)).namelist()


@pytest.mark.django_db
def test_export_page_says_what_leaves(as_anna: Client) -> None:
    assert "I know that personal data leaves Tryggve with this file" in text(as_anna.get(EXPORT))
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_reader_who_leaves_ends_the_writer(as_anna: Client) -> None:
    log_services.begin_export(with_details=False, actor="system", at=NOW)
    pieces = log_streaming.export_in_pieces(with_details=False)
    assert isinstance(pieces, Iterator)
    assert next(pieces).startswith(b"PK")
    pieces.close()  # type: ignore[attr-defined] # a generator, which waits here for its thread


@pytest.mark.django_db
def test_export_that_fails_half_way_breaks_off(as_anna: Client) -> None:
    look_at(CILLA)
    log_services.begin_export(with_details=False, actor="system", at=NOW)
    (folders.current().audit / "epoch-0001/tile/0/000.p/4").rename(folders.current().audit / "away")
    with pytest.raises(log_services.LogDamaged):
        list(log_streaming.export_in_pieces(with_details=False))


@pytest.mark.django_db
def test_log_that_can_no_longer_be_signed_leaves_as_it_was(as_anna: Client) -> None:
    look_at(CILLA)
    signed = checkpoints.sign(now=NOW)
    logs.roll_back(to=1)
    names = _zip(as_anna.post(EXPORT)).namelist()
    assert f"epoch-0001/checkpoints/{signed.size:012}" in names
