import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import polib
import pytest

import assets

BUILT_FROM = ("assets.py", "client", "requirements/build.lock")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of what assets.py reads, of the files built from it, and a Swedish catalogue of one word."""
    for name in BUILT_FROM:
        source = assets.ROOT / name
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    shutil.copytree(assets.BUILT / "static", built(tmp_path) / "static")
    shutil.copy(assets.STAMP, built(tmp_path))
    write_catalogue(tmp_path, "Spara")
    assert run(tmp_path).returncode == 0
    return tmp_path


def built(clone: Path) -> Path:
    return clone / "src" / "tryggve" / "_built"


def write_catalogue(clone: Path, word: str) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid="Save", msgstr=word))
    catalogue.append(polib.POEntry(msgid="Cancel", msgstr="Avbrut", flags=["fuzzy"]))
    target = clone / "locale" / "sv" / "LC_MESSAGES" / "django.po"
    target.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(target))


def run(clone: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, clone / "assets.py", *options],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every built file with its content and when it was written."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}


def words(clone: Path) -> list[tuple[str, str]]:
    compiled = polib.mofile(str(built(clone) / "locale" / "sv" / "LC_MESSAGES" / "django.mo"))
    return [(entry.msgid, entry.msgstr) for entry in compiled]


def test_fresh_build_is_left_alone(clone: Path) -> None:
    before = state(built(clone))
    assert run(clone, "--check").returncode == 0
    quiet = run(clone)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    assert state(built(clone)) == before


def test_changed_catalogue_is_compiled_without_node_or_network(clone: Path) -> None:
    static = state(built(clone) / "static")
    write_catalogue(clone, "Behåll")
    assert run(clone, "--check").returncode == 1
    assert run(clone, PIP_INDEX_URL="http://127.0.0.1:1/", PIP_FIND_LINKS="").returncode == 0
    assert words(clone) == [("Save", "Behåll")]
    assert state(built(clone) / "static") == static
    assert run(clone, "--check").returncode == 0


@pytest.mark.parametrize("name", ["client/src/app.ts", "client/package-lock.json", "requirements/build.lock"])
def test_changed_source_makes_the_build_stale(clone: Path, name: str) -> None:
    with (clone / name).open("a") as source:
        source.write("\n")
    assert run(clone, "--check").returncode == 1


@pytest.mark.parametrize("stamp", ["", "[]", '{"client": 1}'])
def test_damaged_stamp_makes_the_build_stale(clone: Path, stamp: str) -> None:
    (built(clone) / "stamp").write_text(stamp)
    assert run(clone, "--check").returncode == 1


@pytest.mark.process
def test_failed_build_says_where_and_keeps_the_old(clone: Path) -> None:
    before = state(built(clone))
    (clone / "requirements" / "build.lock").write_text("no-such-package==1 --hash=sha256:" + "0" * 64)
    failed = run(clone, PIP_INDEX_URL="http://127.0.0.1:1/", PIP_FIND_LINKS="", PIP_RETRIES="0")
    assert failed.returncode == 2
    assert failed.stderr.startswith("Building the pages stopped at «python -m pip»:\n")
    assert state(built(clone)) == before
    assert not (clone / "build" / "assets").exists()


@pytest.mark.process
def test_killed_build_keeps_the_old_and_the_next_one_cleans_up(clone: Path) -> None:
    before = state(built(clone))
    source = clone / "client" / "src" / "app.ts"
    original = source.read_text()
    source.write_text(original + "\n")
    with socket.create_server(("127.0.0.1", 0)) as registry:
        registry.settimeout(60)
        here = f"http://127.0.0.1:{registry.getsockname()[1]}/"
        environment = os.environ | {"PIP_INDEX_URL": here, "PIP_FIND_LINKS": ""}
        builder = subprocess.Popen(
            [sys.executable, clone / "assets.py"], env=environment, start_new_session=True
        )
        connection, _address = registry.accept()  # pip has begun, and gets no answer
        os.killpg(builder.pid, signal.SIGKILL)
        builder.wait()
        connection.close()
    assert state(built(clone)) == before
    assert run(clone, "--check").returncode == 1
    source.write_text(original)
    write_catalogue(clone, "Behåll")
    assert run(clone).returncode == 0
    assert not (clone / "build" / "assets").exists()


def test_published_manifest_never_names_a_missing_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However far the publishing comes before the power fails."""
    target = tmp_path / "target"
    moves = 0

    def stop_after_moves(self: Path, destination: Path) -> Path:
        nonlocal moves
        if moves == 0:
            raise KeyboardInterrupt
        moves -= 1
        return Path(shutil.move(self, destination))

    monkeypatch.setattr(Path, "replace", stop_after_moves)
    for allowed in range(4):
        shutil.rmtree(target, ignore_errors=True)
        write_static(target, "old")
        write_static(tmp_path / "new", "new")
        moves = allowed
        try:
            assets.publish_static(tmp_path / "new", target)
        except KeyboardInterrupt:
            assert (target / "app-old.css").is_file()
        named = (target / "manifest.json").read_text()
        assert named == ("new" if allowed == 3 else "old")
        assert {f"app-{named}.css", f"app-{named}.css.br"} <= {file.name for file in target.iterdir()}
    assert sorted(file.name for file in target.iterdir()) == [
        "app-new.css",
        "app-new.css.br",
        "manifest.json",
    ]


def write_static(folder: Path, version: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in (f"app-{version}.css", f"app-{version}.css.br", "manifest.json"):
        (folder / name).write_text(version)
