"""How each protection is measured that lies in backups."""

from tryggve.domains.backups.controls import far_copies, other_backups, restored, taken

__all__ = ["far_copies", "other_backups", "restored", "taken"]
