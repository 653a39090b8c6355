"""What stands on Today besides the protections. A domain's ``menu.py`` calls ``register``.

>>> @today.register(order=10)
... def something_has_happened(request: HttpRequest) -> today.Card | None:
...     return today.Card(today.Place.HELP, _("Something has happened"), label=_("Tell"), address="/…")
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.http import HttpRequest
from django_stubs_ext import StrOrPromise

STANDARD = "ui/parts/today_card.html"


class Place(StrEnum):
    """Where on the page a card stands: the first above all else, the last below it."""

    # What can't wait: reported and not answered, about to be too late.
    ALARM = "alarm"
    # What a new company is asked for first; it goes away when it is answered.
    START = "start"
    # Always in reach, for the one moment when it is needed.
    HELP = "help"
    # What is good to know.
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Card:
    """A heading, a sentence or two, and one button: its ``label`` and ``address``, if it has one.

    ``tone`` is danger, warning or nothing. ``template`` is the domain's own where a card holds more (a form, a list):
    it is given the ``card``, whose ``context`` holds whatever else it shows, beside all that a page has.
    """

    place: Place
    heading: StrOrPromise
    text: StrOrPromise = ""
    label: StrOrPromise = ""
    address: str = ""
    tone: str = ""
    template: str = STANDARD
    context: Mapping[str, object] = field(default_factory=dict)


Asked = Callable[[HttpRequest], Card | Iterable[Card] | None]

_asked: list[tuple[int, Asked]] = []


def register(*, order: int = 100) -> Callable[[Asked], Asked]:
    """Be asked for cards whenever somebody who has signed in opens Today; lower orders stand first in their place.

    Who is asked looks itself whether the reader has the permission (``permissions.may``), and may take one query.
    """

    def registered(ask: Asked) -> Asked:
        _asked.append((order, ask))
        return ask

    return registered


def cards_for(request: HttpRequest) -> Mapping[Place, list[Card]]:
    """What this reader sees, by place, in order; a place without a card has an empty list."""
    shown: dict[Place, list[Card]] = {place: [] for place in Place}
    for _order, ask in sorted(_asked, key=lambda one: one[0]):
        answer = ask(request)
        for card in [answer] if isinstance(answer, Card) else answer or ():
            shown[card.place].append(card)
    return shown
