from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shamir_mnemonic import generate_mnemonics

from tryggve.vault import shares
from tryggve.vault.tests import vector_files

KITS = vector_files.of("kit")
FIRST, SECOND, THIRD = KITS[0]["shares"]
SECRET = bytes.fromhex(KITS[0]["secret"])

forms = st.sampled_from(
    [
        lambda number, word: word,
        lambda number, word: word.upper(),
        lambda number, word: word.capitalize(),
        lambda number, word: f"{number}. {word}",
        lambda number, word: f"{number}{word}",
        lambda number, word: f"({number}) {word},",
        lambda number, word: f"{number}:{word};",
    ]
)
gaps = st.sampled_from([" ", "\n", "  ", "\r\n", "\t", " \u00a0", ", "])


@pytest.mark.parametrize("vector", KITS, ids=vector_files.name)
@pytest.mark.parametrize("two", [(0, 1), (1, 2), (2, 0)], ids=str)
def test_any_two_shares_of_the_vector_give_its_secret(vector: dict[str, Any], two: tuple[int, int]) -> None:
    typed = [vector["shares"][number] for number in two]

    assert shares.secret_of(typed) == bytes.fromhex(vector["secret"])


def test_three_shares_give_the_secret_too() -> None:
    assert shares.secret_of([THIRD, FIRST, SECOND]) == SECRET


def test_empty_fields_are_passed_over() -> None:
    assert shares.secret_of(["", FIRST, " \n", THIRD]) == SECRET


@given(secret=st.binary(min_size=32, max_size=32))
def test_every_secret_makes_shares_of_as_many_words(secret: bytes) -> None:
    (made,) = generate_mnemonics(1, [(shares.NEEDED, shares.MADE)], secret, iteration_exponent=0)

    assert {len(share.split()) for share in made} == {shares.WORDS_IN_SHARE}
    assert shares.secret_of(made[1:]) == secret


@given(form=st.lists(forms, min_size=33, max_size=33), gap=st.lists(gaps, min_size=33, max_size=33))
def test_how_the_words_are_laid_out_does_not_matter(form: list[Any], gap: list[str]) -> None:
    words = enumerate(SECOND.split(), start=1)
    typed = "".join(
        one(number, word) + space for (number, word), one, space in zip(words, form, gap, strict=True)
    )

    assert shares.secret_of([typed, FIRST]) == SECRET


@given(st.text(max_size=400))
def test_whatever_is_typed_is_refused_in_words_or_read(text: str) -> None:
    with pytest.raises(shares.ShareRefused):
        shares.secret_of([text, FIRST])


@given(position=st.integers(0, 32), word=st.text("abcdefghijklmnopqrstuvwxyzåäö", min_size=1, max_size=12))
def test_wrong_word_is_refused_by_its_place(position: int, word: str) -> None:
    words = FIRST.split()
    if word == words[position]:
        return
    words[position] = word

    with pytest.raises((shares.WordUnknown, shares.WordsMistyped)) as caught:
        shares.share_of(" ".join(words), number=2)
    if isinstance(caught.value, shares.WordUnknown):
        assert caught.value.position == position + 1
        assert f"The second page typed, word {position + 1}" in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("acadmic", "academic"),
        ("acad", "academic"),
        ("acadxyz", "academic"),
        ("zer", "zero"),
        ("5kunk", "skunk"),
    ],
)
def test_nearest_word_is_the_one_meant(typed: str, nearest: str) -> None:
    assert shares.nearest(typed) == nearest


def test_first_of_several_wrong_words_is_named() -> None:
    words = FIRST.split()
    words[4] = words[20] = "Häst"

    with pytest.raises(shares.WordUnknown, match="word 5: «häst»"):
        shares.share_of(" ".join(words))


def test_refusal_counts_the_empty_field_too() -> None:
    with pytest.raises(shares.WordUnknown, match="The second page typed"):
        shares.secret_of(["", "hello"])


@pytest.mark.parametrize(("count", "refusal"), [(32, shares.WordsMissing), (34, shares.TooManyWords)])
def test_words_left_out_or_written_twice_are_told(count: int, refusal: type[shares.ShareRefused]) -> None:
    words = [*FIRST.split(), "academic"][:count]

    with pytest.raises(refusal, match=f"has {count} words, and a whole one has 33"):
        shares.secret_of([SECOND, " ".join(words)])


def test_two_shares_in_one_field_are_too_many_words() -> None:
    with pytest.raises(shares.TooManyWords, match="66 words"):
        shares.secret_of([f"{FIRST}\n{SECOND}"])


@given(first=st.integers(0, 32), second=st.integers(0, 32))
def test_two_words_that_changed_places_are_mistyped(first: int, second: int) -> None:
    words = FIRST.split()
    if words[first] == words[second]:
        return
    words[first], words[second] = words[second], words[first]

    with pytest.raises(shares.WordsMistyped):
        shares.share_of(" ".join(words))


@pytest.mark.parametrize("typed", [[], [""], [FIRST], [FIRST, ""], ["", "", ""]], ids=len)
def test_too_few_shares_are_told(typed: list[str]) -> None:
    with pytest.raises(shares.TooFewShares):
        shares.secret_of(typed)


def test_same_share_twice_is_told() -> None:
    with pytest.raises(shares.SameShareTwice):
        shares.secret_of([FIRST, FIRST.upper()])


@pytest.mark.parametrize("other", [0, 1])
@pytest.mark.parametrize("own", [[FIRST], [FIRST, THIRD]], ids=len)
def test_shares_of_two_kits_are_told(own: list[str], other: int) -> None:
    with pytest.raises(shares.SharesOfTwoKits):
        shares.secret_of([*own, KITS[1]["shares"][other]])


def test_refusals_quote_no_right_word_but_the_nearest() -> None:
    """What may be shown on a screen or end in a report must not be half a share."""
    with pytest.raises(shares.WordsMistyped) as caught:
        shares.secret_of([" ".join(reversed(FIRST.split())), SECOND])

    assert [word for word in FIRST.split() if word in str(caught.value).split()] == []
    assert caught.value.__suppress_context__


def test_refusals_are_requests_that_can_be_mended() -> None:
    refusals = shares.ShareRefused.__subclasses__()

    assert len({str(refusal.sentence) for refusal in refusals}) == 7
    assert {refusal.exit_status for refusal in refusals} == {2}
