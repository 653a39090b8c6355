"""Restore tests: a pair is fetched from the farthest place, looked through, read and started, and thrown away.

For most cases: ``ask`` for one, and ``make`` it in a process of its own. Each step is a module here, and raises
``TestFailed`` or ``CouldNotTest`` with a code; ``steps`` has their order.
"""

from tryggve.domains.backups.services.restore_tests.asking import ask
from tryggve.domains.backups.services.restore_tests.making import is_free, make
from tryggve.domains.backups.services.restore_tests.schedule import is_due

__all__ = ["ask", "is_due", "is_free", "make"]
