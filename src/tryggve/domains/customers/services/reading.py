"""Lists from elsewhere are read by a child process that can do nothing else."""

from tryggve.domains.customers.engine.files import table_parts
from tryggve.domains.customers.engine.table import Table, UnreadableFile
from tryggve.domains.customers.words import imports as import_words
from tryggve.lib import sandbox

_TABLES = sandbox.register(
    "tryggve.domains.customers.engine.files.table_parts:parts_of",
    rehearsal="tryggve.domains.customers.engine.files.table_rehearsal:rehearse",
)
# A list of the greatest size that an import takes needs less than half of each; a letter may be six in an answer.
_LIMITS = sandbox.Limits(
    wall_seconds=600, cpu_seconds=120, memory_bytes=2 * 1024**3, output_bytes=256 * 1024**2
)


def table_in(content: bytes) -> Table:
    """The table in a file. Raises table.UnreadableFile and sandbox.Failed."""
    with sandbox.run(_TABLES, content, limits=_LIMITS) as parts:
        try:
            return table_parts.table_of(parts)
        except UnreadableFile as refused:
            if refused.code not in import_words.UNREADABLE:
                raise sandbox.Failed("broken") from None
            raise
        except table_parts.Garbled:
            raise sandbox.Failed("broken") from None


def is_sealed_off() -> bool:
    """Whether that child was seen to reach nothing on this computer."""
    try:
        return sandbox.means().is_sealed
    except sandbox.Failed:
        return False
