from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.audit.registry import Action
from tryggve.privacy import actions, registry
from tryggve.privacy.export import Export, Held, Part, unreadable
from tryggve.privacy.subjects import Subject


def export_person(subject: Subject, *, actor: str, at: datetime) -> Export:
    """All that is held about somebody, holding by holding; that it was handed out is in the log.

    Somebody unknown has holdings without parts; what is damaged is told in its place. Raises vault.Locked, and what
    else an exporter raises: nothing is left out silently.
    """
    held = [
        Held(one.code, one.title, one.retention, tuple(parts_of(one, subject)))
        for one in registry.holdings(subject.kind)
    ]
    audit.look(actions.EXPORTED, actor=actor, at=at, subject=subject.id)
    return Export(subject, at, held)


def parts_of(holding: registry.Holding, subject: Subject) -> Iterator[Part]:
    """What one holding has about somebody, up to what can't be opened, and that there is such. Raises vault.Locked."""
    try:
        yield from holding.export(subject.id)
    except vault.CannotOpen:
        yield unreadable(holding.title)


def outside(subject: Subject) -> list[str]:
    """What names somebody and stays when they are erased: people deal with it. Raises vault.Locked."""
    found: list[str] = []
    for holding in registry.holdings(subject.kind):
        if holding.outside is not None:
            with suppress(vault.CannotOpen):
                found += holding.outside(subject.id)
    return found


def erase_person(
    subject: Subject, *, actor: str, at: datetime, deed: Action = actions.ERASED
) -> Mapping[str, int]:
    """Run every eraser for somebody, in one transaction; returns how much each holding erased, by its code.

    The log gets one entry, ``deed``, and none when nothing was left to erase: it may be run again after a crash.
    The person's key is the caller's, destroyed before. Raises what an eraser raises; then nothing was erased.
    """
    with transaction.atomic():
        erased = {one.code: one.erase(subject.id) for one in registry.holdings(subject.kind)}
        if any(erased.values()):
            audit.record(deed, actor=actor, at=at, subject=subject.id)
    return erased
