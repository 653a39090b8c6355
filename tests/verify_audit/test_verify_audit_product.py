"""On the product's own exports the auditor's program says what the product says."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tools import verify_audit
from tryggve.audit import checkpoints, epochs, export, registry, verification
from tryggve.audit.tests import logs
from tryggve.audit.tests.logs import NOW, fill

pytestmark = pytest.mark.django_db

NEXT_YEAR = datetime(2027, 1, 1, 8, 0, tzinfo=UTC)
Both = Callable[..., dict[str, Any]]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> registry.Action:
    """A deed to log, beside the product's own vocabulary."""
    monkeypatch.setattr(registry, "_actions", dict(registry.actions()))
    return registry.declare("customers.customer-seen", "A customer's details were read", number=int)


@pytest.fixture
def both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Both:
    """The verdict of the product and of the program, which must be the same but for the checkpoint's time."""

    def verdict(*saved: bytes) -> dict[str, Any]:
        export.write(tmp_path / "log.zip", with_details=False)
        words = [str(tmp_path / "log.zip"), "--json"]
        for number, note in enumerate(saved):
            (tmp_path / f"saved-{number}").write_bytes(note)
            words += ["--checkpoint", str(tmp_path / f"saved-{number}")]
        status = verify_audit.main(words)
        told: dict[str, Any] = json.loads(capsys.readouterr().out)
        product = verification.verify(saved, now=NEXT_YEAR).as_json()
        product["checkpoint"].pop("at")
        assert (told, status) == (product, 0 if product["ok"] else 1)
        return told

    return verdict


def put_back(folder: dict[str, bytes]) -> None:
    """The folder, too, is as the backup had it; only the keys are the newest."""
    for path in logs.folder().rglob("*"):
        if path.is_file() and path.name not in ("lock", "signing-key", "key"):
            path.unlink()
    for name, content in folder.items():
        (logs.folder() / name).parent.mkdir(parents=True, exist_ok=True)
        (logs.folder() / name).write_bytes(content)


@pytest.mark.parametrize("with_folder", [False, True])
def test_restore_of_a_copy_of_an_older_epoch_is_ok_to_both(
    seen: registry.Action, both: Both, with_folder: bool
) -> None:
    """The copy is of December, the newest checkpoint of January."""
    fill(seen, 298)
    early = checkpoints.sign(now=NOW)
    folder = logs.written()
    fill(seen, 7)
    december = checkpoints.sign(now=NOW)
    fill(seen, 3)
    january = checkpoints.sign(now=NEXT_YEAR)
    logs.roll_back(to=300)
    if with_folder:
        put_back(folder)
    epochs.open_after_restore(january, now=NEXT_YEAR)
    fill(seen, 5)
    newest = checkpoints.sign(now=NEXT_YEAR)

    told = both(early.note, december.note, january.note, newest.note)

    assert (told["ok"], told["entries"], told["checkpoint"]["epoch"]) == (True, 306, 3)
    assert told["lost_by_restore"] == [{"from": 0, "to": january.size, "epoch": 2, "on": "2027-01-01"}]


@pytest.mark.parametrize("with_folder", [False, True])
def test_restore_of_a_copy_without_an_entry_in_its_place_is_ok_to_both(
    seen: registry.Action, both: Both, with_folder: bool
) -> None:
    fill(seen, 10)
    known = checkpoints.sign(now=NOW)
    logs.tamper("DELETE FROM audit_leaf")
    logs.tamper("DELETE FROM audit_entry")
    if with_folder:
        put_back({})
    epochs.open_after_restore(known, now=NEXT_YEAR)
    fill(seen, 5)
    newest = checkpoints.sign(now=NEXT_YEAR)

    told = both(known.note, newest.note)

    assert (told["ok"], told["entries"], told["checkpoint"]["epoch"]) == (True, 7, 2)
    assert told["lost_by_restore"] == [{"from": 0, "to": known.size, "epoch": 1, "on": "2027-01-01"}]
