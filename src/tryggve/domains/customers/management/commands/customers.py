import sys
from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from tryggve.accounts.commands import PolicedCommand
from tryggve.accounts.policy import EVERYBODY, asking
from tryggve.audit import actors
from tryggve.domains.customers.engine.custom_fields import answered
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.identity_numbers import written
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.management.verbs import export, listing, merge
from tryggve.domains.customers.selectors import custom_fields, register
from tryggve.domains.customers.selectors import sensitive as sensitive_selectors
from tryggve.domains.customers.services import imports
from tryggve.domains.customers.words import imports as import_words
from tryggve.domains.customers.words import sensitive as sensitive_words
from tryggve.domains.setup import api as setup
from tryggve.lib import opened, verbs
from tryggve.lib.command import shared_options
from tryggve.lib.errors import Refusal


class FileUnreachable(Refusal):
    """The file named on the command line can't be opened."""


class NotAnId(Refusal):
    """What was given isn't a customer's id."""


class TwoFromStandardInput(Refusal):
    """The id and the reason can't both come from standard input."""


class Command(PolicedCommand):
    permissions: ClassVar[Mapping[str, str]] = {
        "import": "customers.import",
        "find": "customers.view",
        "show": "customers.view",
        "list": "customers.view",
        "export": "customers.export",
        "merge": "customers.merge",
        **verbs.permissions_of("customers"),
    }
    help = _("Bring in a list of customers, find, show and list them, take them out, merge doubles.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        own = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        bring = own.add_parser("import", help=_("bring in a list (CSV, spreadsheet or contact cards)"))
        bring.add_argument("file", help=_("the file; - reads standard input"))
        bring.add_argument(
            "--source", default="", help=_("where the list comes from, kept with each customer")
        )
        bring.add_argument("--dry-run", action="store_true", help=_("say what would happen, change nothing"))
        find = own.add_parser("find", help=_("find customers"))
        find.add_argument("text", help=_("a name, e-mail, telephone number or tag; - reads standard input"))
        find.add_argument("--limit", type=int, default=50, help=_("how many at the most (50)"))
        show = own.add_parser("show", help=_("show one customer"))
        show.add_argument("id", help=_("the customer's id; - reads standard input"))
        show.add_argument(
            "--reveal",
            metavar="REASON",
            help=_(
                "show identity numbers and other sensitive details too; - reads the reason from standard input"
            ),
        )
        others = [
            add(own)
            for add in (listing.add, export.add, merge.add, *(one.add for one in verbs.given("customers")))
        ]
        for verb in (bring, find, show, *others):
            shared_options(verb, again=True)

    def run(self, options: dict[str, Any]) -> int:
        match options["verb"]:
            case "import":
                return self._import(options)
            case "find":
                return self._find(options)
            case "show":
                return self._show(options)
        setup.require()
        for one in verbs.given("customers"):
            if one.name == options["verb"]:
                return one.run(self, options, at=timezone.now())
        match options["verb"]:
            case "list":
                return listing.run(self, options, in_brief=_in_brief, at=timezone.now())
            case "export":
                return export.run(self, options, reason=_argument(options["reason"]), at=timezone.now())
        kept, gone = (_id_in(options[name]) for name in ("kept", "gone"))
        return merge.run(self, options, kept=kept, gone=gone, at=timezone.now())

    def _import(self, options: dict[str, Any]) -> int:
        content, source = _content_of(options["file"]), _text(options["source"])
        if options["dry_run"]:
            result = imports.trial(
                content=content,
                source=source,
                is_register_there=setup.is_register_there(),
                at=timezone.now(),
            )
        else:
            setup.prepare(at=timezone.now())
            result = imports.import_content(
                content=content,
                source=source,
                actor=actors.this_account(),
                at=timezone.now(),
                waiting=lambda: self.stderr.write(
                    _("Another list is being brought in; this one waits for it.")
                ),
            )
        if options["json"]:
            self.say_json(result.as_json())
        else:
            self.say("\n".join(import_words.told(result)))
        return 0

    def _find(self, options: dict[str, Any]) -> int:
        setup.require()
        found = register.customers_matching(
            text=_argument(options["text"]),
            actor=actors.this_account(),
            at=timezone.now(),
            limit=max(options["limit"], 0),
            reach=EVERYBODY,
            by_number=True,
        )
        if options["json"]:
            self.say_json([_in_brief(customer, details) for customer, details in found])
        else:
            for customer, details in found:
                contact = ", ".join((*details.emails, *details.phones))
                self.say(f"{customer}  {details.title}" + (f"  ({contact})" if contact else ""))
            if not found:
                self.say(_("Nobody found."))
        return 0 if found else 1

    def _show(self, options: dict[str, Any]) -> int:
        setup.require()
        if options["reveal"] == options["id"] == "-":
            raise TwoFromStandardInput(_("Only one of the id and the reason can come from standard input."))
        customer = _id_in(_argument(options["id"]))
        try:
            card = register.customer_card(
                customer=customer,
                actor=actors.this_account(),
                at=timezone.now(),
                page="command",
                reach=EVERYBODY,
            )
        except register.NoSuchCustomer:
            if options["json"]:
                self.say_json(None)
            else:
                self.say(_("There is no such customer."))
            return 1
        sensitive = None if options["reveal"] is None else _revealed(customer, _argument(options["reveal"]))
        if options["json"]:
            self.say_json(_in_full(card) | ({} if sensitive is None else _sensitive_in_full(sensitive)))
        else:
            self._say_card(card)
            for label, value in _sensitive_lines(sensitive or Sensitive()):
                self.say(f"{label}: {value}")
        return 0

    def _say_card(self, card: register.Card) -> None:
        for label, value in import_words.lines_of(card.details):
            self.say(f"{label}: {value}")


def _content_of(name: str) -> bytes:
    """The whole file, no more than an import takes and one byte over. Raises FileUnreachable."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(imports.LARGEST_BYTES + 1)
        with opened.open_binary(name) as stream:
            return stream.read(imports.LARGEST_BYTES + 1)
    except OSError as cause:
        raise FileUnreachable(
            _("The file can't be opened. Is the name right, and may you read it? Nothing was changed.")
        ) from cause


def _id_in(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as cause:
        raise NotAnId(_("That is not a customer's id. «customers find» shows the ids.")) from cause


def _argument(given: str) -> str:
    if given != "-":
        return _text(given)
    return sys.stdin.buffer.read().decode(sys.stdin.encoding, errors="replace").strip()


def _text(given: str) -> str:
    """The same without bytes that are no letters in the terminal's encoding, which could be kept nowhere."""
    return given.encode(errors="surrogateescape").decode(errors="replace")


def _revealed(customer: UUID, reason: str) -> Sensitive:
    """What is opened with a reason. Raises policy.Refused and NoReason."""
    now = timezone.now()
    asking.require(asking.of_machine("customers.reveal", at=now))
    return sensitive_selectors.sensitive_revealed(
        customer=customer, reason=reason, actor=actors.this_account(), at=now, reach=EVERYBODY
    ).sensitive


def _sensitive_lines(sensitive: Sensitive) -> list[tuple[StrOrPromise, str]]:
    fields = custom_fields.all_fields() if sensitive.custom else []
    return [*sensitive_words.numbers_of(sensitive), *sensitive_words.answers_of(sensitive, fields)]


def _sensitive_in_full(sensitive: Sensitive) -> dict[str, Any]:
    fields = custom_fields.all_fields() if sensitive.custom else []
    return {
        "numbers": [{"kind": number.kind, "number": written(number)} for number in sensitive.numbers],
        "sensitive_fields": {field.name: text for field, text in answered(fields, sensitive.custom)},
    }


def _in_brief(customer: UUID, details: Details) -> dict[str, Any]:
    return {
        "id": str(customer),
        "name": details.title,
        "kind": details.kind,
        "emails": list(details.emails),
        "phones": list(details.phones),
        "tags": list(details.tags),
        "responsible": None,
    }


def _in_full(card: register.Card) -> dict[str, Any]:
    details = card.details
    return _in_brief(card.id, details) | {
        "name": details.name,
        "organisation": details.organisation,
        "addresses": [
            {"street": one.street, "postcode": one.postcode, "city": one.city, "country": one.country}
            for one in details.addresses
        ],
        "note": details.note,
        "source": details.source,
        "created_at": card.created_at.isoformat(),
        "changed_at": card.changed_at.isoformat(),
    }
