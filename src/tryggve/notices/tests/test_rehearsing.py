"""A conversation with a real mail server up to where the text would follow, and what each of its answers is called."""

import pytest

from tryggve.notices import smtp
from tryggve.notices.smtp import NotSent, Server
from tryggve.notices.tests.post_office import DROP, PASSWORD, SILENCE, USER, PostOffice
from tryggve.notices.troubles import Trouble

IMPATIENT = 1.0


def _refusal(
    server: Server, address: str = "bo@example.se", seconds: float = 20.0
) -> tuple[Trouble, int | None]:
    with pytest.raises(NotSent) as refused:
        smtp.rehearse(server, address, seconds=seconds)
    assert (refused.value.__cause__, refused.value.__suppress_context__) == (None, True)
    return refused.value.trouble, refused.value.reply


def test_server_that_takes_mail_is_given_none(office: PostOffice) -> None:
    smtp.rehearse(office.server(), "bo@example.se")
    assert (office.desk.recipients, office.desk.taken) == (["bo@example.se"], [])


def test_it_is_encrypted_and_signed_in_like_mail_itself(closed_office: PostOffice, trusted: None) -> None:
    smtp.rehearse(closed_office.server(username=USER, password=PASSWORD), "bo@example.se")
    assert closed_office.desk.recipients == ["bo@example.se"]
    wrong = closed_office.server(username=USER, password="wrong")
    assert _refusal(wrong) == (Trouble.WRONG_PASSWORD, 535)


@pytest.mark.parametrize(
    ("answers", "trouble", "reply"),
    [
        ({"RCPT": "550 5.1.1 No such user"}, Trouble.RECIPIENT_REFUSED, 550),
        ({"RCPT": "450 4.7.1 Later"}, Trouble.BUSY, 450),
        ({"MAIL": "553 5.7.1 Not yours"}, Trouble.SENDER_REFUSED, 553),
        ({"MAIL": DROP}, Trouble.HUNG_UP, None),
        ({"RCPT": SILENCE}, Trouble.NO_ANSWER, None),
    ],
)
def test_answer_has_its_name(
    office: PostOffice, answers: dict[str, str], trouble: Trouble, reply: int | None
) -> None:
    office.desk.answers = answers
    assert _refusal(office.server(), seconds=IMPATIENT) == (trouble, reply)
    assert office.desk.taken == []


def test_an_address_that_is_none_is_refused_before_anybody_is_called(office: PostOffice) -> None:
    assert _refusal(office.server(), "bo") == (Trouble.RECIPIENT_REFUSED, None)
    assert office.desk.met == []
