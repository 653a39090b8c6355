"""Whether somebody who asks gets all that is held, and then can have it erased."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils import timezone

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.rights import package_files
from tryggve.domains.rights.models import Case, Erasure
from tryggve.domains.rights.selectors.consents import choices
from tryggve.domains.rights.services import packages
from tryggve.domains.rights.services.drills import planted
from tryggve.domains.rights.services.drills.planted import Planted
from tryggve.domains.rights.services.erasure import erasures
from tryggve.domains.rights.services.requests import cases
from tryggve.domains.setup import api as setup

# In each of these everything is that is told in words.
_WHOLE = ("index.html", "data.jsonld", "data.csv")
_CARD = "contact.vcf"


class Fault(StrEnum):
    """Where it stopped."""

    NO_PACKAGE = "no-package"
    PACKAGE_NOT_WHOLE = "package-not-whole"
    STILL_SEARCHED = "still-searched"
    STILL_READABLE = "still-readable"


def fault(*, at: datetime) -> Fault | None:
    """What goes wrong for a made-up customer who asks to see all and then to be erased; None when all goes right.

    Raises vault.Locked.
    """
    with planted.searched_customer(at=at) as one:
        return next(_faults(one, at), None)


def _faults(one: Planted, at: datetime) -> Iterator[Fault]:
    words = f"words {one.mark}"
    try:
        content = _package(_sure(one, Case.Kind.ACCESS, words, at), at)
    except OSError:  # it can't be kept, or not read again
        yield Fault.NO_PACKAGE
    except packages.NoPackage:
        yield Fault.NO_PACKAGE
    else:
        if not _is_whole(content, one, words):
            yield Fault.PACKAGE_NOT_WHOLE
    erasures.ask_erasure(
        customer=one.id,
        ground=Erasure.Ground.REQUEST,
        actor=actors.SYSTEM,
        at=at,
        reach=EVERYBODY,
        case=_sure(one, Case.Kind.ERASURE, words, at),
    )
    if planted.is_searched(one):
        yield Fault.STILL_SEARCHED
    planted.erase(one, at=at)
    if planted.is_readable(one, at=at):
        yield Fault.STILL_READABLE


def _sure(one: Planted, kind: Case.Kind, words: str, at: datetime) -> UUID:
    """A request of which it is known who asks."""
    case = cases.open_case(
        customer=one.id,
        kind=kind,
        channel=Case.Channel.PAPER,
        received_on=timezone.localdate(at),
        words=words,
        actor=actors.SYSTEM,
        at=at,
        reach=EVERYBODY,
    )
    cases.check_identity(
        case=case,
        seen_revision=1,
        how=cases.Identity.KNOWN,
        why="",
        actor=actors.SYSTEM,
        at=at,
        reach=EVERYBODY,
    )
    return case


def _package(case: UUID, at: datetime) -> bytes:
    """All that it holds. Its file lies outside the database, so it is taken away here."""
    # Made only for who may have it made, which the machine itself isn't.
    actor, language = actors.this_account(), choices.spoken(setup.firm_language())
    package = packages.make_now(case=case, language=language, actor=actor, at=at, reach=EVERYBODY)
    try:
        _row, pieces = packages.hand_out(case=case, reason="", actor=actor, at=at, reach=EVERYBODY)
        return b"".join(pieces)
    finally:
        package_files.place_of(package).unlink(missing_ok=True)


def _is_whole(content: bytes, one: Planted, words: str) -> bool:
    marks = (one.person.name.encode(), one.address.encode())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if not {*_WHOLE, _CARD} <= set(package.namelist()):
            return False
        told = {name: package.read(name) for name in (*_WHOLE, _CARD)}
    return all(mark in text for mark in marks for text in told.values()) and all(
        words.encode() in told[name] for name in _WHOLE
    )
