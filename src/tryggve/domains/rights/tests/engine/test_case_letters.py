from datetime import date

import pytest

from tryggve.domains.rights.engine.case_letters import NoSuchLetter, complaint, draft, has_gap
from tryggve.domains.rights.models import Case

FACTS: dict[str, str | date | None] = {
    "firm": "Annas Snickeri",
    "name": "Cilla",
    "received": date(2026, 3, 2),
    "due": date(2026, 4, 2),
    "erased": date(2026, 3, 20),
    "authority": "IMY",
}
OCCASIONS = ("question", "extended", "done", "refused")


@pytest.mark.parametrize("language", ["sv", "da", "en"])
@pytest.mark.parametrize("occasion", OCCASIONS)
@pytest.mark.parametrize("kind", Case.Kind.values)
def test_every_request_has_a_letter_for_every_occasion(language: str, occasion: str, kind: str) -> None:
    letter = draft(occasion, language=language, kind=kind, facts=FACTS)
    assert "{" not in letter.subject + letter.text
    assert "Cilla" in letter.text
    assert letter.text.rstrip().endswith("Annas Snickeri")


@pytest.mark.parametrize(
    ("language", "day"), [("sv", "2 april 2026"), ("da", "2. april 2026"), ("en", "2 April 2026")]
)
def test_letter_writes_dates_as_its_language_does(language: str, day: str) -> None:
    assert day in draft("extended", language=language, kind="ACCESS", facts=FACTS).text


@pytest.mark.parametrize(
    ("language", "day"), [("sv", "20 mars 2026"), ("da", "20. marts 2026"), ("en", "20 March 2026")]
)
def test_letter_about_an_erasure_tells_the_day_on_which_it_will_be_done(language: str, day: str) -> None:
    assert day in draft("done", language=language, kind="ERASURE", facts=FACTS).text
    unknown = draft("done", language=language, kind="ERASURE", facts=FACTS | {"erased": None}).text
    assert (day in unknown, has_gap(unknown)) == (False, True)


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_gap_is_what_a_draft_left_open_and_no_bracket_of_other_peoples(language: str) -> None:
    assert has_gap(draft("question", language=language, kind="ACCESS", facts=FACTS).text)
    assert not has_gap(draft("refused", language=language, kind="ACCESS", facts=FACTS).text)
    named = FACTS | {"name": "Cilla [AB] (1)"}
    assert not has_gap(draft("refused", language=language, kind="ACCESS", facts=named).text)


def test_letter_of_no_occasion_is_not_found() -> None:
    with pytest.raises(NoSuchLetter):
        draft("birthday", language="sv", kind="ACCESS", facts=FACTS)


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_complaint_names_the_authority(language: str) -> None:
    assert "IMY, www.imy.se" in complaint(language=language, authority="IMY, www.imy.se")
