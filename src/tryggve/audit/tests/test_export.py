import io
import json
import stat
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tryggve import vault
from tryggve.audit import checkpoints, epochs, export, registry, sequencer, services, verification
from tryggve.audit.services import Details
from tryggve.audit.tests import logs
from tryggve.audit.tests.logs import ANNA, CILLA, NOW, TOMORROW, fill

pytestmark = pytest.mark.django_db

_STANDALONE = Path(__file__).parents[4] / "tools" / "verify_audit.py"


@pytest.fixture
def cillas_key() -> UUID:
    (key,) = vault.keyring().create_keys([CILLA])
    return key


def _exported(*, with_details: bool = False) -> zipfile.ZipFile:
    out = io.BytesIO()
    export.write(out, with_details=with_details)
    return zipfile.ZipFile(out)


def test_export_holds_the_log_up_to_its_newest_checkpoint(seen: registry.Action) -> None:
    fill(seen, 298)
    checkpoints.sign(now=NOW)
    fill(seen, 300)
    sequencer.sequence(now=NOW)

    archive = _exported()

    files = logs.written()
    assert sorted(archive.namelist()) == [
        "epoch-0001/checkpoint",
        "epoch-0001/checkpoints/000000000300",
        "epoch-0001/tile/0/000",
        "epoch-0001/tile/0/001.p/44",
        "epoch-0001/tile/1/000.p/1",
        "epoch-0001/tile/entries/000",
        "epoch-0001/tile/entries/001.p/44",
        "key",
    ]
    assert archive.read("epoch-0001/tile/0/000") == files["epoch-0001/tile/0/000"]
    assert files["epoch-0001/tile/0/001"].startswith(archive.read("epoch-0001/tile/0/001.p/44"))


def test_export_of_the_same_log_is_the_same_file(seen: registry.Action) -> None:
    fill(seen, 3)
    checkpoints.sign(now=NOW)
    both = [io.BytesIO(), io.BytesIO()]

    for out in both:
        export.write(out, with_details=False)

    assert both[0].getvalue() == both[1].getvalue()


def test_export_to_a_path_is_for_its_owner_alone_and_never_over_a_file(
    seen: registry.Action, tmp_path: Path
) -> None:
    checkpoints.sign(now=NOW)
    path = tmp_path / "log.zip"

    export.write(path, with_details=False)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        export.write(path, with_details=False)


class _OneWay(io.RawIOBase):
    """A socket: it can't go back."""

    def __init__(self) -> None:
        self.written = b""

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.written += bytes(content)
        return len(content)


def test_export_streams_to_what_cannot_go_back(seen: registry.Action) -> None:
    checkpoints.sign(now=NOW)
    out = _OneWay()

    export.write(out, with_details=False)  # type: ignore[arg-type]

    assert zipfile.ZipFile(io.BytesIO(out.written)).testzip() is None


def test_checkpoint_signed_while_the_export_is_written_is_not_half_in_it(seen: registry.Action) -> None:
    fill(seen, 3)
    checkpoints.sign(now=NOW)
    checkpoints.sign(now=NOW + timedelta(days=365))
    fill(seen, 3)

    class Meanwhile(_OneWay):
        def write(self, content: Any) -> int:
            if b"epoch-0001/" in bytes(content):
                checkpoints.sign(now=NOW + timedelta(days=366))
            return super().write(content)

    out = Meanwhile()
    export.write(out, with_details=False)  # type: ignore[arg-type]

    names = zipfile.ZipFile(io.BytesIO(out.written)).namelist()
    assert [name for name in names if name.startswith("epoch-0002/")] == [
        "epoch-0002/checkpoint",
        "epoch-0002/checkpoints/000000000001",
        "epoch-0002/tile/0/000.p/1",
        "epoch-0002/tile/entries/000.p/1",
    ]
    assert (logs.folder() / "epoch-0002/checkpoints/000000000004").exists()


def _details(archive: zipfile.ZipFile) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archive.read("details.jsonl").splitlines()]


def test_details_are_written_only_when_asked_for_and_only_those_that_open(
    seen: registry.Action, cillas_key: UUID
) -> None:
    (erased,) = vault.keyring().create_keys([CILLA])
    said = {key: Details({"reason": "Åsa ringde"}, key) for key in (cillas_key, erased)}
    entry = services.record(seen, actor=ANNA, at=NOW, subject=CILLA, details=said[cillas_key]).pk
    services.record(seen, actor=ANNA, at=NOW, subject=CILLA, details=said[erased])
    checkpoints.sign(now=NOW)
    services.record(seen, actor=ANNA, at=NOW, subject=CILLA, details=said[cillas_key])
    sequencer.sequence(now=NOW)
    vault.keyring().destroy_keys([erased])

    (told,) = _details(_exported(with_details=True))

    assert (told["entry"], told["details"], len(bytes.fromhex(told["salt"]))) == (
        entry,
        {"reason": "Åsa ringde"},
        16,
    )
    assert "details.jsonl" not in _exported().namelist()


def _standalone(path: Path, *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(_STANDALONE), str(path), "--json", *words],
        stdout=subprocess.PIPE,
        check=False,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told | {"status": done.returncode}


def test_standalone_verifier_says_what_the_product_says(
    seen: registry.Action, cillas_key: UUID, tmp_path: Path
) -> None:
    """Over two years, a restore, and with details."""
    said = Details({"reason": "Åsa ringde"}, cillas_key)
    services.record(seen, actor=ANNA, at=NOW, subject=CILLA, details=said)
    fill(seen, 300)
    checkpoints.sign(now=NOW)
    fill(seen, 300)
    checkpoints.sign(now=NOW + timedelta(days=365))
    fill(seen, 20)
    known = checkpoints.sign(now=NOW + timedelta(days=366))
    logs.roll_back(to=2, epoch=2) if known.size > 2 else None
    epochs.open_after_restore(known, now=NOW + timedelta(days=367))
    fill(seen, 5)
    newest = checkpoints.sign(now=NOW + timedelta(days=367))
    saved = tmp_path / "saved"
    saved.write_bytes(known.note)
    path = tmp_path / "log.zip"

    export.write(path, with_details=True)
    told = _standalone(path, "--checkpoint", str(saved))

    product = verification.verify([known.note], now=TOMORROW, with_details=True).as_json()
    assert product["ok"] is True
    assert told["lost_by_restore"] == product["lost_by_restore"] != []
    assert (told["ok"], told["status"], told["entries"]) == (True, 0, product["entries"])
    assert (told["checkpoint"]["epoch"], told["checkpoint"]["size"]) == (newest.epoch, newest.size)
    assert logs.disk_size(3) == newest.size
