"""How each protection is measured that lies in signing in and in who may do what."""

from tryggve.domains.access.controls import (
    captain,
    every_request,
    least_privilege,
    passwords,
    reviewed,
    second_factor,
)

__all__ = ["captain", "every_request", "least_privilege", "passwords", "reviewed", "second_factor"]
