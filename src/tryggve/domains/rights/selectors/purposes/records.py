"""The record of processing activities as it stands now, made anew each time, and as it stood on earlier days."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.engine.gaps import Gap, Incomplete
from tryggve.domains.rights.engine.papers import paper as papers
from tryggve.domains.rights.engine.papers.paper import Paper
from tryggve.domains.rights.engine.purposes import Language
from tryggve.domains.rights.engine.record import record_of_processing
from tryggve.domains.rights.engine.record_csv import record_as_csv
from tryggve.domains.rights.models import RecordVersion
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.lib.errors import Missing


@dataclass(frozen=True, slots=True)
class Record:
    """The document; None while something is ``missing``."""

    paper: Paper | None
    missing: tuple[Gap, ...] = ()


def the_record(language: Language, *, today: date) -> Record:
    told = purposes.told_in(language, purposes.purposes_in_use())
    try:
        return Record(
            record_of_processing(
                purposes.the_controller(),
                told,
                measures=purposes.measures(),
                language=language,
                made_on=today,
            )
        )
    except Incomplete as incomplete:
        return Record(None, incomplete.gaps)


class NoSuchVersion(Missing):
    """No record was kept under that number."""

    sentence: ClassVar = _("There is no such version of the record.")


@dataclass(frozen=True, slots=True)
class Version:
    """The record as it was kept."""

    number: int
    kept_at: datetime
    fingerprint: str
    paper: Paper


def versions() -> list[tuple[int, datetime]]:
    """Numbers, and when each was kept; the newest first."""
    return list(RecordVersion.objects.order_by("-number").values_list("number", "kept_at"))


def one_version(number: int) -> Version:
    """Raises NoSuchVersion."""
    row = RecordVersion.objects.filter(number=number).first()
    if row is None:
        raise NoSuchVersion
    return Version(row.number, row.kept_at, row.fingerprint, papers.from_document(row.paper))


def the_record_as_csv(language: Language) -> bytes:
    """A row for each purpose. Raises Incomplete."""
    told = purposes.told_in(language, purposes.purposes_in_use())
    return record_as_csv(purposes.the_controller(), told, measures=purposes.measures(), language=language)
