"""How the protections are measured that are about what the law gives customers."""

from tryggve.domains.rights.controls import consents, keeping, notice, own_page, record, requests

__all__ = ["consents", "keeping", "notice", "own_page", "record", "requests"]
