"""The privacy notices that were published, and how each stands to what the company does now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from tryggve.accounts.models import User
from tryggve.domains.rights import models
from tryggve.domains.rights.engine import changes, published
from tryggve.domains.rights.engine.gaps import Gap, Incomplete
from tryggve.domains.rights.engine.notice import privacy_notice
from tryggve.domains.rights.engine.papers.paper import Paper
from tryggve.domains.rights.engine.published import Content
from tryggve.domains.rights.engine.purposes import LANGUAGES, Controller, Language
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.selectors.purposes.purposes import Kept
from tryggve.lib.errors import Missing


class NoSuchNotice(Missing):
    """Nothing was published in that language, or not under that number."""


@dataclass(frozen=True, slots=True)
class Published:
    """One version; ``published_by`` as the log calls who did it."""

    number: int
    language: Language
    content: Content
    fingerprint: str
    published_at: datetime
    published_by: str

    @property
    def paper(self) -> Paper:
        return self.content.paper


@dataclass(frozen=True, slots=True)
class Version:
    """A version without what it says."""

    number: int
    published_at: datetime
    published_by: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One language: what is published, what would be now, and why they differ.

    ``draft`` is None while something is missing. ``changes`` are sentences for the owner; empty where no purpose
    changed but their order did, or the words that come with the product.
    """

    language: Language
    published: Published | None
    draft: Paper | None
    missing: tuple[Gap, ...]
    changes: tuple[str, ...]

    @property
    def is_out_of_date(self) -> bool:
        if self.published is None:
            return False
        return self.draft is None or changes.fingerprint(self.draft) != self.published.fingerprint


def current_notice(language: str) -> Published:
    """What is published in the language. Raises NoSuchNotice."""
    row = models.NoticeVersion.objects.filter(language=language).order_by("-number").first()
    return _found(row)


def one_version(language: str, number: int) -> Published:
    """Raises NoSuchNotice."""
    return _found(models.NoticeVersion.objects.filter(language=language, number=number).first())


def versions(language: str) -> list[Version]:
    """The newest first."""
    rows = models.NoticeVersion.objects.filter(language=language).order_by("-number")
    return [Version(*row) for row in rows.values_list("number", "published_at", "published_by")]


def names_of(who: Collection[str]) -> Mapping[str, str]:
    """The names of those who work here, by what the log calls them."""
    people = User.objects.filter(pk__in=[one.removeprefix("user:") for one in who if one.startswith("user:")])
    return {one.actor: one.name for one in people}


def languages_published() -> list[Language]:
    """Those that there is a notice in, in our order."""
    found = set(models.NoticeVersion.objects.values_list("language", flat=True).distinct())
    return [language for language in LANGUAGES if language in found]


def all_standings(*, today: date, kept: Sequence[Kept]) -> list[Standing]:
    """Of every language; ``kept`` are the purposes in use."""
    controller = purposes.the_controller()
    newest = models.NoticeVersion.objects.values("language").annotate(last=Max("number"))
    numbers = {row["language"]: row["last"] for row in newest}
    rows = models.NoticeVersion.objects.filter(number__in=numbers.values())
    latest = {row.language: _found(row) for row in rows if numbers[row.language] == row.number}
    return [
        _standing(language, latest.get(language), controller, kept, today=today) for language in LANGUAGES
    ]


def standing(language: Language, *, today: date, kept: Sequence[Kept]) -> Standing:
    """The same, of one language."""
    row = models.NoticeVersion.objects.filter(language=language).order_by("-number").first()
    latest = _found(row) if row else None
    return _standing(language, latest, purposes.the_controller(), kept, today=today)


def _standing(
    language: Language,
    latest: Published | None,
    controller: Controller,
    kept: Sequence[Kept],
    *,
    today: date,
) -> Standing:
    draft = draft_of(language, controller, kept, today=today)
    return Standing(
        language=language,
        published=latest,
        draft=draft.paper if isinstance(draft, Content) else None,
        missing=() if isinstance(draft, Content) else draft,
        changes=_changes(latest, controller, kept) if latest else (),
    )


def draft_of(
    language: Language, controller: Controller, kept: Sequence[Kept], *, today: date
) -> Content | tuple[Gap, ...]:
    """What would be published now, or what is missing."""
    untold = tuple(Gap(one.code, "words") for one in purposes.in_other_words(language, kept))
    told = tuple(purposes.told_in(language, kept))
    try:
        paper = privacy_notice(controller, told, language=language, made_on=today)
    except Incomplete as incomplete:
        return (*incomplete.gaps, *untold)
    return untold or Content(paper, controller, told)


def _changes(latest: Published, controller: Controller, kept: Sequence[Kept]) -> tuple[str, ...]:
    before, language = latest.content, latest.language
    after = purposes.told_in(language, kept)
    found = (
        *changes.firm_changes(before.controller, controller),
        *changes.changes(before.purposes, after, kind="notice", language=language),
    )
    return changes.sentences(found, kind="notice", made_on=before.paper.made_on, language=language)


def _found(row: models.NoticeVersion | None) -> Published:
    if row is None:
        raise NoSuchNotice
    [language] = [one for one in LANGUAGES if one == row.language]
    return Published(
        number=row.number,
        language=language,
        content=published.from_document(row.content),
        fingerprint=row.fingerprint,
        published_at=row.published_at,
        published_by=row.published_by,
    )
