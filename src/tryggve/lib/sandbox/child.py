"""The program of the child: import the parser, give up everything, only then look at the first byte."""

import gc
import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from types import TracebackType
from typing import IO, Any, NoReturn

_OUT_OF_MEMORY = 77


def main() -> NoReturn:
    """Answer on standard output, one JSON list a line: any number of values, then the end or a fault."""
    job = json.loads(sys.argv[1])
    look_in(job["path"])
    answer(lambda: loaded(job), job)


def look_in(path: list[str]) -> None:
    """Alone, this program sees nothing but Python's own library."""
    sys.path += [place for place in path if place not in sys.path]


def loaded(job: dict[str, Any], *told: bytes) -> Callable[..., Any]:
    """The parser, with all that it needs; its rehearsal is handed what it is told."""
    parse = _named(job["parser"])
    if job["rehearsal"]:
        _named(job["rehearsal"])(*told)
    return parse


def answer(parser: Callable[[], Callable[..., Any]], job: dict[str, Any]) -> NoReturn:
    """What the parser makes of standard input, once this process has given up everything."""
    with os.fdopen(0, "rb", closefd=False) as source, os.fdopen(1, "wb", 1 << 16, closefd=False) as out:
        try:
            _answer(parser(), job, source, out)
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)  # to say it would take memory
        except BaseException as failure:  # noqa: BLE001 - whatever it is, only its class and place may leave
            _say(
                out, "fault", {"exception": type(failure).__name__, "at_line": _places(failure.__traceback__)}
            )
        os._exit(0)  # an orderly end would want more than is allowed here


def _answer(parse: Callable[..., Any], job: dict[str, Any], source: IO[bytes], out: IO[bytes]) -> None:
    gc.disable()  # its life is short and its memory limited; on large lists collecting is a third of the work
    confining = import_module("tryggve.lib.confinement.confining")
    confining.confine(cpu_seconds=job["cpu_seconds"], memory_bytes=job["memory_bytes"])
    for value in parse(source, **job["arguments"]):
        _say(out, "value", value)
    _say(out, "end")


def _named(name: str) -> Callable[..., Any]:
    module, _colon, function = name.partition(":")
    named: Callable[..., Any] = getattr(import_module(module), function)
    return named


def _say(out: IO[bytes], *words: Any) -> None:
    out.write(json.dumps(words).encode("ascii") + b"\n")
    out.flush()


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places


if __name__ == "__main__":
    main()
