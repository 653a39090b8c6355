"""``audit verify|export|checkpoint`` in this process: shapes, words, statuses, files."""

import json
import stat
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import commands
from tests.cast import NOW
from tryggve import vault
from tryggve.audit import actors, checkpoints, epochs
from tryggve.audit.models import Entry
from tryggve.audit.tests import logs
from tryggve.domains.access.management.commands import audit as command
from tryggve.domains.access.services import log as log_services
from tryggve.domains.access.tests.log_reading import CILLA, SAID, look_at, say, written
from tryggve.lib import folders, opened
from tryggve.vault import custody
from tryggve.vault.keeper.custody import Custody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_in_its_place")]


def _run(*words: str) -> tuple[int, str]:
    return commands.run("access", "audit", *words)


def _json(*words: str) -> Any:
    return json.loads(_run(*words, "--json")[1])


def _change(entry: int) -> None:
    logs.tamper("UPDATE audit_entry SET actor = 'system ' WHERE id = %s", entry)


def test_verify_prints_the_verdict_and_is_logged() -> None:
    look_at(CILLA)
    signed = checkpoints.sign(now=NOW)
    status, out = _run("verify", "--json")
    assert (status, json.loads(out)) == (
        0,
        {
            "ok": True,
            "entries": 3,
            "checkpoint": {"epoch": 1, "size": 3, "root": signed.root.hex(), "at": "2026-03-02T08:00:00Z"},
            "first_bad": None,
            "lost_by_restore": [],
            "keys_replaced": [],
        },
    )
    (logged,) = written("access.log-verified")
    assert (logged.actor, logged.facts["ok"]) == (actors.this_account(), True)


def test_verification_logs_what_it_was_held_against(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.write_text(_run("checkpoint")[1])
    _run("verify", "--checkpoint", str(saved), "--with-details")
    (logged,) = written("access.log-verified")
    assert logged.facts == {"ok": True, "entries": 2, "saved": 1, "with_details": True}


def test_verify_gives_entries_their_places_that_nobody_gave_them_yet() -> None:
    """Without ``up`` nobody sequences; an old entry without a place would look like one that was slipped in."""
    look_at(CILLA)
    assert _json("verify")["ok"]


def test_whole_log_is_told_in_words() -> None:
    look_at(CILLA)
    checkpoints.sign(now=NOW)
    assert _run("verify")[1].splitlines() == [
        "The log is whole: 3 entries, each as it was logged and in its place.",
        "The newest checkpoint, of March 2, 2026, 9 a.m., holds for the first 3 entries of part 1.",
        "Whether the end was cut off, or all of it written anew, shows only against a checkpoint that was kept "
        "elsewhere: give it with --checkpoint FILE.",
    ]


def test_changed_log_is_told_in_words_with_what_to_do() -> None:
    entry = look_at(CILLA)
    checkpoints.sign(now=NOW)
    _change(entry)
    status, out = _run("verify")
    assert (status, out.splitlines()[0]) == (
        1, f"The log is NOT whole. Entry {entry} isn't what was logged: someone has changed it.",
    )  # fmt: skip
    assert out.splitlines()[1].startswith("Change nothing. Copy the whole data folder")
    assert [one.facts["why"] for one in written("access.log-verified")] == ["changed"]


def test_history_lost_by_a_restore_is_told_in_words() -> None:
    for _ in range(5):
        look_at(CILLA)
    known = checkpoints.sign(now=NOW)
    logs.roll_back(to=4)
    epochs.open_after_restore(known, now=NOW + timedelta(days=1))
    status, out = _run("verify")
    assert (status, out.splitlines()[-1]) == (
        0,
        "Entries 4 to 6 of part 1 were lost when a backup was put back on March 3, 2026, as the log itself tells.",
    )


def test_restore_that_lost_nothing_is_not_told_as_a_loss() -> None:
    look_at(CILLA)
    known = checkpoints.sign(now=NOW)
    epochs.open_after_restore(known, now=NOW + timedelta(days=1))
    status, out = _run("verify")
    assert (status, "backup" in out) == (0, False)


def test_saved_checkpoint_shows_a_tail_that_was_cut_off(tmp_path: Path) -> None:
    for _ in range(9):
        look_at(CILLA)
    saved = tmp_path / "saved"
    saved.write_text(_run("checkpoint")[1])
    logs.roll_back(to=4)
    logs.start_over_on_disk()
    assert _json("verify")["ok"]
    status, out = _run("verify", "--checkpoint", str(saved), "--json")
    assert (status, json.loads(out)["first_bad"]["why"]) == (1, "shorter-than-checkpoint")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_saved_checkpoint_may_be_the_text_of_a_mail(tmp_path: Path, ends: str) -> None:
    look_at(CILLA)
    note = checkpoints.sign(now=NOW).note.decode()
    mail = f"Keep this mail: a line that begins with «tryggve/»\ntryggve/ is one\n\n{note}\n"
    saved = tmp_path / "saved"
    saved.write_bytes(mail.replace("\n", ends).encode())
    status, out = _run("verify", "--checkpoint", str(saved), "--checkpoint", str(saved))
    assert (status, "It fits the 2 checkpoints that were kept elsewhere." in out) == (0, True)


@pytest.mark.parametrize("content", [None, b"", b"hello", b"tryggve/1\n", b"\xff\n\n\xe2\x80\x94 x y\n"])
def test_file_without_a_checkpoint_is_a_wrong_request(tmp_path: Path, content: bytes | None) -> None:
    saved = tmp_path / "saved"
    if content is not None:
        saved.write_bytes(content)
    with pytest.raises(command.NoCheckpoint) as refused:
        _run("verify", "--checkpoint", str(saved))
    assert (refused.value.exit_status, Entry.objects.count()) == (2, 0)


def test_checkpoint_is_read_as_it_was_opened_before_rights_were_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at(CILLA)
    saved = tmp_path / "saved"
    saved.write_bytes(checkpoints.sign(now=NOW).note)
    monkeypatch.setattr(opened, "_opened", {})
    opened.open_named_files(["audit", "verify", "--checkpoint", str(saved)])
    saved.unlink()
    assert _json("verify", "--checkpoint", str(saved))["ok"]


def test_checkpoint_is_printed_as_it_was_signed_and_signs_what_waits() -> None:
    look_at(CILLA)
    told = _json("checkpoint")
    signed = checkpoints.newest()
    assert signed is not None
    assert told == {
        "epoch": 1, "size": 3, "root": signed.root.hex(), "at": signed.at, "note": signed.note.decode(),
    }  # fmt: skip
    assert _run("checkpoint") == (0, signed.note.decode())


def test_checkpoint_of_a_damaged_log_is_refused_in_words() -> None:
    look_at(CILLA)
    checkpoints.sign(now=NOW)
    look_at(CILLA)
    (folders.current().audit / "epoch-0001/checkpoints/000000000003").write_bytes(b"hello")
    with pytest.raises(log_services.LogDamaged):
        _run("checkpoint")


def test_export_is_for_its_owner_alone_and_is_logged(tmp_path: Path) -> None:
    look_at(CILLA)
    to = tmp_path / "log.zip"
    assert _run("export", str(to)) == (0, f"The log is exported to {to}.\n")
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    assert "details.jsonl" not in zipfile.ZipFile(to).namelist()
    (logged,) = written("access.log-exported")
    assert (logged.actor, logged.facts) == (actors.this_account(), {"with_details": False})


def test_export_with_details_holds_what_is_said_in_words(tmp_path: Path) -> None:
    entry, _key = say(CILLA)
    _run("export", str(tmp_path / "log.zip"), "--with-details")
    line = json.loads(zipfile.ZipFile(tmp_path / "log.zip").read("details.jsonl"))
    assert (line["entry"], line["details"]) == (entry, {"reason": SAID})


def test_export_goes_to_standard_output(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    look_at(CILLA)
    assert _run("export", "-") == (0, "")
    to = tmp_path / "log.zip"
    to.write_bytes(capfdbinary.readouterr().out)
    assert zipfile.ZipFile(to).testzip() is None


def test_export_never_writes_over_a_file(tmp_path: Path) -> None:
    to = tmp_path / "log.zip"
    to.write_bytes(b"Karin's")
    with pytest.raises(log_services.AlreadyThere) as refused:
        _run("export", str(to))
    assert (refused.value.exit_status, to.read_bytes(), Entry.objects.count()) == (2, b"Karin's", 0)
    log_services.begin_export(with_details=False, actor="system", at=NOW)
    with pytest.raises(log_services.AlreadyThere):
        log_services.write_export(to, with_details=False)
    assert to.read_bytes() == b"Karin's"


def test_export_that_fails_leaves_nothing(tmp_path: Path) -> None:
    look_at(CILLA)
    checkpoints.sign(now=NOW)
    (folders.current().audit / "epoch-0001/tile/entries/000.p/3").write_bytes(b"\xff")
    with pytest.raises(log_services.LogDamaged):
        log_services.write_export(tmp_path / "log.zip", with_details=False)
    assert list(tmp_path.iterdir()) == []


def test_export_to_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(log_services.NotWritten):
        _run("export", str(tmp_path / "missing" / "log.zip"))


def test_export_of_a_rolled_back_log_is_what_was_signed_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(5):
        look_at(CILLA)
    signed = checkpoints.sign(now=NOW)
    logs.roll_back(to=3)
    assert _run("export", str(tmp_path / "log.zip")) == (0, "")
    assert "The log was exported as it stood at its newest checkpoint." in capsys.readouterr().err
    assert f"epoch-0001/checkpoints/{signed.size:012}" in zipfile.ZipFile(tmp_path / "log.zip").namelist()


def test_locked_register_hides_words_and_nothing_else(keeper: Custody, tmp_path: Path) -> None:
    folders.current().database.touch()
    say(CILLA)
    custody.lock()
    assert _json("verify")["ok"]
    assert _run("checkpoint")[0] == 0
    assert _run("export", str(tmp_path / "log.zip"))[0] == 0
    for words in (["verify"], ["export", str(tmp_path / "other.zip")]):
        with pytest.raises(vault.NotUnlocked) as refused:
            _run(*words, "--with-details")
        assert refused.value.exit_status == 3
    assert not (tmp_path / "other.zip").exists()
    assert len(written("access.log-exported")) == 1


def test_locked_register_refuses_to_look_at_details_also_where_there_are_none(keeper: Custody) -> None:
    folders.current().database.touch()
    custody.lock()
    with pytest.raises(vault.NotUnlocked):
        _run("verify", "--with-details")
    assert Entry.objects.count() == 0


def test_details_that_are_not_what_was_logged_are_found_only_when_asked_for() -> None:
    entry, _key = say(CILLA)
    other, _key = say(CILLA)
    sealed = bytes(Entry.objects.get(pk=other).details_sealed or b"")
    logs.tamper("UPDATE audit_entry SET details_sealed = %s WHERE id = %s", sealed, entry)
    assert _json("verify")["ok"]
    assert _json("verify", "--with-details")["first_bad"]["why"] == "commitment-broken"
