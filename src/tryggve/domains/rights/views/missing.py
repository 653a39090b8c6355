"""What is missing in a notice or record, in words, with the page where it is mended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from tryggve.domains.rights.engine.gaps import Gap
from tryggve.domains.rights.engine.purposes import Language
from tryggve.domains.rights.selectors.purposes.purposes import Kept

_FIELDS: Mapping[str, StrOrPromise] = MappingProxyType(
    {
        "name": gettext_lazy("what it is called"),
        "description": gettext_lazy("what you do with the data"),
        "keeping": gettext_lazy("why it is kept so long"),
        "consequence": gettext_lazy("what happens if the person doesn't give the data"),
        "interest": gettext_lazy("what you need it for"),
        "persons": gettext_lazy("whom it is about"),
        "data": gettext_lazy("what you keep"),
        "retention": gettext_lazy("how long it is kept"),
        "law": gettext_lazy("which law it is"),
        "special_basis": gettext_lazy("why you may keep sensitive data, such as health"),
        "words": gettext_lazy("the same in this language"),
        "recipients": gettext_lazy("who gets the data"),
        "safeguard": gettext_lazy("why the data may leave the EU"),
    }
)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to write, and where."""

    text: str
    address: str


def told(gaps: Iterable[Gap], kept: Iterable[Kept], language: Language) -> list[Missing]:
    """In the order in which they were found."""
    by_code = {one.code: one for one in kept}
    return [_told(gap, by_code.get(gap.purpose), language) for gap in gaps]


def _told(gap: Gap, purpose: Kept | None, language: Language) -> Missing:
    if purpose is not None:
        facts = {"name": purpose.told_in(language).words.name, "what": _FIELDS[gap.field]}
        address = f"{reverse('rights:purpose', args=[purpose.id])}?language={language}"
        return Missing(_("«%(name)s»: %(what)s") % facts, address)
    if gap.field == "purposes":
        return Missing(_("What you use personal data for"), reverse("rights:purposes-start"))
    return Missing(_("How customers reach your company"), reverse("rights:firm-details"))
