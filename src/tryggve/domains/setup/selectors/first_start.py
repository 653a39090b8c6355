from collections.abc import Iterable, Iterator

from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.domains.setup.engine.first_steps import MAY_WAIT, OF_A_COLLEAGUE, OF_AN_OWNER, Step, Way
from tryggve.domains.setup.models import Firm, PutOff, Welcomed
from tryggve.domains.setup.selectors import firm as firms
from tryggve.domains.setup.selectors import keys
from tryggve.notices import selectors as notices
from tryggve.ui import first_work

# Where Django's session keeps at which of the first steps somebody is: only until these are behind them.
PRESENT_STEP = "setup.first-step"


def is_welcomed(user: User) -> bool:
    """Whether this person's first start is behind them."""
    return Welcomed.objects.filter(user=user).exists()


def steps_of(user: User) -> tuple[Step, ...]:
    """An owner sets the company up; who is invited by one has less to do."""
    return OF_AN_OWNER if user.role == Role.OWNER else OF_A_COLLEAGUE


def way_of(user: User, *, has_factor: bool) -> Way:
    """How far this person has come, by what is there; ``has_factor``: it was used in this session.

    Raises as custody.status does.
    """
    return Way(steps_of(user), frozenset(_settled(user, has_factor=has_factor)))


def waiting(among: Iterable[Step], firm: Firm | None) -> Step | None:
    """The first of those steps that a page's company put off and still lacks. Raises as custody.status does."""
    return next((step for step in among if firms.has_put_off(firm, step) and not is_there(step)), None)


def is_there(step: Step) -> bool:
    """Whether what a step of the company's asks for exists. Raises as custody.status does."""
    match step:
        case Step.KIT:
            return keys.standing().tested_kit is not None
        case Step.MAIL:
            return notices.the_mail_server() is not None
        case Step.CUSTOMERS | Step.WEBSITE:
            offered = first_work.offered(step)
            return offered is None or offered.is_done()
    return True


def _settled(user: User, *, has_factor: bool) -> Iterator[Step]:
    yield from (Step.FIRM, Step.PASSWORD)  # without them nobody is signed in
    if has_factor:
        yield Step.FACTOR
    if user.role != Role.OWNER:
        if is_welcomed(user):
            yield Step.LANGUAGE
        return
    put_off = set(PutOff.objects.values_list("step", flat=True))
    yield from (step for step in steps_of(user) if step in MAY_WAIT and (step in put_off or is_there(step)))
