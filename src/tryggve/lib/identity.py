"""Which folder of keys belongs to which data folder: both hold the same random name in a file ``id``.

The name moves with the data folder, so that its keys are found from wherever it lies.
"""

import contextlib
import os
import re
import secrets
from pathlib import Path

from tryggve.lib.errors import Refusal
from tryggve.lib.language import early_words

_ = early_words()
_NAME = re.compile(r"[0-9a-f]{16}")
_REGISTER = ("keys.sqlite3", "tryggve.sqlite3")


class IdentityLost(Refusal):
    """The data folder no longer says which keys are its own."""


class KeysOfAnother(Refusal):
    """The folder of keys belongs to another data folder."""


class BegunTwice(Refusal):
    """Two programs began the same data folder at the same moment."""


def own_config(data: Path, *, base: Path, is_default: bool) -> Path:
    """The folder of keys of a data folder, at or below ``base``. Raises IdentityLost."""
    name = _name_in(data)
    if name is None:
        return _config_of_unnamed(data, base=base, is_default=is_default)
    if (base / name).is_dir():
        return base / name
    of_base = _name_in(base)
    return base if of_base == name or (is_default and of_base is None) else base / name


def settle(*, data: Path, config: Path) -> None:
    """Give both folders the same name, where they have none yet. Raises KeysOfAnother and BegunTwice."""
    suggested = config.name if _NAME.fullmatch(config.name) else secrets.token_hex(8)
    if _name_in(data) is None:
        of_config = _name_in(config)
        # With PostgreSQL the vault sees by the tables whether a register lost its key store.
        if of_config and not _holds_register(data) and not (config / "database-url").exists():
            raise KeysOfAnother(
                _(
                    "The folder %(config)s holds the keys of another register, and no two share a key. "
                    "Nothing was begun. Leave --config out, or name an empty folder."
                )
                % {"config": config}
            )
        _write(data, of_config or suggested)
    name = _name_in(data) or suggested
    if _NAME.fullmatch(config.name) and config.name != name and _name_in(config) is None:
        raise BegunTwice(
            _("Another program began the register in %(data)s at the same moment. Try again.")
            % {"data": data}
        )
    if _name_in(config) is None:
        _write(config, name)
    elif _name_in(config) != name:
        raise KeysOfAnother(
            _(
                "The keys in %(config)s belong to another register than the one in %(data)s. Nothing was "
                "changed. Leave --config out, or name the folder that this register began with."
            )
            % {"config": config, "data": data}
        )


def _config_of_unnamed(data: Path, *, base: Path, is_default: bool) -> Path:
    """A new data folder's keys must lie apart from those of any other, also of one that was moved away."""
    if _holds_register(data):
        if is_default and _name_in(base) is None:
            return base
        raise IdentityLost(
            _(
                "The folder %(data)s has lost its file «id», which tells where its keys are. Nothing was "
                "changed. Name the folder with its keys: --config FOLDER"
            )
            % {"data": data}
        )
    is_free = _name_in(base) is None and not (base / "key").exists()
    if is_default and (is_free or (base / "database-url").exists()):
        return base
    return base / secrets.token_hex(8)


def _holds_register(data: Path) -> bool:
    return any((data / name).exists() for name in _REGISTER)


def _name_in(folder: Path) -> str | None:
    """The name in the folder; None when there is none, or what stands there can't be one."""
    try:
        text = (folder / "id").read_text(encoding="ascii", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return text if _NAME.fullmatch(text) else None


def _write(folder: Path, name: str) -> None:
    """Put the name there whole, unless another program was faster; what can't be a name makes way."""
    fresh = folder / f"id.{secrets.token_hex(4)}.new"
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(name)
        out.flush()
        os.fsync(out.fileno())
    with contextlib.suppress(FileExistsError):
        if (folder / "id").exists() and _name_in(folder) is None:
            (folder / "id").unlink()
        (folder / "id").hardlink_to(fresh)
    fresh.unlink()
