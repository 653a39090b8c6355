from datetime import datetime

from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.domains.access.trials import visitors
from tryggve.domains.access.trials.browser import Browser


def colleague(*, at: datetime) -> tuple[User, Browser]:
    """A made-up employee, and their browser signed in with both factors: undo the transaction around it."""
    user = visitors.person(Role.EMPLOYEE)
    signed_in = visitors.browser_of(user, began=at, at=at, factor_at=at)
    return user, Browser(signed_in.cookies)
