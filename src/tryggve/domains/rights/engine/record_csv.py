import csv
import io
from collections.abc import Iterator, Sequence

from tryggve.domains.rights.engine.gaps import whole
from tryggve.domains.rights.engine.papers.phrases import Phrases
from tryggve.domains.rights.engine.purposes import Controller, Language, Purpose
from tryggve.domains.rights.engine.record import HEADINGS, PurposeRecorded, who
from tryggve.lib.formulas import may_be_formula

# By this, spreadsheets know that the letters are UTF-8.
_MARK = "\ufeff"
_BETWEEN = "\n"


def record_as_csv(
    controller: Controller,
    purposes: Sequence[Purpose],
    *,
    measures: Sequence[str],
    language: Language,
    delimiter: str = ";",
) -> bytes:
    """The record with a row for each purpose, each of them whole (RFC 4180, UTF-8 with its mark, guarded cells).

    Raises Incomplete.
    """
    controller, purposes = whole(controller, purposes)
    phrases = Phrases(language)
    out = io.StringIO(newline="")
    out.write(_MARK)
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(_headings(phrases))
    for purpose in purposes:
        writer.writerow(_guarded(_cells(purpose, controller, measures, phrases)))
    return out.getvalue().encode()


def _headings(phrases: Phrases) -> Iterator[str]:
    yield phrases.say("record.purposes.name")
    yield from (phrases.say(f"record.purposes.{name}") for name in HEADINGS)
    yield phrases.say("record.measures.column")
    yield from (
        phrases.say(f"record.who.{name}")
        for name in ("firm", "contact", "joint", "representative", "officer")
    )


def _cells(
    purpose: Purpose, controller: Controller, measures: Sequence[str], phrases: Phrases
) -> Iterator[str]:
    columns = dict(PurposeRecorded(purpose, phrases).columns())
    yield purpose.words.name
    yield from (_BETWEEN.join(columns.get(name, ())) for name in HEADINGS)
    yield _BETWEEN.join(phrases.word("measures", measure) for measure in measures)
    yield from (_BETWEEN.join(line.text for line in fact.lines) for fact in who(controller, phrases).facts)


def _guarded(cells: Iterator[str]) -> Iterator[str]:
    return (f"'{cell}" if may_be_formula(cell) else cell for cell in cells)
