from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from tryggve.accounts.permissions import Permission
from tryggve.accounts.roles import Level


class Kind(Enum):
    """What comes with a wish."""

    NOBODY = "nobody"  # a visitor who has not signed in
    PERSON = "person"  # somebody at a browser
    JOB = "job"  # work that somebody ordered earlier, from a browser
    TOKEN = "token"  # noqa: S105 - no secret, a program of the firm's own
    MACHINE = "machine"  # a command, by the account of this computer that owns the data folder


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as the log calls them, and how far they get in the area that is asked for."""

    kind: Kind
    actor: str
    level: Level = Level.NONE
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """What is known of a browser's session at the moment of the question. Ages are in seconds.

    One below nought is of before the clock was set back. ``factor_age`` is the time since the second factor was last
    used in this session; None: never. ``country`` (ISO 3166-1 alpha-2) and ``is_hosting`` are None where no address
    file says it. ``is_confirmed_here``: the second factor was used at this network since the session began.
    """

    is_recorded: bool
    age: float
    idle: float
    factor_age: float | None
    is_own_device: bool
    is_known_network: bool
    country: str | None = None
    is_known_country: bool = False
    is_hosting: bool | None = None
    is_confirmed_here: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One wish: who wants what, in which session, when; ``permission`` is None for one that nobody declared.

    Whose object is meant is asked where it is fetched, by ``require_within``.
    """

    asker: Asker
    permission: Permission | None
    at: datetime
    session: Session | None = None
    is_public: bool = False
