import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.rights.management.verbs.ids import customer_in
from tryggve.domains.rights.management.verbs.reasons import reason_in
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services import packages
from tryggve.domains.rights.services.requests import cases
from tryggve.domains.setup import api as setup
from tryggve.lib.command import Command
from tryggve.lib.errors import Refusal
from tryggve.ui.languages import OWN_NAMES

_OWNER_ALONE = 0o600
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW


class NoSuchRequest(Refusal):
    """That customer has no open request of that id."""


class TwoFromStandardInput(Refusal):
    """Standard input can be read once."""

    sentence = gettext_lazy("Only one of the id and the reason can come from standard input.")


class NotWritten(Refusal):
    """The file can't be made there."""


def add(verbs: Any) -> Any:
    """The options of ``customers package``."""
    verb = verbs.add_parser("package", help=_("make the file that a customer gets who asks what is held"))
    verb.add_argument("id", help=_("the customer's id; - reads standard input"))
    verb.add_argument(
        "--case",
        metavar="ID",
        help=_("the request that it answers (one is written down, if there is none open)"),
    )
    verb.add_argument("--output", metavar="FILE", required=True, help=_("the ZIP file to write"))
    verb.add_argument(
        "--language",
        choices=[code for code, _name in OWN_NAMES],
        help=_("the customer's language (the company's)"),
    )
    verb.add_argument(
        "--document",
        metavar="ID",
        type=UUID,
        action="append",
        default=[],
        help=_("a document that the customer gave, for who takes data elsewhere; may be given several times"),
    )
    verb.add_argument("--reason", required=True, help=_("why it leaves, for the log; - reads standard input"))
    return verb


def run(command: Command, options: dict[str, Any], *, at: datetime) -> int:
    """Make the package, and write it to a new file.

    Raises TwoFromStandardInput, NoReason, NoSuchRequest, NotWritten, and as packages.make_now does.
    """
    if options["reason"] == options["id"] == "-":
        raise TwoFromStandardInput
    customer = customer_in(options["id"])
    if os.path.lexists(options["output"]):
        raise NotWritten(
            _("There is a file of that name already. Nothing was written over. Choose another name.")
        )
    reason, language = reason_in(options["reason"]), options["language"] or setup.firm_language()
    by: dict[str, Any] = {"actor": actors.this_account(), "at": at, "reach": EVERYBODY}
    case = _case_of(customer, options["case"], reason, by)
    packages.make_now(case=case, language=language, documents=options["document"], **by)
    made, pieces = packages.hand_out(case=case, reason=reason, **by)
    _write(pieces, options["output"])
    if options["json"]:
        command.say_json({"package": str(made.pk), "case": str(case), "size_bytes": made.size_bytes})
    else:
        told = {"file": options["output"]}
        command.say(_("The package was written to %(file)s. The file isn't encrypted.") % told)
    return 0


def _case_of(customer: UUID, told: str | None, reason: str, by: dict[str, Any]) -> UUID:
    """The request that was named, else the one to see the data that is open, else a new one, of whom it is sure."""
    if told is None:
        return cases.to_see_all(customer=customer, words=reason, **by)
    case = _case_in(told)
    if not Case.objects.filter(pk=case, customer_ref=customer).exists():
        raise NoSuchRequest(
            _("This customer has no request of that id. «./tryggve requests list» tells them.")
        )
    return case


def _case_in(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as cause:
        raise NoSuchRequest(_("That is no id of a request. «./tryggve requests list» tells them.")) from cause


def _write(pieces: Iterator[bytes], name: str) -> None:
    told = _(
        "The file can't be written there: the folder, its rights or the disk don't allow it. No file was left."
    )
    try:
        out = os.fdopen(os.open(name, _NEW, _OWNER_ALONE), "wb")
    except OSError as cause:
        raise NotWritten(told) from cause
    try:
        with out:
            out.writelines(pieces)
    except BaseException as failure:
        with suppress(OSError):
            Path(name).unlink()
        if isinstance(failure, OSError):
            raise NotWritten(told) from failure
        raise
