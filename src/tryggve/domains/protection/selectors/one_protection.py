"""One protection with its evidence, its history, and what people said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tryggve.controls import catalogue, registry
from tryggve.controls import selectors as controls
from tryggve.controls.catalogue import Control, Words
from tryggve.controls.models import Finding
from tryggve.controls.registry import Measure
from tryggve.controls.selectors import Protection, Run
from tryggve.domains.protection.selectors.statements import Told, statements_told

HISTORY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Whole:
    """All of it. ``measure`` is None for what nothing measures yet; ``facts`` are of the newest measuring."""

    control: Control
    words: Words
    area: str
    protection: Protection
    measure: Measure | None
    facts: Sequence[tuple[str, object]]
    runs: Sequence[Run]
    findings: Sequence[Finding]
    statements: Sequence[Told]


def whole_protection(control: str, *, with_names: bool, language: str, now: datetime) -> Whole:
    """Raises catalogue.UnknownControl. At most eight queries."""
    found = controls.protection(control, now=now)
    one = catalogue.control(control)
    return Whole(
        control=one,
        words=catalogue.words(control, language),
        area=catalogue.area_name(one.area, language),
        protection=found,
        measure=registry.measures().get(control),
        facts=controls.facts_in_words(found.latest) if found.latest else (),
        runs=controls.history(control, now=now, days=HISTORY.days),
        findings=controls.findings_of(control),
        statements=statements_told(control, with_names=with_names, now=now),
    )
