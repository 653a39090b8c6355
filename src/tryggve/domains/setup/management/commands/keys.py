import getpass
import sys
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.accounts.commands import PolicedCommand
from tryggve.audit import actors
from tryggve.domains.setup import api, home, installation, keys_words
from tryggve.domains.setup.selectors import keys as keys_selectors
from tryggve.domains.setup.services import keys as keys_services
from tryggve.lib import folders
from tryggve.lib.command import shared_options
from tryggve.lib.errors import Refusal
from tryggve.vault import custody, passphrase, slots
from tryggve.vault.keeper_socket.client import RefusedByKeeper
from tryggve.vault.recovery import KitUnknown
from tryggve.vault.shares import MADE, NEEDED, ShareRefused

_LOCKED = 3
_TAKE_OVER = "take-over"
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"  # the screen, what was scrolled away, and to the top (ECMA-48, xterm)
_LONGEST_LINE = 4000


class NothingRuns(Refusal):
    """Nobody keeps the keys, so there is nothing to lock or unlock."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Tryggve isn't running, so nobody holds the register open and there is nothing to lock or unlock. "
                "Start it with «./tryggve up»."
            )
        )


class NoTerminal(Refusal):
    """Secrets are typed at a terminal, or come from standard input where one says so."""


class Differs(Refusal):
    """Two passphrases that should be the same."""


class NotConfirmed(Refusal):
    """What had to be typed to go on wasn't."""


class Command(PolicedCommand):
    permissions: ClassVar[Mapping[str, str]] = {
        "status": "setup.view-keys",
        "lock": "setup.lock",
        "unlock": "setup.unlock",
        "passphrase": "setup.keys",
        "key-file": "setup.keys",
        "rotate": "setup.keys",
        "recovery-kit": "setup.keys",
        "add-unlocker": "setup.keys",
        "take-over": "setup.keys",
    }
    help = _("Lock and unlock the register; what opens it.")

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        status = verbs.add_parser("status", help=_("whether the register is open, and what opens it"))
        lock = verbs.add_parser("lock", help=_("from now on nobody reads a customer"))
        unlock = verbs.add_parser("unlock", help=_("open the register with the passphrase"))
        unlock.add_argument("--kit", action="store_true", help=_("with two pages of the recovery kit"))
        chosen = verbs.add_parser("passphrase", help=_("choose a passphrase, or another one"))
        for asking in (unlock, chosen):
            asking.add_argument(
                "secret", nargs="?", choices=["-"], help=_("read the secret from standard input, a line each")
            )
        key_file = verbs.add_parser("key-file", help=_("make a new key file"))
        rotate = verbs.add_parser("rotate", help=_("replace the key behind all that opens the register"))
        kit = verbs.add_parser("recovery-kit", help=_("make a recovery kit, to be written down by hand"))
        added = verbs.add_parser("add-unlocker", help=_("let the computer itself open the register"))
        added.add_argument(
            "kind",
            choices=[slots.OS_KEYRING, slots.SYSTEMD_CREDENTIAL],
            help=_("the keyring of the desktop, or the key that systemd hands over"),
        )
        take_over = verbs.add_parser(
            _TAKE_OVER, help=_("bring the register here from another computer, which never starts it again")
        )
        take_over.add_argument(
            "confirmation",
            nargs="?",
            choices=["-"],
            help=_("read the word that confirms it from standard input"),
        )
        for verb in (status, lock, unlock, chosen, key_file, rotate, kit, added, take_over):
            shared_options(verb, again=True)

    def run(self, options: dict[str, Any]) -> int:
        if options["verb"] == _TAKE_OVER:
            self._take_over(from_input=bool(options["confirmation"]))
            return 0
        api.require()
        match options["verb"]:
            case "status":
                return self._status(as_json=options["json"])
            case "lock":
                self._lock()
            case "unlock":
                self._unlock(from_input=bool(options["secret"]), with_kit=options["kit"])
            case "passphrase":
                self._passphrase(from_input=bool(options["secret"]))
            case "key-file":
                keys_services.renew_key_file(actor=actors.this_account(), at=timezone.now())
                self.say(_("There is a new key file. Make a copy of it today, apart from the data."))
            case "rotate":
                keys_services.rotate(actor=actors.this_account(), at=timezone.now())
                self.say(_("The key is replaced. Make a new copy of the key file."))
            case "recovery-kit":
                self._recovery_kit()
            case "add-unlocker":
                self._add(options["kind"])
        return 0

    def _status(self, *, as_json: bool) -> int:
        standing = keys_selectors.standing()
        if as_json:
            self.say_json(keys_words.as_json(standing) | {"here_since": home.since_as_json()})
        else:
            self.say("\n".join([*keys_words.lines_of(standing), *home.lines()]))
        return _LOCKED if standing.is_locked else 0

    def _take_over(self, *, from_input: bool) -> None:
        try:
            api.require()
        except home.BelongsElsewhere as elsewhere:
            self.say(elsewhere.case)
        else:
            if not home.is_taken_over(folders.current()):
                self.say(_("This register belongs to this computer already. Nothing was changed."))
                return
            self.say(home.told_taken_over())
        if not from_input:
            _require_terminal(
                _("Nobody is there to be asked. With «-» the word «take-over» is read from standard input.")
            )
            self.say(_("Stop Tryggve there, for good. If both go on, customers are lost."))
        typed = _line() if from_input else self._ask(_("To go on, type take-over: "))
        if typed.strip() != _TAKE_OVER:
            raise NotConfirmed(_("That isn't the word «take-over». Nothing was changed."))
        installation.take_over(folders.current(), actor=actors.this_account(), at=timezone.now())
        self.say(
            _(
                "The register belongs to this computer now. Never start it on the other one again: delete the data and "
                "the keys there. Start it here with «./tryggve up»."
            )
        )

    def _lock(self) -> None:
        _require_keeper()
        keys_services.lock(actor=actors.this_account(), at=timezone.now())
        self.say(_("The register is locked. Nobody can read a customer until it is opened."))

    def _unlock(self, *, from_input: bool, with_kit: bool) -> None:
        _require_keeper()
        if with_kit:
            shares = self._shares(from_input=from_input)
            keys_services.unlock_with_kit(shares=shares, actor=actors.this_account(), at=timezone.now())
        else:
            typed = _secret(_("Passphrase: "), from_input=from_input)
            keys_services.unlock_with_passphrase(
                passphrase=typed, actor=actors.this_account(), at=timezone.now()
            )
        self.say(_("The register is open."))

    def _passphrase(self, *, from_input: bool) -> None:
        typed = _secret(_("Choose a passphrase: "), from_input=from_input)
        passphrase.require_long(typed)
        if not from_input and _secret(_("The passphrase once more: "), from_input=False) != typed:
            raise Differs(_("The two passphrases differ. Nothing was changed."))
        keys_services.set_passphrase(passphrase=typed, actor=actors.this_account(), at=timezone.now())
        self.say(_("From now on the passphrase opens the register, too."))

    def _add(self, kind: str) -> None:
        if kind == slots.OS_KEYRING:
            keys_services.add_os_keyring(actor=actors.this_account(), at=timezone.now())
            self.say(_("From now on the computer's keyring opens the register, too."))
        else:
            keys_services.add_systemd_credential(actor=actors.this_account(), at=timezone.now())
            self.say(_("From now on the key from the system opens the register."))

    def _recovery_kit(self) -> None:
        _require_terminal(_("The words are shown on a terminal only, so that they end up in no file."))
        number = keys_services.make_kit(actor=actors.this_account(), at=timezone.now())
        self.say(
            _("Recovery kit no. %(number)s: three pages, to be written down one at a time.")
            % {"number": number}
        )
        for share in range(1, MADE + 1):
            self._show(number, share)
        self.say(_("Now type two of the three from the paper, to see that they work."))
        while not self._counts():
            pass

    def _show(self, number: int, share: int) -> None:
        facts = {"share": share, "made": MADE, "number": number}
        self._ask(_("Page %(share)s of %(made)s: press Enter to see it.") % facts)
        sheet = keys_services.open_sheet(
            number=number, share=share, actor=actors.this_account(), at=timezone.now()
        )
        self.say(_("Recovery kit no. %(number)s, page %(share)s of %(made)s") % facts)
        self.say("\n".join(f"{place:>3}  {word}" for place, word in enumerate(sheet.words, start=1)))
        self._ask(_("Written down? Press Enter: it is never shown again."))
        self._clear()
        custody.put_sheet_away(number=number, share=share, by=actors.this_account())

    def _counts(self) -> bool:
        shares = self._shares(from_input=False)
        try:
            number = keys_services.test_kit(shares=shares, actor=actors.this_account(), at=timezone.now())
        except (ShareRefused, KitUnknown, RefusedByKeeper) as refusal:
            self.say(str(refusal))
            return False
        self.say(
            _("Recovery kit no. %(number)s works and counts from now on. Throw pages of older kits away.")
            % {"number": number}
        )
        return True

    def _shares(self, *, from_input: bool) -> list[str]:
        """The words are seen while they are typed, since nobody types 33 words blindly; then the screen is cleared."""
        if from_input:
            return [_line() for _share in range(NEEDED)]
        _require_terminal(_("Nobody is there to be asked. With «-» the secret is read from standard input."))
        typed = [self._ask(_("The words of one page: ")), self._ask(_("The words of another page: "))]
        self._clear()
        return typed

    def _ask(self, question: str) -> str:
        self.stdout.write(question, ending="")
        self.stdout.flush()
        return _line()

    def _clear(self) -> None:
        self.stdout.write(_CLEAR, ending="")
        self.stdout.flush()


def _require_keeper() -> None:
    if not keys_selectors.standing().is_running:
        raise NothingRuns


def _require_terminal(why: str) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal(why)


def _secret(question: str, *, from_input: bool) -> str:
    if from_input:
        return _line()
    _require_terminal(_("Nobody is there to be asked. With «-» the secret is read from standard input."))
    return getpass.getpass(question)


def _line() -> str:
    """One line of standard input, without its end. Raises NoTerminal at the end of input."""
    line = sys.stdin.readline(_LONGEST_LINE)
    if not line:
        raise NoTerminal(_("There was nothing more to read. Nothing was changed."))
    return line.rstrip("\r\n")
