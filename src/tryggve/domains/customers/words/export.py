"""What a file that leaves the register calls things."""

from collections.abc import Iterable

from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from tryggve.domains.customers.engine.columns.heading_meaning import field_of
from tryggve.domains.customers.engine.custom_fields import Field
from tryggve.domains.customers.engine.export.columns import Words
from tryggve.domains.customers.words import parts as part_words
from tryggve.domains.customers.words.imports import FIELDS

FORMATS = {
    "xlsx": gettext_lazy("Excel (.xlsx)"),
    "csv": gettext_lazy("CSV, for other programs"),
    "vcard": gettext_lazy("Contact cards (vCard), for telephones and address books"),
}
_SAME_WORDS = (
    "name",
    "organisation",
    "email",
    "phone",
    "street",
    "postcode",
    "city",
    "country",
    "note",
    "tags",
    "source",
)
_WITH_SEMICOLON = ("sv", "da")


def words_of(fields: Iterable[Field]) -> Words:
    """Headings and words in the active language; an import reads them again."""
    return Words(
        headings={name: str(FIELDS[name]) for name in _SAME_WORDS}
        | {
            "kind": pgettext("column of a list of customers", "Type"),
            "job_title": _("Job title"),
            "status": _("Status"),
            "uid": "UID",
        },
        kinds={kind: str(word) for kind, word in part_words.KINDS.items()},
        statuses={status: str(word) for status, word in part_words.STATUSES.items()} | {"": ""},
        own={field.id: _own_heading(field.name) for field in fields if not field.is_sensitive},
    )


def sheet_title() -> str:
    """The name of the sheet with the customers."""
    return _("Customers")


def delimiter() -> str:
    """Between the cells of a CSV file: what the spreadsheets of these countries expect."""
    return ";" if (get_language() or "")[:2] in _WITH_SEMICOLON else ","


def _own_heading(name: str) -> str:
    """A field of the firm's own that is called like one of ours must not be taken for it at an import."""
    return _("Own field: %(name)s") % {"name": name} if field_of(name) else name
