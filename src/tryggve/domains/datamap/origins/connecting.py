"""From a source to what gives its files."""

from collections.abc import Iterator
from contextlib import contextmanager

from tryggve.domains.datamap.models import Source
from tryggve.domains.datamap.origins import Origin
from tryggve.domains.datamap.origins.folder import Folder
from tryggve.domains.datamap.origins.mailbox import Access, Mailbox
from tryggve.domains.datamap.source_details import Told


@contextmanager
def connected(source: Source, told: Told) -> Iterator[Origin]:
    """For the length of the block. Raises origins.Unreachable and its kinds."""
    if source.kind == Source.Kind.FOLDER:
        yield Folder(told.where, told.leave_out, told.look_at)
        return
    access = Access.told(told.mailbox)
    with Mailbox(access, leave_out=told.leave_out, look_at=told.look_at) as mailbox:
        yield mailbox
