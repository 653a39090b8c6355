"""What restic says when it can't: up to 0.16 only in words, so that those are read."""

import json
import re
from typing import Final


class ResticFailed(Exception):
    """restic ended without having done what was asked; ``code`` is what is told of it, never restic's own words."""

    code = "failed"


class Killed(ResticFailed):
    """It was ended by a signal: by somebody, or where memory ran out. That says nothing of what lies there."""


class NotInstalled(ResticFailed):
    """There is no restic on this computer."""

    code = "not-installed"


class TooOld(ResticFailed):
    """The restic on this computer is older than the oldest that is driven."""

    code = "too-old"


class TookTooLong(ResticFailed):
    """It was ended at its deadline."""

    code = "took-too-long"


class NoRepository(ResticFailed):
    """The place can be reached, and holds no repository."""

    code = "no-repository"


class AlreadyThere(ResticFailed):
    """There is a repository already where one was to be made."""

    code = "already-there"


class WrongPassword(ResticFailed):
    """The password opens none of the repository's keys."""

    code = "wrong-password"


class LockedByAnother(ResticFailed):
    """Another restic is at work there, or died there."""

    code = "locked"


class Unreachable(ResticFailed):
    """The place doesn't answer, or lets nobody in."""

    code = "unreachable"


class Refused(ResticFailed):
    """The place doesn't let whoever may write there take anything away."""

    code = "refused"


class PlaceFull(ResticFailed):
    """There is no room left in the place, or on this computer."""

    code = "full"


class Damaged(ResticFailed):
    """What lies there isn't what was written."""

    code = "damaged"


class Incomplete(ResticFailed):
    """Some files could not be read, so that the snapshot lacks them."""

    code = "incomplete"


# The exit statuses of restic 0.17 and later.
_STATUSES: Final = {3: Incomplete, 10: NoRepository, 11: LockedByAnother, 12: WrongPassword}
# In this order: a full disk and a dead line are also told as a pack that couldn't be saved, a door that is closed as a
# repository that isn't there.
_WORDS: Final = (
    (
        Refused,
        r"remove\(.*(403|forbidden|access ?denied|permission denied|not permitted|method not allowed|"
        r"read-only file system)|blob not removed",
    ),
    (WrongPassword, r"wrong password or no key found"),
    (AlreadyThere, r"config file already exists|repository master key and config already initialized"),
    (LockedByAnother, r"repository is already locked"),
    (PlaceFull, r"no space left on device|disk quota exceeded|quota exceeded|insufficient storage"),
    (
        Unreachable,
        r"connection refused|connection reset|no route to host|no such host|network is unreachable|i/o timeout|"
        r"permission denied|access denied|subprocess ssh|unable to start the sftp session|unable to open repository|"
        r"unexpected http response|403 forbidden|401 unauthorized|server misbehaving|read-only file system|"
        r"unable to create lock in backend",
    ),
    (NoRepository, r"is there a repository at the following location|unable to open config file"),
    (Refused, r"failed to remove one or more snapshots"),
    (
        Damaged,
        r"ciphertext verification failed|does not match id|hash mismatch|repository contains errors|"
        r"load\(<\w+/|invalid data returned|not found in index|pack [0-9a-f]{8,}.*(missing|does not exist)|"
        r"[0-9a-f]{64} not found in repository|packs from index missing|repository could be damaged",
    ),
)
_PATTERNS: Final = [(kind, re.compile(words, re.IGNORECASE)) for kind, words in _WORDS]
_AT_THE_DOOR: Final = re.compile(
    r"stat\(<config/.*returned error, retrying|"
    r"save\(<lock/.*returned error, retrying.*(?:read-only file system|ssh_fx_failure|denied|forbidden|not permitted)",
    re.IGNORECASE,
)


def knocks(line: str) -> bool:
    """Whether restic tells that it asks again though it wasn't let in: from 0.17 on it does so for 15 minutes."""
    return _AT_THE_DOOR.match(line) is not None


def plain(line: str) -> str:
    """The same without the escapes of JSON, which from 0.17 on some of it is told in."""
    try:
        told = json.loads(line)
    except ValueError:
        return line
    return json.dumps(told, ensure_ascii=False).replace("\\n", "\n") + "\n"


def failure(status: int, said: str) -> ResticFailed:
    """What a run came to that ended with this status and these last words."""
    if status < 0:
        return Killed()
    known = _STATUSES.get(status)
    if known is not None and known is not Incomplete:
        return known()
    for kind, pattern in _PATTERNS:
        if pattern.search(said):
            return kind()
    return known() if known is not None else ResticFailed()


def too_long(said: str) -> ResticFailed:
    """What a run came to that was ended at its deadline: restic asks again and again before it takes a no."""
    known = failure(1, said)
    return known if isinstance(known, Refused) else TookTooLong()
