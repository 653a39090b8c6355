"""A file of addresses is given, checked, and kept in our own form; or what is known from one is forgotten."""

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve.accounts import actions
from tryggve.accounts.addresses import places, table
from tryggve.audit import services as audit
from tryggve.lib import durable, sandbox
from tryggve.lib.errors import Refusal

_COUNTRIES = sandbox.register(
    "tryggve.accounts.addresses.parsing:countries_in", rehearsal="tryggve.accounts.addresses.parsing:rehearse"
)
_HOSTING = sandbox.register(
    "tryggve.accounts.addresses.parsing:hosting_in", rehearsal="tryggve.accounts.addresses.parsing:rehearse"
)
MOST_BYTES = 512 * 1024**2
_MOST_RANGES = 4_000_000
_LONGEST_LABEL = 10


class NotReadable(Refusal):
    """There is no such file, or it may not be read."""


class NotUnderstood(Refusal):
    """The file is not what it was given as, or damaged."""


def give_countries(*, path: Path, actor: str, at: datetime) -> int:
    """From now on the countries are known from this MaxMind DB file; returns how many networks it tells of.

    Raises NotReadable and NotUnderstood: then all is as before.
    """
    made, ranges = _parsed(_COUNTRIES, path)
    return _keep("countries", places.countries_path(), ranges, actor, at, made=made or int(at.timestamp()))


def give_hosting(*, path: Path, actor: str, at: datetime) -> int:
    """From now on the networks in this list (one a line, CIDR) count as hosting companies'; returns how many.

    Raises as give_countries.
    """
    _made, ranges = _parsed(_HOSTING, path)
    return _keep("hosting", places.hosting_path(), ranges, actor, at, made=int(at.timestamp()))


@transaction.atomic
def forget(*, actor: str, at: datetime) -> bool:
    """Know nothing of addresses any more; whether something was known."""
    there = [path for path in (places.countries_path(), places.hosting_path()) if path.exists()]
    if there:
        audit.record(actions.ADDRESSES_FORGOTTEN, actor=actor, at=at)
    for path in there:
        path.unlink()
        durable.sync_folder(path.parent)
    return bool(there)


def _keep(
    kind: str,
    path: Path,
    ranges: dict[int, list[table.Range]],
    actor: str,
    at: datetime,
    *,
    made: int,
) -> int:
    try:
        content = table.written(ranges, made=made)
    except ValueError:
        raise _not_understood() from None
    count = sum(map(len, ranges.values()))
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with transaction.atomic(), durable.alone(path.with_name("lock")):
        audit.record(actions.ADDRESSES_GIVEN, actor=actor, at=at, kind=kind, networks=count)
        durable.clear_unfinished(path)
        durable.write_unfinished(path, content).replace(path)
        durable.sync_folder(path.parent)
    return count


def _parsed(parser: sandbox.Parser, path: Path) -> tuple[int | None, dict[int, list[table.Range]]]:
    source = _opened(path)
    try:
        with sandbox.run(parser, source) as values:
            return _checked(values)
    except sandbox.Failed:
        raise _not_understood() from None
    finally:
        os.close(source)


def _opened(path: Path) -> int:
    try:
        source = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as cause:
        raise NotReadable(
            _("%(path)s can't be read. Nothing was changed. Look at its name, and who may read it.")
            % {"path": path}
        ) from cause
    status = os.fstat(source)
    if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
        os.close(source)
        raise NotReadable(
            _("%(path)s is no file, or far too large to be one of addresses. Nothing was changed.")
            % {"path": path}
        )
    return source


def _checked(values: Iterator[Any]) -> tuple[int | None, dict[int, list[table.Range]]]:
    """What the child said, none of it believed but what has the right form. Raises NotUnderstood and Failed."""
    ranges: dict[int, list[table.Range]] = {4: [], 6: []}
    made: int | None = None
    count = 0
    for value in values:
        match value:
            case {"fault": "no-network", "line": int(line)}:
                raise NotUnderstood(
                    _(
                        "Line %(line)s of the list is no network. Nothing was changed. Write one a line, as in "
                        "198.51.100.0/24, and # before remarks."
                    )
                    % {"line": line}
                )
            case {"made": int() | None as told}:
                made = told
            case [int(version), list(part)] if version in ranges and all(map(_is_range, part)):
                count += len(part)
                ranges[version] += [(first, last, label) for first, last, label in part]
            case _:
                raise _not_understood()
        if count > _MOST_RANGES:
            raise _not_understood()
    if not count:
        raise _not_understood()
    return made, ranges


def _is_range(value: Any) -> bool:
    match value:
        case [int(), int(), str(label)]:
            return 0 < len(label) <= _LONGEST_LABEL
    return False


def _not_understood() -> NotUnderstood:
    return NotUnderstood(
        _(
            "This is no file of addresses that Tryggve can read, or it is damaged. Nothing was changed. For countries "
            "give a MaxMind DB file such as GeoLite2-Country.mmdb or dbip-country-lite.mmdb, unpacked; for hosting "
            "companies a list of networks, one a line."
        )
    )
