from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import datetime
from typing import Any, get_args
from uuid import UUID

from django.utils.translation import gettext as _

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.customers.engine.details import Details, Kind, Status
from tryggve.domains.customers.engine.search.filters import Filter, Lacking, Order
from tryggve.domains.customers.selectors import register
from tryggve.lib.command import Command

Brief = Callable[[UUID, Details], dict[str, Any]]


def add(verbs: Any) -> Any:
    """The options of ``customers list``."""
    verb = verbs.add_parser("list", help=_("list customers, fifty at a time"))
    verb.add_argument(
        "--page", type=_number, default=1, help=_("which fifty (1); one too high gives the last")
    )
    verb.add_argument("--kind", choices=get_args(Kind), help=_("persons or organisations only"))
    verb.add_argument(
        "--status",
        choices=[*filter(None, get_args(Status)), "none"],
        default="",
        help=_("of this status only"),
    )
    verb.add_argument("--tag", action="append", default=[], help=_("with this tag only; may be given again"))
    verb.add_argument("--lacking", choices=get_args(Lacking), help=_("those only who lack this"))
    verb.add_argument("--order", choices=get_args(Order), default="name", help=_("in this order (name)"))
    return verb


def run(command: Command, options: dict[str, Any], *, in_brief: Brief, at: datetime) -> int:
    """One page; 1 when there is nobody."""
    wanted = Filter(
        kind=options["kind"], status=options["status"], tags=tuple(options["tag"]), lacking=options["lacking"]
    )
    page = register.customer_page(
        number=options["page"],
        actor=actors.this_account(),
        at=at,
        reach=EVERYBODY,
        wanted=wanted,
        order=options["order"],
    )
    rows = page.object_list
    if options["json"]:
        told = [in_brief(customer, details) for customer, details in rows]
        command.say_json(
            {
                "customers": told,
                "page": page.number,
                "pages": page.paginator.num_pages,
                "count": page.paginator.count,
            }
        )
    elif rows:
        for customer, details in rows:
            command.say(f"{customer}  {details.title}")
        command.say(
            _("Page %(page)d of %(pages)d.") % {"page": page.number, "pages": page.paginator.num_pages}
        )
    else:
        command.say(_("Nobody found."))
    return 0 if rows else 1


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ArgumentTypeError(_("a page is a number"))
    return int(text)
