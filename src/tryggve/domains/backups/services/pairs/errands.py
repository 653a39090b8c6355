"""What is brought to one place: each in a thread of its own, which must not ask the database."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from tryggve.domains.backups.place_access import KEYS
from tryggve.domains.backups.restic import Added, Repository
from tryggve.domains.backups.services.pairs import carrying, keys
from tryggve.domains.backups.services.pairs.carrying import Errand, Progress
from tryggve.domains.backups.services.pairs.staging import Staged


def of_data(
    place: UUID, repository: Repository, staged: Staged, tags: list[str], progress: Progress
) -> Errand:
    watch = progress.watch(place)

    def back_up() -> Added:
        return repository.backup([Path()], folder=staged.folder, tags=tags, ignore_ctime=True, watch=watch)

    return Errand(place, lambda: carrying.backed_up(repository, back_up, tags=tags))


def of_folders(
    place: UUID, repository: Repository, own: Sequence[Path], tags: list[str], progress: Progress
) -> Errand:
    watch = progress.watch(place)
    return Errand(
        place,
        lambda: carrying.backed_up_as_far_as_can_be(
            repository, lambda: repository.backup(own, tags=tags, without=[KEYS], watch=watch), tags=tags
        ),
    )


def of_keys(place: UUID, repository: Repository, content: bytes, tags: list[str]) -> Errand:
    def back_up() -> Added:
        with carrying.stream_of(content) as stream:
            return repository.backup_stream(stream, name=keys.NAME, tags=tags)

    return Errand(place, lambda: carrying.backed_up(repository, back_up, tags=tags))
