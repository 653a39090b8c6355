"""Whatever a parser does, the answer is its values or a reason, and its process is gone."""

import io
import json
import logging
import os
import threading
from errno import EBADF
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tryggve.lib import sandbox
from tryggve.lib.sandbox import Failed, Limits, Parser, sources
from tryggve.lib.sandbox.running import NotRegistered
from tryggve.lib.sandbox.tests import acts, parsers

pytestmark = pytest.mark.process

_MEGABYTE = 1024**2
_SMALL = Limits(wall_seconds=60, cpu_seconds=30, memory_bytes=512 * _MEGABYTE, output_bytes=64 * _MEGABYTE)


def _named(name: str) -> Parser:
    return sandbox.register(f"{parsers.__name__}:{name}")


def _is_gone(process: int) -> bool:
    """Ended, and reaped: not even a number is left."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def _reason(name: str, content: bytes = b"", *, limits: Limits = _SMALL, **arguments: Any) -> str:
    """Why the parser failed after its first value; its process is gone by then."""
    met: list[int] = []
    with pytest.raises(Failed) as failed:
        _listen(name, content, limits, arguments, met)
    [process] = met
    assert _is_gone(process)
    return failed.value.reason


def _listen(
    name: str, source: bytes | int, limits: Limits, arguments: dict[str, Any], met: list[int]
) -> None:
    with sandbox.run(_named(name), source, limits=limits, arguments=arguments) as values:
        met.append(next(values))
        assert not _is_gone(met[0])
        list(values)


def test_values_come_in_order_and_the_process_is_gone() -> None:
    with sandbox.run(_named("counting"), b"", arguments={"up_to": 1000}) as values:
        process, *numbers = values
    assert numbers == list(range(1000))
    assert _is_gone(process)


def test_values_come_as_they_are_made_and_leaving_early_ends_the_process() -> None:
    with sandbox.run(_named("counting"), b"", limits=_SMALL, arguments={"up_to": 10**12}) as values:
        process, *numbers = islice(values, 4)
        assert not _is_gone(process)
    assert (numbers, _is_gone(process)) == ([0, 1, 2], True)


def test_process_is_gone_when_the_block_fails() -> None:
    met: list[int] = []

    def interrupted() -> None:
        with sandbox.run(_named("counting"), b"", limits=_SMALL, arguments={"up_to": 10**12}) as values:
            met.append(next(values))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert _is_gone(met[0])


def test_memory_ends_at_the_limit_and_not_before() -> None:
    assert _reason("hungry", chunks=600) == "memory"
    with sandbox.run(_named("hungry"), b"", arguments={"chunks": 600}) as values:
        assert list(values)[1:] == [600]


def test_endless_computing_ends_at_the_limit() -> None:
    assert _reason("endless", limits=Limits(cpu_seconds=1)) == "time"


def test_endless_waiting_ends_at_the_limit() -> None:
    reading, writing = os.pipe()
    met: list[int] = []
    with pytest.raises(Failed, match="time"):
        _listen("waiting", reading, Limits(wall_seconds=1), {}, met)
    os.close(reading)
    os.close(writing)
    assert _is_gone(met[0])


def test_endless_answers_end_at_the_limit() -> None:
    assert _reason("talkative", limits=Limits(output_bytes=_MEGABYTE)) == "output"


def test_crash_is_told_as_one() -> None:
    assert _reason("crashing") == "crash"


def test_end_in_the_middle_is_no_answer() -> None:
    assert _reason("leaving") == "crash"


def test_closed_mouth_is_no_answer() -> None:
    assert _reason("silent", limits=Limits(cpu_seconds=1)) == "time"


@pytest.mark.parametrize(
    "words",
    [b"not json\n", b"{}\n", b"[]\n", b'["value"]\n', b'["fault"]\n', b"[" * 100_000 + b"\n", b"\xff\n",
     b'["value", ' + b"9" * 10_000 + b"]\n", b'["end", 1]\n', b"null\n"],
)  # fmt: skip
def test_answer_out_of_form_is_none(words: bytes) -> None:
    assert _reason("garbling", words) == "broken"


def test_fault_is_logged_by_class_and_place_and_never_by_value(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match="Cilla") as raised:
        list(parsers.telling(io.BytesIO(b"Cilla Ek")))
    assert "Cilla" in str(raised.value)
    assert capfd.readouterr().err == "Cilla Ek"
    assert _reason("telling", b"Cilla Ek") == "broken"
    [record] = caplog.records
    facts = record.__dict__["facts"]
    assert (record.levelno, facts["exception"]) == (logging.ERROR, "ValueError")
    assert facts["at_line"][-1].split("/")[-1].endswith(" telling")
    assert "Cilla" not in f"{record.getMessage()} {facts}"
    assert capfd.readouterr() == ("", "")


def test_fault_in_words_of_the_childs_choice_leaves_none_of_them_in_the_log(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Each looks like a class or a place; one place is."""
    (tmp_path / "Cilla_Ek.py").write_text("nobody_loaded_this = True\n")
    here = parsers.telling.__code__
    real = f"{here.co_filename}:{here.co_firstlineno + 4} telling"
    places = [
        f"{here.co_filename}:{here.co_firstlineno + 4} Cilla_Ek", f"{here.co_filename}:99999 telling",
        f"{here.co_filename}:00{here.co_firstlineno + 4} telling", "/Cilla/Ek/0701740605.py:1 <module>",
        "/etc/passwd:1 <module>", "Cilla Ek:3 read", "cilla@example.se", "", "x" * 500, 7, None, {},
        f"{tmp_path}/Cilla_Ek.py:1 <module>",
    ]  # fmt: skip
    told = {"exception": "Cilla_Ek_0701740605", "at_line": [real, *places], "Cilla": "Ek"}
    assert _reason("garbling", json.dumps(["fault", told]).encode() + b"\n") == "broken"
    [record] = caplog.records
    expected = {"exception": "unknown", "at_line": [real, *["unknown"] * len(places)]}
    assert (record.__dict__["facts"], record.getMessage()) == (expected, "a sealed-off parser failed")


@pytest.mark.parametrize("fault", [None, 7, [], "Cilla", {"exception": ["Cilla"], "at_line": "Cilla"}])
def test_fault_out_of_form_is_an_unknown_one(fault: Any, caplog: pytest.LogCaptureFixture) -> None:
    assert _reason("garbling", json.dumps(["fault", fault]).encode() + b"\n") == "broken"
    [record] = caplog.records
    assert record.__dict__["facts"] == {"exception": "unknown", "at_line": []}


def test_fault_without_end_is_logged_up_to_thirty_places(caplog: pytest.LogCaptureFixture) -> None:
    told = {"exception": "KeyError", "at_line": ["x"] * 1000}
    assert _reason("garbling", json.dumps(["fault", told]).encode() + b"\n") == "broken"
    [record] = caplog.records
    assert record.__dict__["facts"] == {"exception": "KeyError", "at_line": ["unknown"] * 30}


def test_answer_that_swells_is_refused_before_it_is_believed() -> None:
    swelling = b'["value",[' + b"{}," * 6_000_000 + b"{}]]\n"
    assert _reason("garbling", swelling, limits=Limits()) == "output"


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="the token lies in a file of memory of Linux")
def test_parser_inherits_neither_the_keepers_token_nor_where_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    token = os.memfd_create("tryggve-keeper", 0)
    os.write(token, b"token")
    assert os.get_inheritable(token)
    monkeypatch.setenv("TRYGGVE_KEEPER_FD", str(token))
    reading = sandbox.register(f"{acts.__name__}:attempted")
    try:
        with sandbox.run(_named("looking_around"), b"") as values:
            environment, descriptors = values
        os.lseek(token, 0, os.SEEK_SET)
        with sandbox.run(reading, b"", arguments={"act": "read_descriptor", "target": token}) as values:
            [error] = values
        assert os.read(token, 9) == b"token"
    finally:
        os.close(token)
    assert ("TRYGGVE_KEEPER_FD" in environment, descriptors, error) == (False, [0, 1, 2], EBADF)


def test_parser_gets_no_environment_and_no_descriptor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGGVE_PROBE", "secret")
    own, other = os.pipe()
    os.set_inheritable(own, True)
    try:
        with sandbox.run(_named("looking_around"), b"abc") as values:
            environment, descriptors = values
    finally:
        os.close(own)
        os.close(other)
    assert "TRYGGVE_PROBE" not in environment
    assert (set(environment) - {"LC_CTYPE"}, descriptors) == (set(), [0, 1, 2])


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="Linux keeps them in a sealed file of memory")
def test_bytes_in_memory_cannot_be_changed_any_more() -> None:
    with sources.descriptor_of(b"abc") as descriptor:
        for change in (lambda: os.write(descriptor, b"x"), lambda: os.truncate(descriptor, 1)):
            with pytest.raises(PermissionError):
                change()
        assert os.read(descriptor, 4) == b"abc"


@pytest.mark.parametrize("size", [0, 5, 300_000])
def test_bytes_arrive_whole_from_memory_from_a_pipe_and_from_a_file(
    size: int, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"x" * size
    (tmp_path / "list").write_bytes(content)
    with (tmp_path / "list").open("rb") as file:
        assert _read(file.fileno()) == content
        assert os.fstat(file.fileno()).st_size == size  # still the caller's
    assert _read(content) == content
    monkeypatch.delattr(os, "memfd_create")  # as on other systems than Linux
    assert _read(content) == content
    for thread in threading.enumerate():
        if thread.name.endswith("(_fill)"):
            thread.join(timeout=10)
            assert not thread.is_alive()


def _read(source: bytes | int) -> bytes:
    with sandbox.run(_named("waiting"), source, limits=_SMALL) as values:
        _process, text = values
    return str(text).encode()


def test_only_registered_parsers_run() -> None:
    with pytest.raises(NotRegistered), sandbox.run(Parser("os:getcwd"), b""):
        pass


@pytest.mark.parametrize("name", ["", "parsers", "parsers:", ":counting", "a b:c", "a:b:c", "a:b\n"])
def test_name_of_no_function_is_not_registered(name: str) -> None:
    with pytest.raises(ValueError, match="module:function"):
        sandbox.register(name)
