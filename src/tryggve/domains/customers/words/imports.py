"""The codes of the import engine, in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django_stubs_ext import StrPromise

from tryggve.domains.customers import import_papers
from tryggve.domains.customers.engine.columns.headings import NUMBER
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.imports.results import ImportResult, NumbersTold
from tryggve.domains.customers.engine.table import UnreadableFile
from tryggve.lib import sandbox

_SHOWN = 20

REASONS = {
    "above_headings": gettext_lazy("it stands above the headings"),
    "bad_answer": gettext_lazy("this is no answer that the field of our own takes"),
    "bad_characters": gettext_lazy("the letters can't be read in this file's encoding"),
    "bad_email": gettext_lazy("this is not an e-mail address"),
    "bad_phone": gettext_lazy("this is not a telephone number"),
    "cell_error": gettext_lazy("the spreadsheet shows an error in this cell"),
    "control_characters": gettext_lazy("there are invisible control characters in it"),
    "cut_short": gettext_lazy("this contact card ends in the middle"),
    "group": gettext_lazy("this is a group of contacts, not a contact"),
    "held_back": gettext_lazy(
        "this person asked to be erased, or objected, and may not come back with a list"
    ),
    "identity_number": gettext_lazy(
        "this is an identity number: leave it out here, and write it among the customer's sensitive details"
    ),
    "other_headings": gettext_lazy("it stands below other headings than the first"),
    "outside_cards": gettext_lazy("this text stands outside of the contact cards"),
    "spoilt_number": gettext_lazy("a spreadsheet has cut digits off this number"),
    "too_much": gettext_lazy("there is more about this customer than one card can hold"),
    "nobody": gettext_lazy("there is no name, e-mail address or telephone number"),
    "too_long": gettext_lazy("the text is too long"),
    "too_many_cells": gettext_lazy("there are more cells than headings"),
    "unclosed_quote": gettext_lazy("a quotation mark is never closed"),
}
SKIPS = {
    "empty": gettext_lazy("empty line"),
    "forgotten": gettext_lazy("about a customer who was deleted"),
    "left_out": gettext_lazy("left out, as you decided"),
    "mended": gettext_lazy("set aside first, then mended and brought in by itself"),
    "title": gettext_lazy("title or headings"),
    "total": gettext_lazy("line of totals"),
}
DOUBLES = {
    "same_person": gettext_lazy("the same person as on an earlier line"),
    "same_number": gettext_lazy("someone has the same identity number"),
    "same_email": gettext_lazy("someone with another name has the same e-mail address"),
    "same_phone": gettext_lazy("someone with another name has the same telephone number"),
    "same_name": gettext_lazy("someone else has the same name"),
    "like_name_and_address": gettext_lazy("someone has a like name and a like address"),
}
FATES = {
    "": gettext_lazy("all rows"),
    "new": gettext_lazy("new customer"),
    "updated": gettext_lazy("adds to a customer"),
    "unchanged": gettext_lazy("nothing new"),
    "set_aside": gettext_lazy("set aside"),
    "left_out": gettext_lazy("left out"),
    "mended": gettext_lazy("mended"),
    "passed_over": gettext_lazy("passed over"),
}
UNREADABLE = {
    "empty": gettext_lazy("The file is empty."),
    "binary": gettext_lazy(
        "This is not a list that can be read. Save it as CSV, as a spreadsheet (.xlsx, .xls, .ods) or as contact "
        "cards (.vcf)."
    ),
    "null_bytes": gettext_lazy(
        "The file is damaged: there are bytes in it that no text has. Export it once more."
    ),
    "truncated": gettext_lazy("The file ends in the middle. Copy or export it once more."),
    "damaged": gettext_lazy(
        "The file is damaged. Open it in the program it comes from and save it once more."
    ),
    "password_protected": gettext_lazy(
        "The file is protected by a password. Save a copy without a password, bring that in, and delete the copy."
    ),
    "too_large": gettext_lazy("The file is larger than a customer list should be. Split it in two."),
    "zip_bomb": gettext_lazy("The file unpacks to far more than a customer list can be. It was not opened."),
    "too_many_rows": gettext_lazy(
        "There are more rows than can be brought in at once. Split the list in two."
    ),
    "too_many_columns": gettext_lazy(
        "There are more columns than a customer list has. Is it the right file?"
    ),
    "xlsb_not_yet": gettext_lazy("This is a binary Excel file (.xlsb). Open it and save it as .xlsx."),
    "no_table": gettext_lazy("There is nothing in the file that looks like a list."),
    "no_headings": gettext_lazy(
        "No row of headings was found. Write headings such as Name, E-mail, Telephone, Address on top of the columns."
    ),
}
NOT_READ: dict[sandbox.Reason, StrPromise] = {
    "time": gettext_lazy("This file could not be read safely: it took far too long. Split the list in two."),
    "memory": gettext_lazy(
        "This file could not be read safely: it wants far more memory than a customer list. Split the list in two."
    ),
    "output": gettext_lazy(
        "This file could not be read safely: it swells to far more than a customer list. Split the list in two."
    ),
    "crash": gettext_lazy(
        "This file could not be read safely: the program that reads it broke down. "
        "Open the file in the program it comes from and save it once more."
    ),
    "broken": gettext_lazy(
        "This file could not be read safely: the program that reads it did not understand it. "
        "Open the file in the program it comes from and save it once more."
    ),
}
UNSEALED = gettext_lazy(
    "This computer can't seal off the program that reads lists from elsewhere: only its time and memory are "
    "limited. Bring in only lists from people you trust. A newer Linux can seal it off."
)
FIELDS = {
    "name": gettext_lazy("Name"),
    "given_name": gettext_lazy("First name"),
    "middle_name": gettext_lazy("Middle name"),
    "family_name": gettext_lazy("Last name"),
    "organisation": pgettext_lazy("column of a list of customers", "Company"),
    "job_title": gettext_lazy("Job title"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telephone"),
    "street": gettext_lazy("Street"),
    "house_number": gettext_lazy("House number"),
    "care_of": gettext_lazy("Care of"),
    "postcode": gettext_lazy("Postcode"),
    "city": gettext_lazy("Town"),
    "postcode_city": gettext_lazy("Postcode and town"),
    "country": gettext_lazy("Country"),
    "note": gettext_lazy("Note"),
    "tags": gettext_lazy("Tags"),
    "source": gettext_lazy("Source"),
    "kind": gettext_lazy("Person or organisation"),
    "uid": gettext_lazy("Id in the address book it comes from"),
}


# What a card has several of, or what no column is called by.
ON_THE_CARD = FIELDS | {
    "emails": FIELDS["email"],
    "phones": FIELDS["phone"],
    "addresses": gettext_lazy("Address"),
    "uids": FIELDS["uid"],
    "custom": gettext_lazy("Fields of our own"),
    "status": gettext_lazy("Status"),
    "number_tags": gettext_lazy("Identity number"),
}


def meaning(field: str) -> str:
    """What a column feeds: a field of the card, one of the firm's own, the sensitive details; empty for nothing."""
    if field == NUMBER:
        return _("Identity number: kept with the sensitive details if it is valid")
    if field.startswith(import_papers.QUESTION):
        return field.removeprefix(import_papers.QUESTION)
    return str(FIELDS[field]) if field else ""


def why_unreadable(refused: UnreadableFile) -> str:
    """What is wrong with the file, where, and that nothing happened."""
    words = [str(UNREADABLE[refused.code])]
    if refused.line:
        words.append(_("It is about line %(line)d.") % {"line": refused.line})
    words.append(_("Nothing was changed."))
    return " ".join(words)


def why_not_read(reason: sandbox.Reason) -> str:
    """Why the sealed-off reader gave no list, and that nothing happened."""
    return " ".join([str(NOT_READ[reason]), _("Nothing was changed.")])


def told(result: ImportResult) -> Iterator[str]:
    """The result as lines for the terminal."""
    if result.import_id is None:
        yield _("This is what would happen; nothing was changed.")
    yield ngettext(
        "%(rows)d line: %(created)d new, %(updated)d updated, %(unchanged)d unchanged.",
        "%(rows)d lines: %(created)d new, %(updated)d updated, %(unchanged)d unchanged.",
        result.rows,
    ) % {
        "rows": result.rows,
        "created": result.created,
        "updated": result.updated,
        "unchanged": result.unchanged,
    }
    if result.set_aside:
        yield ngettext(
            "%(count)d line was set aside:",
            "%(count)d lines were set aside:",
            len(result.set_aside),
        ) % {"count": len(result.set_aside)}
        for aside in result.set_aside:
            where = f" {aside.column}" if aside.column else ""
            yield f"  {_line(aside.line)}{where}: {REASONS[aside.reason]}"
    yield from _doubles(result)
    if result.skipped:
        yield _("Passed over: %(lines)s") % {
            "lines": ", ".join(f"{left.line} ({SKIPS[left.reason]})" for left in result.skipped[:_SHOWN])
            + (" …" if len(result.skipped) > _SHOWN else "")
        }
    yield from numbers_told(result.identity_numbers)
    beside = [one for one in result.kept_columns if one not in result.identity_numbers.columns]
    if beside:
        yield _("Columns without a field yet, kept encrypted beside the import for 30 days: %(columns)s") % {
            "columns": ", ".join(beside)
        }


def numbers_told(numbers: NumbersTold) -> Iterator[str]:
    """What becomes of identity numbers, by how many."""
    if numbers.saved:
        yield ngettext(
            "%(count)d valid identity number goes into its customer's sensitive details.",
            "%(count)d valid identity numbers go into their customers' sensitive details.",
            numbers.saved,
        ) % {"count": numbers.saved}
    if numbers.known:
        yield ngettext(
            "%(count)d is about a customer who has an identity number already, which stays. If the two differ, the one "
            "of the list is kept encrypted beside the import for 30 days.",
            "%(count)d are about customers who have an identity number already, which stays. Where the two differ, the "
            "one of the list is kept encrypted beside the import for 30 days.",
            numbers.known,
        ) % {"count": numbers.known}
    if numbers.invalid:
        yield ngettext(
            "%(count)d is no valid identity number: it is kept encrypted beside the import for 30 days.",
            "%(count)d are no valid identity numbers: they are kept encrypted beside the import for 30 days.",
            numbers.invalid,
        ) % {"count": numbers.invalid}


def _doubles(result: ImportResult) -> Iterator[str]:
    if not result.duplicates:
        return
    yield _("Perhaps the same customer twice:")
    for double in result.duplicates[:_SHOWN]:
        yield f"  {_line(double.line)}: {DOUBLES[double.why]}"
    if len(result.duplicates) > _SHOWN:
        yield "  " + _("and %(count)d more") % {"count": len(result.duplicates) - _SHOWN}


def _line(number: int) -> str:
    return _("line %(number)d") % {"number": number}


def lines_of(details: Details) -> Iterator[tuple[str, str]]:
    """A customer's details, a label and a value at a time, for the terminal."""
    yield str(FIELDS["name"]), details.title
    if details.organisation and details.organisation != details.title:
        yield str(FIELDS["organisation"]), details.organisation
    for email in details.emails:
        yield str(FIELDS["email"]), email
    for phone in details.phones:
        yield str(FIELDS["phone"]), phone
    for one in details.addresses:
        place = " ".join(filter(None, (one.postcode, one.city)))
        yield _("Address"), ", ".join(filter(None, (one.street, place, one.country)))
    if details.tags:
        yield str(FIELDS["tags"]), ", ".join(details.tags)
    if details.source:
        yield str(FIELDS["source"]), details.source
    if details.note:
        yield str(FIELDS["note"]), details.note
