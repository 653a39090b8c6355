"""What other domains may ask about the firm."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal, cast

from django.db.models import Subquery
from django.http import HttpRequest
from django.utils import timezone

from tryggve.domains.setup import home, installation
from tryggve.domains.setup.engine import block_devices
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.lib import folders as folder
from tryggve.lib import machine
from tryggve.lib.language import language_of_environment
from tryggve.vault import slots, unlockers
from tryggve.vault.keystore import Keystore

_ROOT: Final = Path("/")
CountryCode = Literal["SE", "DK", "NO", "FI"]


def firm_country() -> CountryCode:
    """Where the firm is (ISO 3166-1 alpha-2); likely_country before it is claimed."""
    firm = selectors.the_firm()
    return likely_country() if firm is None else cast(CountryCode, firm.country)


def firm_name() -> str:
    """What the firm is called; the product's own name before it is claimed."""
    firm = selectors.the_firm()
    return firm.name if firm else "Tryggve"


def firm_language() -> str:
    """In which language the firm speaks to who hasn't chosen one; that of the computer before it is claimed."""
    firm = selectors.the_firm()
    return firm.language if firm else language_of_environment()


def in_use_since(request: HttpRequest | None = None) -> date | None:
    """The day on which the firm took Tryggve into use, asked of a page's own firm if there is one; None before it."""
    firm = getattr(request, "firm", None) if request is not None else selectors.the_firm()
    return timezone.localdate(firm.claimed_at) if firm else None


def ask_with_the_company(name: str, one: Subquery) -> None:
    """Have every page's question about the company tell this too, so that a reminder asks only when there is something.

    It must be cheap: one value, found by an index.
    """
    selectors.ask_besides(name, one)


def told_with_the_company(request: HttpRequest, name: str) -> Any:
    """What that was on this page; None where nothing was, or before there is a company."""
    return selectors.told_besides(getattr(request, "firm", None), name)


def likely_country() -> CountryCode:
    """Where a firm is that hasn't said so: a guess from the computer's language."""
    return "DK" if language_of_environment() == "da" else "SE"


def has_tried_kit() -> bool:
    """Whether a recovery kit was tried and counts; works while the register is locked. Raises as vault.keyring does."""
    ways = unlockers.unlockers(Keystore(folder.current().keys))
    return any(way.kind == slots.RECOVERY_KIT and way.counts for way in ways)


def prepare(*, at: datetime) -> None:
    """Make a new register if there is none, for a command that writes. Raises the refusals of the installation."""
    folders = folder.current()
    if installation.is_used(folders):
        installation.require(folders)
    else:
        installation.prepare(folders, at=at)


def is_begun() -> bool:
    """Whether a register was ever made in the data folder, whatever is left of it."""
    return installation.is_begun(folder.current())


def take_over(*, actor: str, at: datetime) -> None:
    """Bring a register here that was put back from a backup, and to this version. Raises as the installation does."""
    installation.take_over(folder.current(), actor=actor, at=at)


def try_out() -> None:
    """Bring a copy that was put back only to look at it to this version. Raises as the installation does."""
    installation.try_out(folder.current())


def is_of_this_computer() -> bool:
    """Whether the register that lies here says that it belongs to this very computer. Raises OSError."""
    there = home.recorded()
    return there is not None and there.machine in machine.names(folder.current().config)


def belongs_here_since() -> datetime | None:
    """When the register came to the computer that it says it belongs to: later at each that takes it over."""
    there = home.recorded()
    return None if there is None else there.settled_at


def note_taken_over() -> None:
    """Another computer was found to have the register now. Raises OSError."""
    home.note_taken_over(folder.current())


def is_taken_over() -> bool:
    """Whether that is so, as far as it is known. Reads no database."""
    return home.is_taken_over(folder.current())


def breaks_with_the_data(place: Path) -> bool:
    """Whether a folder lies on a disk that the data lies on, as far as Linux tells; the folder itself isn't asked.

    It must be absolute and without symbolic links.
    """
    own = block_devices.disks_of_folder(_ROOT, folder.current().data.resolve())
    return bool(own & block_devices.disks_of_folder(_ROOT, place))


def is_register_there() -> bool:
    """Whether a register can be read. Raises as require does when there is one that can't."""
    if not installation.is_begun(folder.current()):
        return False
    require()
    return True


def require() -> None:
    """Refuse unless there is a register that can be used as it is, for a command that reads."""
    installation.require(folder.current())
