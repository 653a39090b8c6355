"""What other domains may ask about the firm."""

from datetime import datetime
from typing import Literal, cast

from tryggve.domains.setup import installation
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.lib import folders as folder
from tryggve.lib.language import language_of_environment

CountryCode = Literal["SE", "DK", "NO", "FI"]


def firm_country() -> CountryCode:
    """Where the firm is (ISO 3166-1 alpha-2); likely_country before it is claimed."""
    firm = selectors.the_firm()
    return likely_country() if firm is None else cast(CountryCode, firm.country)


def firm_name() -> str:
    """What the firm is called; the product's own name before it is claimed."""
    firm = selectors.the_firm()
    return firm.name if firm else "Tryggve"


def likely_country() -> CountryCode:
    """Where a firm is that hasn't said so: a guess from the computer's language."""
    return "DK" if language_of_environment() == "da" else "SE"


def prepare(*, at: datetime) -> None:
    """Make a new register if there is none, for a command that writes. Raises the refusals of the installation."""
    folders = folder.current()
    if installation.is_used(folders):
        installation.require(folders)
    else:
        installation.prepare(folders, at=at)


def is_register_there() -> bool:
    """Whether a register can be read. Raises as require does when there is one that can't."""
    if not installation.is_begun(folder.current()):
        return False
    require()
    return True


def require() -> None:
    """Refuse unless there is a register that can be used as it is, for a command that reads."""
    installation.require(folder.current())
