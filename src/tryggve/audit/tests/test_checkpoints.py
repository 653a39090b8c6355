import stat
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tryggve import vault
from tryggve.audit import checkpoint_files, checkpoints, notes, registry, standing, tiles
from tryggve.audit.models import Entry
from tryggve.audit.tests import logs
from tryggve.audit.tests.logs import NOW, fill

pytestmark = pytest.mark.django_db


def test_sign_states_size_and_root_of_the_tree(seen: registry.Action) -> None:
    fill(seen, 10)

    signed = checkpoints.sign(now=NOW)

    installation = Entry.objects.get(action="audit.epoch-opened").facts["installation"]
    text, signatures = notes.text_of(signed.note)
    assert text.split("\n") == [
        f"tryggve/{installation}/1",
        "12",
        notes.encode(tiles.EpochTiles(1).root(12)),
        "at 2026-03-02T08:00:00Z",
        f"erasures {vault.ledger_state()}",
        "",
    ]
    assert [name for name, _signature in signatures] == [f"tryggve/{installation}"]
    assert checkpoints.opened(signed.note) == signed
    assert checkpoints.newest() == signed


def test_sign_keeps_every_checkpoint_and_names_the_newest(seen: registry.Action) -> None:
    first = checkpoints.sign(now=NOW)
    fill(seen, 1)
    second = checkpoints.sign(now=NOW + timedelta(hours=1))

    files = logs.written()
    assert files["epoch-0001/checkpoints/000000000002"] == first.note
    assert files["epoch-0001/checkpoints/000000000003"] == files["epoch-0001/checkpoint"] == second.note


def test_sign_of_a_log_that_has_not_grown_gives_the_same_checkpoint(seen: registry.Action) -> None:
    first = checkpoints.sign(now=NOW)
    before = logs.written()

    assert checkpoints.sign(now=NOW + timedelta(hours=1)) == first
    assert logs.written() == before


def test_signing_key_is_made_once_sealed_and_recorded(seen: registry.Action) -> None:
    checkpoints.sign(now=NOW)
    fill(seen, 1)
    checkpoints.sign(now=NOW)

    made = Entry.objects.get(action="audit.signing-key-made")
    (key,) = checkpoint_files.keys()
    blob = logs.folder() / "signing-key"
    secret = vault.open_for_service("audit checkpoint key", blob.read_bytes())
    assert made.facts == {"key": key.public.hex()}
    assert stat.S_IMODE(blob.stat().st_mode) == 0o600
    assert len(secret) == 32
    assert secret not in blob.read_bytes()


def test_sign_refuses_a_tree_that_contradicts_the_last_checkpoint(seen: registry.Action) -> None:
    fill(seen, 300)
    checkpoints.sign(now=NOW)
    logs.flip(logs.folder() / "epoch-0001/tile/1/000.p/1", 3)
    fill(seen, 1)

    with pytest.raises(standing.LogDisagrees):
        checkpoints.sign(now=NOW)
    assert checkpoint_files.sizes(1) == [302]


def test_checkpoint_signed_by_mallory_is_not_opened(seen: registry.Action) -> None:
    signed = checkpoints.sign(now=NOW)
    text = notes.text_of(signed.note)[0]
    key = Ed25519PrivateKey.generate()

    with pytest.raises(notes.NotSigned):
        checkpoints.opened(notes.sign(text, name=checkpoint_files.key_name(signed.installation), key=key))


def test_extension_is_a_line_of_each_checkpoint(
    seen: registry.Action, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "_extensions", {})
    checkpoints.extension("erasures")(lambda: "12 abcd")

    signed = checkpoints.sign(now=NOW)

    assert signed.extensions == ("at 2026-03-02T08:00:00Z", "erasures 12 abcd")
    assert logs.verdict(signed.note) == "ok"
