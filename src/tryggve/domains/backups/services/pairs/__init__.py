"""Pairs of backups: the data of one moment, and after it the keys that read it.

For most cases use :func:`ask`, which lets the process that takes backups take one soon. That process, and the command
in the foreground, use :func:`take` and :func:`take_keys_alone`.
"""

from tryggve.domains.backups.services.pairs.asking import ask
from tryggve.domains.backups.services.pairs.taking import take, take_keys_alone
from tryggve.domains.backups.services.pairs.turns import AlreadyAtIt, NowhereToGo, require_somewhere

__all__ = ["AlreadyAtIt", "NowhereToGo", "ask", "require_somewhere", "take", "take_keys_alone"]
