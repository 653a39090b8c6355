import json
import os
import socket
import stat
import subprocess
import sys
import threading

import pytest
from django.utils import translation

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import custody as desk
from tryggve.vault import opening, unlockers
from tryggve.vault.keeper import server
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.keeper_socket import client, protocol, token
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS
from tryggve.vault.tests.cheap import PASSPHRASE
from tryggve.vault.tests.keeper.conftest import TOKEN

pytestmark = pytest.mark.usefixtures("keeper")


def _said(where: Folders, raw: bytes) -> bytes:
    """What the keeper answers to these bytes."""
    with socket.socket(socket.AF_UNIX) as connection, protocol.address(where) as address:
        connection.connect(address)
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        return connection.recv(protocol.LONGEST_LINE)


def _question(**changed: object) -> bytes:
    asked: dict[str, object] = {"ask": "status", "token": None, "language": "en", "facts": {}}
    return json.dumps(asked | changed).encode() + b"\n"


def test_keyring_of_a_command_opens_with_what_the_keeper_gives(where: Folders) -> None:
    where.key_file.rename(where.key_file.with_name("away"))
    ring = vault.keyring()
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    assert ring.open(blob, bound_to=CILLAS_DETAILS) == b"hello"


def test_lock_reaches_who_holds_the_keys_though_the_key_file_is_there(where: Folders) -> None:
    ring = vault.keyring()
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    desk.lock()
    with pytest.raises(vault.NotUnlocked):
        ring.open(blob, bound_to=CILLAS_DETAILS)
    vault.forget()
    with pytest.raises(vault.NotUnlocked):
        vault.keyring()
    desk.unlock_with_passphrase(PASSPHRASE, by="user:anna")
    assert (vault.keyring().open(blob, bound_to=CILLAS_DETAILS), desk.status().is_locked) == (b"hello", False)


def test_rotation_by_the_keeper_is_followed_by_who_holds_the_old_keys(where: Folders) -> None:
    ring = vault.keyring()
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    desk.rotate()
    assert (ring.open(blob, bound_to=CILLAS_DETAILS), desk.status().generation) == (b"hello", 2)


def test_child_of_another_start_gets_nothing(where: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    _text, descriptor = token.make()
    monkeypatch.setenv(token.VARIABLE, str(descriptor))
    with pytest.raises(client.KeeperSilent):
        client.unlocked(where)
    os.close(descriptor)


def test_child_of_this_start_shows_its_token_and_is_answered(
    where: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    descriptor = os.memfd_create("token")
    os.write(descriptor, TOKEN.encode())
    monkeypatch.setenv(token.VARIABLE, str(descriptor))
    assert len(client.ask(where, "keys")["secrets"]) == 1
    os.close(descriptor)


def test_another_account_gets_nothing_even_with_the_socket_in_hand(where: Folders) -> None:
    """Its folder alone would stop it; here a connection is handed over, and the keeper asks the system whose it is."""
    if os.geteuid() != 0:
        pytest.skip("only root can be somebody else")
    ask = f"""
import os, socket, sys
os.chdir({str(where.run / "keeper")!r})
os.setresuid(*[int(sys.argv[1])] * 3)
s = socket.socket(socket.AF_UNIX)
s.connect("socket")
try:
    s.sendall({_question(ask="keys")!r})
    print(s.recv(100)[:10])
except (ConnectionResetError, BrokenPipeError):
    print("turned away")
"""
    protocol.socket_file(where).chmod(0o777)
    (where.run / "keeper").chmod(0o755)
    said = [
        subprocess.run(
            [sys.executable, "-c", ask, str(uid)], capture_output=True, text=True, check=True
        ).stdout
        for uid in (0, 65534)
    ]
    assert said == ["b'{\"answer\":'\n", "turned away\n"]


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\n", b"{}\n", b"[]\n", b"\xff\xfe\n", b"null\n", b'{"ask": "keys"}\n', b"x" * 70_000,
        _question(facts=[]), _question(language="xx"), _question(ask="no such verb"),
        _question(ask="unlock"), _question(ask="sheet", facts={"number": "x"}),
        _question(ask="remove-unlocker", facts={"id": 3}), _question(ask=["keys"]),
    ],
)  # fmt: skip
def test_what_the_keeper_does_not_understand_is_not_answered_and_ends_nothing(
    where: Folders, raw: bytes
) -> None:
    assert _said(where, raw) == b""
    assert b'"is_locked": false' in _said(where, _question())


def test_refusal_comes_in_the_language_of_who_asks(where: Folders) -> None:
    desk.lock()
    with translation.override("sv"), pytest.raises(client.RefusedByKeeper) as refused:
        desk.unlock_with_passphrase("en helt annan lösenfras", by="user:anna")
    assert (refused.value.name, refused.value.exit_status) == ("PassphraseWrong", 3)
    with translation.override("en"), pytest.raises(client.RefusedByKeeper, match="That isn't the passphrase"):
        desk.unlock_with_passphrase("another passphrase altogether", by="user:anna")


def test_many_ask_at_once_and_all_are_answered(where: Folders) -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(len(client.ask(where, "keys")["secrets"])))
        for _one in range(40)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 40


def test_socket_lies_in_a_folder_of_its_own_that_nobody_else_enters(where: Folders) -> None:
    assert stat.S_IMODE((where.run / "keeper").stat().st_mode) == 0o700


def test_last_unlocker_is_not_removed(where: Folders) -> None:
    first, last = [way.id for way in unlockers.unlockers(Keystore(where.keys))]
    desk.remove_unlocker(first)
    with pytest.raises(client.RefusedByKeeper) as refused:
        desk.remove_unlocker(last)
    assert refused.value.name == "LastUnlocker"


def test_socket_of_a_dead_parent_is_replaced(chosen: Folders, custody: Custody) -> None:
    file = protocol.socket_file(chosen)
    file.unlink()
    dead = socket.socket(socket.AF_UNIX)
    with protocol.address(chosen) as address:
        dead.bind(address)
    dead.close()
    with pytest.raises(client.NoKeeper):
        client.ask(chosen, "status")
    with server.listening(chosen, custody, token=TOKEN):
        assert client.ask(chosen, "status")["is_locked"] is False
    with pytest.raises(client.NoKeeper):
        client.ask(chosen, "status")
    assert opening.unlock(chosen)


def test_very_long_path_of_a_data_folder_is_no_obstacle(custody: Custody, chosen: Folders) -> None:
    far = Folders(data=chosen.data / ("d" * 120) / ("e" * 120), config=chosen.config)
    far.run.mkdir(parents=True)
    with server.listening(far, custody, token=TOKEN):
        assert client.ask(far, "status")["is_locked"] is False


def test_way_in_whose_file_is_gone_does_not_count(where: Folders) -> None:
    _file, passphrase = [way.id for way in unlockers.unlockers(Keystore(where.keys))]
    where.key_file.unlink()
    with pytest.raises(client.RefusedByKeeper) as refused:
        desk.remove_unlocker(passphrase)
    assert refused.value.name == "LastUnlocker"


def test_child_of_up_opens_no_unlocker_itself(chosen: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    protocol.socket_file(chosen).unlink()
    _text, descriptor = token.make()
    monkeypatch.setenv(token.VARIABLE, str(descriptor))
    monkeypatch.setattr(desk, "_alone", {})
    for ask in (desk.status, desk.rotate, vault.keyring):
        with pytest.raises(client.KeeperSilent):
            ask()
    assert desk._alone == {}
    os.close(descriptor)


def test_token_can_not_be_changed_by_who_inherits_it() -> None:
    text, descriptor = token.make()
    with pytest.raises(PermissionError):
        os.pwrite(descriptor, b"another", 0)
    assert os.pread(descriptor, 256, 0).decode() == text
    os.close(descriptor)


def test_keys_are_let_go_after_a_lock_though_nobody_needs_them(where: Folders) -> None:
    ring = vault.keyring()
    ring.create_keys([CILLA])
    opening.let_go_if_locked()
    assert ring._held is not None
    desk.lock()
    opening.let_go_if_locked()
    assert ring._held is None


def test_who_sends_a_question_letter_by_letter_is_not_waited_for(where: Folders) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"{")
        with pytest.raises(TimeoutError):
            protocol.receive(ours, seconds=0.0)


@pytest.mark.parametrize("is_child", [True, False])
def test_only_a_child_of_up_watches_for_locks(
    where: Folders, monkeypatch: pytest.MonkeyPatch, is_child: bool
) -> None:
    descriptor = os.memfd_create("token")
    os.write(descriptor, TOKEN.encode())
    if is_child:
        monkeypatch.setenv(token.VARIABLE, str(descriptor))
    before = set(threading.enumerate())
    vault.keyring()
    names = {thread.name for thread in set(threading.enumerate()) - before}
    assert ("lock watch" in names) == is_child
    os.close(descriptor)
