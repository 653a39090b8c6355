"""Where a repository lies, as restic writes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """``location`` as restic takes it: a folder, ``sftp:…``, ``s3:…``, ``rest:…``, ``rclone:…``.

    ``environment``: what lets it in there, such as AWS_ACCESS_KEY_ID. ``options``: restic's own of the kind
    ``sftp.command=…``. ``files``: what must lie in a folder meanwhile, by name; that folder is made in ``files_under``
    for each run and stands as ``{files}`` in environment, options and the files themselves. ``is_away``: it is known
    that nobody can get there now, so that restic isn't asked, which would take an empty mount point for it.
    """

    location: str
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    options: tuple[str, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    files_under: Path | None = None
    is_away: bool = False

    @property
    def is_folder(self) -> bool:
        return self.location.startswith("/")
