"""What sealing and opening a file costs, next to AES-256-GCM over the same chunks.

    .venv/bin/python -m bench.sealed_file                          256 MB, 15 pairs; then 1 GB once, for memory

*memory* is what the bar asks for: the stream is sealed from memory to nowhere and opened from memory, next to
``cryptography``'s AESGCM over the same chunks in the same memory: no disk on either side. *files* is what a caller
sees: ``seal_file`` and ``open_file`` on files, next to a program that reads the same file, calls AESGCM, writes and
syncs. The last lines put the file next to AESGCM in memory: there the kernel's copying is most of it, as the line
*copy* shows, which calls no cipher at all. CPU seconds, plain over ours: 1 is as fast, 0.7 is the bar.
"""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench import measuring

MB = 1_000_000
_KEY = bytes(range(32))
_ASSOCIATED = bytes(200)


class Nowhere(io.RawIOBase):
    """Takes everything, keeps nothing."""

    def write(self, data: Any, /) -> int:
        return len(data)


@dataclass(frozen=True)
class Ground:
    """Where one round of measuring stands: a file of noise, the same in memory, a place for sealed ones."""

    home: Path
    noise: Path

    @property
    def sealed(self) -> Path:
        return self.home / "sealed"


def write_noise(path: Path, size: int) -> None:
    with path.open("wb") as out:
        for first in range(0, size, MB):
            out.write(os.urandom(min(MB, size - first)))


def nonce(number: int) -> bytes:
    return number.to_bytes(12)


def in_memory(content: bytes) -> dict[str, Callable[[], object]]:
    """Plain and ours, both without a disk."""
    from tryggve.vault.sealed_files.chunks import CHUNK_BYTES, Chunks  # noqa: PLC0415 - after Django is set up
    from tryggve.vault.sealed_files.reading import SealedReader  # noqa: PLC0415
    from tryggve.vault.sealed_files.writing import write_sealed  # noqa: PLC0415

    cipher, ours = AESGCM(_KEY), Chunks(_KEY, associated=_ASSOCIATED)
    pieces = [
        memoryview(content)[first : first + CHUNK_BYTES] for first in range(0, len(content), CHUNK_BYTES)
    ]
    plain_sealed = [cipher.encrypt(nonce(at), piece, _ASSOCIATED) for at, piece in enumerate(pieces)]
    out = io.BytesIO()
    write_sealed(io.BytesIO(content), out, ours)
    sealed = out.getvalue()

    def plain_seal() -> None:
        for at, piece in enumerate(pieces):
            cipher.encrypt(nonce(at), piece, _ASSOCIATED)

    def plain_open() -> None:
        for at, piece in enumerate(plain_sealed):
            cipher.decrypt(nonce(at), piece, _ASSOCIATED)

    def our_open() -> None:
        with SealedReader(io.BytesIO(sealed), ours) as reader:
            while reader.read(CHUNK_BYTES):
                pass

    return {
        "plain seal": plain_seal,
        "seal": lambda: write_sealed(io.BytesIO(content), Nowhere(), ours),  # type: ignore[arg-type]
        "plain open": plain_open,
        "open": our_open,
    }


def on_disk(ground: Ground) -> dict[str, Callable[[], object]]:
    """Plain and ours, from file to file."""
    from tryggve import vault  # noqa: PLC0415
    from tryggve.vault.sealed_files import open_file, seal_file  # noqa: PLC0415
    from tryggve.vault.sealed_files.chunks import CHUNK_BYTES, SEALED_CHUNK_BYTES  # noqa: PLC0415

    subject, cipher = uuid4(), AESGCM(_KEY)
    [key] = vault.keyring().create_keys([subject])
    binding = vault.Binding(type_name="bench.file", record=subject, subject=subject, part="files", revision=1)

    def through(work: Callable[[int, bytes], bytes], source: Path, target: Path | None, size: int) -> None:
        with source.open("rb") as given, target.open("wb") if target else Nowhere() as out:
            for at, piece in enumerate(iter(lambda: given.read(size), b"")):
                out.write(work(at, piece))
            if target:
                out.flush()
                os.fsync(out.fileno())

    def seal() -> None:
        ground.sealed.unlink(missing_ok=True)
        with ground.noise.open("rb") as source:
            seal_file(source, ground.sealed, key=key, bound_to=binding)

    def open_again() -> None:
        with open_file(ground.sealed, bound_to=binding) as reader:
            while reader.read(CHUNK_BYTES):
                pass

    plain = ground.home / "plain"
    return {
        "copy": lambda: through(lambda _at, piece: piece, ground.noise, plain, CHUNK_BYTES),
        "plain seal": lambda: through(
            lambda at, piece: cipher.encrypt(nonce(at), piece, _ASSOCIATED), ground.noise, plain, CHUNK_BYTES
        ),
        "plain open": lambda: through(
            lambda at, piece: cipher.decrypt(nonce(at), piece, _ASSOCIATED), plain, None, SEALED_CHUNK_BYTES
        ),
        "seal": seal,
        "open": open_again,
    }


def pairs(home: Path, size: int, count: int) -> dict[str, dict[str, list[float]]]:
    """CPU seconds of everything, in turn; each second round goes backwards."""
    measuring.begin_register(home)
    ground = Ground(home, home / "noise")
    write_noise(ground.noise, size)
    deeds = {
        f"{where} {name}": deed
        for where, some in (("memory", in_memory(ground.noise.read_bytes())), ("files", on_disk(ground)))
        for name, deed in some.items()
    }
    for deed in deeds.values():
        deed()
    found: dict[str, list[float]] = {name: [] for name in deeds}
    for number in range(count):
        for name in deeds if number % 2 == 0 else reversed(deeds):
            found[name].append(measuring.measured(deeds[name])["cpu"])
    return {"cpu": found}


def once(home: Path, size: int) -> dict[str, float]:
    """Seal and open one file of that size; memory in MB, and how much of it is the program before it began."""
    measuring.begin_register(home)
    ground = Ground(home, home / "noise")
    write_noise(ground.noise, size)
    deeds = on_disk(ground)
    before = measuring.peak_megabytes()
    cpu = {name: measuring.measured(deeds[name])["cpu"] for name in ("seal", "open")}
    return cpu | {"before": before, "peak": measuring.peak_megabytes()}


def report(found: dict[str, list[float]], size: int) -> None:
    for name, seconds in found.items():
        speed = [size / 1e9 / one for one in seconds]
        measuring.say(f"{name:18} {len(seconds):3} runs  GB/CPU s {measuring.spread(speed)}")
    for base, ours in (("memory", "memory"), ("files", "files"), ("memory", "files")):
        for deed in ("seal", "open"):
            plain = found[f"{base} plain {deed}"]
            ratios = [one / other for one, other in zip(plain, found[f"{ours} {deed}"], strict=True)]
            measuring.say(f"{ours} {deed} / {base} plain {deed}: {measuring.spread(ratios)}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=int, default=256)
    parser.add_argument("--pairs", type=int, default=15)
    wanted = parser.parse_args()
    size = wanted.megabytes * MB
    measuring.say(f"load before: {measuring.load()}")
    with measuring.scratch() as home:
        report(
            measuring.in_own_process("sealed_file", "pairs", str(home), str(size), str(wanted.pairs))["cpu"],
            size,
        )
    with measuring.scratch() as home:
        big = measuring.in_own_process("sealed_file", "once", str(home), str(1000 * MB), "1")
        measuring.say(
            f"1 GB once: sealed in {big['seal']:.2f} and opened in {big['open']:.2f} CPU s; peak {big['peak']:.0f} MB,"
            f" {big['before']:.0f} MB of it the program with Django before it began"
        )
    measuring.say(f"load after: {measuring.load()}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        kind, home, size, count = sys.argv[2:6]
        made = once(Path(home), int(size)) if kind == "once" else pairs(Path(home), int(size), int(count))
        measuring.say(json.dumps(made))
    else:
        main()
