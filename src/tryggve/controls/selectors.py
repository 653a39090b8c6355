from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Count, Max

from tryggve.controls import catalogue, grounds, registry
from tryggve.controls.catalogue import Tier
from tryggve.controls.causes import CAUSES
from tryggve.controls.engine import standing as engine
from tryggve.controls.engine.standing import Measurement, Said, Score, Standing
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.models import Attestation, Evidence, Exemption, Finding, Probe, Statement

_Said = TypeVar("_Said", Attestation, Exemption)


@dataclass(frozen=True, slots=True)
class Protection:
    """One control as it stands, with all that it stands on.

    ``latest`` is the newest measuring, ``conclusive`` the newest that came to a verdict. The statements are those that
    hold now; their notes are sealed. ``asked_at``: since when it waits to be measured again. ``next_at`` is None for
    what nothing measures.
    """

    control: str
    standing: Standing
    latest: Evidence | None
    conclusive: Evidence | None
    attestation: Attestation | None
    exemption: Exemption | None
    asked_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Run:
    """Measurings one after the other that came to the same: the first, the last, and how many."""

    verdict: str
    cause: str
    since: datetime
    until: datetime
    count: int


def protections(*, now: datetime) -> Mapping[str, Protection]:
    """Every control of the catalogue, in its order. Three queries."""
    probes = {one.control: one for one in Probe.objects.select_related("latest", "conclusive")}
    attestations, exemptions = _holding(Attestation, now), _holding(Exemption, now)
    return {
        one.id: _protection(one.id, probes.get(one.id), attestations.get(one.id), exemptions.get(one.id), now)
        for one in catalogue.controls()
    }


def standings(*, now: datetime) -> Mapping[str, Standing]:
    """How every control of the catalogue stands, in its order. Two queries, and less work than protections."""
    measured = {
        control: (_latest(*latest), _conclusive(verdict, since, wrong))
        for control, verdict, since, wrong, *latest in _measured()
    }
    vouched, exempt = _said(now)
    found = {}
    for one in catalogue.controls():
        latest, conclusive = measured.get(one.id, (None, None))
        found[one.id] = engine.standing(
            latest=latest,
            conclusive=conclusive,
            attestation=vouched.get(one.id),
            exemption=exempt.get(one.id),
            is_measured=one.id in registry.measures(),
            now=now,
        )
    return found


def score(tier: Tier, *, standings: Mapping[str, Standing]) -> Score:
    """The count for companies of this size; no query."""
    return engine.score(standings[one.id] for one in catalogue.controls_of(tier))


def protection(control: str, *, now: datetime) -> Protection:
    """One control as it stands. Raises catalogue.UnknownControl. Three queries."""
    catalogue.control(control)
    return protections(now=now)[control]


def unfounded() -> list[str]:
    """Ids of controls whose newest measuring isn't what the log holds of it: somebody changed it. Three queries."""
    return [found.probe.control for found in grounds.unfounded(Probe.objects.all())]


def history(control: str, *, now: datetime, days: int = 90) -> Sequence[Run]:
    """What was measured in the last days, the newest first, runs of the same as one. One query."""
    rows = Evidence.objects.filter(control=control, observed_at__gt=now - timedelta(days=days))
    runs = rows.values("verdict", "cause", "since").annotate(
        until=Max("observed_at"), count=Count("id"), newest=Max("id")
    )
    return [
        Run(run["verdict"], run["cause"], run["since"], run["until"], run["count"])
        for run in runs.order_by("-newest")
    ]


def told_over_time(
    control: str, fact: str, *, now: datetime, days: int = 365
) -> Sequence[tuple[datetime, Any]]:
    """What measurings that came to a verdict told of one fact in the last days, the oldest first. One query."""
    rows = Evidence.objects.filter(control=control, observed_at__gt=now - timedelta(days=days))
    told = rows.exclude(verdict="").order_by("id").values_list("observed_at", "facts")
    return [(observed_at, facts[fact]) for observed_at, facts in told if fact in facts]


def open_findings() -> Sequence[Finding]:
    """What fails now, the oldest first, with the measuring that first said so. One query."""
    return list(
        Finding.objects.filter(closed_at=None).select_related("opened_by").order_by("opened_at", "id")
    )


def findings_of(control: str) -> Sequence[Finding]:
    """Every time that the control failed, the newest first. One query."""
    rows = Finding.objects.filter(control=control).select_related("opened_by", "closed_by")
    return list(rows.order_by("-opened_at", "-id"))


def statements_of(control: str) -> Sequence[Statement]:
    """All that people said of the control, the newest first, ended or not. Two queries."""
    said = [
        *Attestation.objects.filter(control=control).select_related("file"),
        *Exemption.objects.filter(control=control),
    ]
    return sorted(said, key=lambda one: one.said_at, reverse=True)


def cause_in_words(control: str, cause: str) -> str:
    """A sentence on why the control is unknown, in the current language; empty for no cause."""
    measure = registry.measures().get(control)
    own = measure.causes if measure else {}
    return str(own.get(cause) or CAUSES.get(cause, ""))


def wrong_in_words(control: str, wrong: str) -> str:
    """A sentence on what is wrong with a control that fails, in the current language; empty for no code."""
    measure = registry.measures().get(control)
    told = measure.facts.get("wrong") if measure else None
    return str(told.codes.get(wrong, "")) if told else ""


def facts_in_words(evidence: Evidence) -> Sequence[tuple[str, object]]:
    """What a measuring found, as (title, value): numbers, yes or no, ISO days, and the words of codes."""
    measure = registry.measures().get(evidence.control)
    declared = measure.facts if measure else {}
    told = []
    for name, fact in declared.items():
        if name in evidence.facts:
            value = evidence.facts[name]
            told.append((str(fact.title), str(fact.codes[value]) if value in fact.codes else value))
    return told


def _measured() -> Iterable[tuple[Any, ...]]:
    """Of each control: the newest measuring, and of the newest with a verdict what its standing takes of it."""
    latest = [f"latest__{name}" for name in ("verdict", "cause", "observed_at", "valid_until", "since")]
    conclusive = [f"conclusive__{name}" for name in ("verdict", "since", "facts__wrong")]
    return Probe.objects.values_list("control", *conclusive, *latest)


def _latest(
    verdict: str | None, cause: str, observed_at: datetime, valid_until: datetime | None, since: datetime
) -> Measurement | None:
    if verdict is None:  # there is no such row
        return None
    return Measurement(Verdict(verdict) if verdict else None, cause, observed_at, valid_until, since)


def _conclusive(verdict: str | None, since: datetime, wrong: str | None) -> Measurement | None:
    """Only whether it fails, since when and why is asked of it."""
    return Measurement(Verdict(verdict), "", since, None, since, wrong or "") if verdict else None


def _said(now: datetime) -> tuple[Mapping[str, Said], Mapping[str, Said]]:
    """What holds of attestations and of exemptions, as _holding, without the rows."""
    # Told apart by the last column, which nobody has filled of what wasn't ended: cheaper than a constant.
    vouched = Attestation.objects.filter(ended_at=None)
    exempt = Exemption.objects.filter(ended_at=None)
    rows = vouched.values_list("said_at", "id", "control", "until", "ended_by_ref").union(
        exempt.values_list("said_at", "id", "control", "until", "by_ref"), all=True
    )
    attestations: dict[str, Said] = {}
    exemptions: dict[str, Said] = {}
    for since, _id, control, until, exempted_by in sorted(rows, key=lambda row: row[:2]):
        said = Said(since, until)
        if said.holds(now):
            (attestations if exempted_by is None else exemptions)[control] = said
    return attestations, exemptions


def _holding(kind: type[_Said], now: datetime) -> Mapping[str, _Said]:
    """By control, the newest that was neither ended nor ran out."""
    rows = kind.objects.filter(ended_at=None, until__gt=now).order_by("said_at", "id")
    return {one.control: one for one in rows if one.said.holds(now)}


def _protection(
    control: str,
    probe: Probe | None,
    attestation: Attestation | None,
    exemption: Exemption | None,
    now: datetime,
) -> Protection:
    latest = probe.latest if probe else None
    conclusive = probe.conclusive if probe else None
    is_measured = control in registry.measures()
    found = engine.standing(
        latest=latest.measurement if latest else None,
        conclusive=conclusive.measurement if conclusive else None,
        attestation=attestation.said if attestation else None,
        exemption=exemption.said if exemption else None,
        is_measured=is_measured,
        now=now,
    )
    return Protection(
        control=control,
        standing=found,
        latest=latest,
        conclusive=conclusive,
        attestation=attestation,
        exemption=exemption,
        asked_at=probe.asked_at if probe else None,
        next_at=probe.due_at if probe and is_measured else None,
    )
