import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from tryggve.lib.errors import Refusal


class NotBuilt(Refusal):
    """The files that assets.py builds are missing, or one that a page asks for."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The file %(name)s that pages need is missing. Nothing was lost. Start Tryggve again.")
            % {"name": name}
        )


def address(name: str) -> str:
    """Where the browser finds ``app.css``: its name with a hash of what is in it. Raises NotBuilt."""
    built = _names(Path(settings.STATIC_ROOT) / "manifest.json").get(name)
    if built is None:
        raise NotBuilt(name)
    return f"{settings.STATIC_URL}{built}"


@cache
def _names(manifest: Path) -> dict[str, str]:
    try:
        names: dict[str, str] = json.loads(manifest.read_text())
    except OSError as cause:
        raise NotBuilt(manifest.name) from cause
    return names
