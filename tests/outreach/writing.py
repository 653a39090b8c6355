"""Messages to customers, and the job that sends them, run as the worker would."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

from tests.by_right import consenting
from tests.cast import CILLA, DAN, NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.outreach.mailing_words import Words
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.domains.outreach.services import mailings, sending, starting
from tryggve.domains.outreach.services.mailings import Written
from tryggve.domains.rights.tests import purposes
from tryggve.notices.tests.post_office import PostOffice
from tryggve.routines import jobs

NEWS = Words("New opening hours", "Hello,\n\nfrom May we open at eight.\nhttps://annas.example/hours\n")
TEXT_OF_NEWS = "from May we open at eight."
MINUTE = timedelta(minutes=1)
THE_DAY_BEFORE = NOW - timedelta(days=1)


def newsletter() -> UUID:
    """A coach whose newsletter goes to who said yes; the purpose."""
    return consenting.prepare()


def customer_news() -> UUID:
    """A purpose for which the company needs nobody's yes, and that each may say no to."""
    purposes.choose("customer-news", kind="craft")
    return purposes.id_of("customer-news")


def say_yes(purpose: UUID, *customers: UUID) -> None:
    for one in customers:
        consenting.say(one, purpose, at=THE_DAY_BEFORE)


def cilla_and_dan() -> tuple[UUID, UUID]:
    cilla, dan = add(CILLA, DAN)
    return cilla, dan


def many(count: int, **facts: tuple[str, ...]) -> list[UUID]:
    return add(
        *(Details(name=f"Kund {number:03}", emails=(f"kund{number:03}@example.se",), **facts)  # type: ignore[arg-type]
          for number in range(count))
    )  # fmt: skip


def draft(purpose: UUID | None, words: Words = NEWS, *, language: str = "en", per_minute: int = 120) -> UUID:
    written = Written(words, language, purpose, per_minute)
    return mailings.write(written=written, actor=MACHINE, at=NOW)


def start(mailing: UUID, *, at: datetime = NOW) -> int:
    revision = Mailing.objects.get(pk=mailing).revision
    return starting.start(mailing=mailing, seen_revision=revision, actor=MACHINE, at=at, reach=EVERYBODY)


def started(purpose: UUID, words: Words = NEWS, **facts: int) -> UUID:
    mailing = draft(purpose, words, **facts)  # type: ignore[arg-type]  # as draft takes them
    start(mailing)
    return mailing


class Clock:
    """What the worker looks at; ``at_each`` is done each time that it does, once the first look is over."""

    def __init__(self, at: datetime = NOW, *, at_each: Callable[[datetime], None] | None = None) -> None:
        self.at = at
        self._at_each = at_each

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        if self._at_each is not None:
            self._at_each(self.at)
        return self.at


def work(mailing: UUID, clock: Clock) -> bool:
    """One job, with the turn that the mailing has; whether it came forward."""
    turn = Mailing.objects.values_list("turn", flat=True).get(pk=mailing)
    try:
        sending.run(mailing=mailing, turn=turn, now=clock)
    except jobs.NotYet:
        return False
    return True


def work_to_the_end(mailing: UUID, clock: Clock | None = None, *, most: int = 200) -> Clock:
    """Job after job, ten seconds apart where one has to wait."""
    clock = clock or Clock()
    for _time in range(most):
        if Mailing.objects.get(pk=mailing).state != Mailing.State.SENDING:
            return clock
        if not work(mailing, clock):
            clock.at += timedelta(seconds=10)
    raise AssertionError("it never ended")


def states(mailing: UUID) -> dict[str, int]:
    """How many customers stand where."""
    found: dict[str, int] = {}
    for state in Addressee.objects.filter(mailing=mailing).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def next_in_line(mailing: UUID) -> UUID:
    """The customer who is written to next: those who were added in one moment stand in any order."""
    waiting = Addressee.objects.filter(mailing=mailing, state=Addressee.State.WAITING)
    return waiting.order_by("next_try_at", "pk").values_list("customer_ref", flat=True)[0]


def reason_of(mailing: UUID, customer: UUID) -> str:
    row = Addressee.objects.get(mailing=mailing, customer_ref=customer)
    return row.reason if row.state != Addressee.State.SENT else "sent"


def addresses(office: PostOffice) -> list[str]:
    """Who got a mail, in order."""
    return [str(mail["To"]) for mail in office.desk.taken]


def plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())
