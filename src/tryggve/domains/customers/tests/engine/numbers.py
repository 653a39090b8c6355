"""Identity numbers made up for tests: real dates, and control digits that another program worked out."""

from datetime import date

from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fi import ytunnus
from stdnum.no import fodselsnummer

from tryggve.domains.customers.engine.identity_numbers import Kind

TODAY = date(2026, 3, 2)

births = st.dates(date(1930, 1, 1), date(2020, 12, 31))
_CONTROLS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


@st.composite
def swedish(draw: st.DrawFn, added_to_day: int = 0) -> str:
    """Twelve digits."""
    birth = draw(births)
    six = f"{birth:%y%m}{birth.day + added_to_day:02}"
    nine = six + f"{draw(st.integers(0, 999)):03}"
    return f"{birth:%Y}"[:2] + nine + luhn.calc_check_digit(nine)


@st.composite
def swedish_organisations(draw: st.DrawFn) -> str:
    nine = f"{draw(st.integers(0, 99)):02}{draw(st.integers(20, 99))}{draw(st.integers(0, 99999)):05}"
    return nine + luhn.calc_check_digit(nine)


@st.composite
def danish(draw: st.DrawFn, added_to_day: int = 0) -> str:
    birth = draw(births)
    seventh = "0123" if birth.year < 2000 else "4567" if birth.year < 2037 else "56"
    rest = draw(st.sampled_from(seventh)) + f"{draw(st.integers(0, 999)):03}"
    return f"{birth.day + added_to_day:02}{birth:%m%y}{rest}"


@st.composite
def norwegian(draw: st.DrawFn, added_to_day: int = 0, added_to_month: int = 0) -> str:
    birth = draw(births)
    individual = draw(st.integers(500, 999) if birth.year >= 2000 else st.integers(0, 499))
    nine = f"{birth.day + added_to_day:02}{birth.month + added_to_month:02}{birth:%y}{individual:03}"
    return with_norwegian_controls(nine) or draw(norwegian(added_to_day, added_to_month))


@st.composite
def common_help_numbers(draw: st.DrawFn) -> str:
    nine = f"{draw(st.integers(800000000, 999999999))}"
    return with_norwegian_controls(nine) or draw(common_help_numbers())


def with_norwegian_controls(nine: str) -> str:
    """Eleven digits; none for a number that is never given, since a control digit would be ten."""
    if not nine.isdecimal() or (11 - sum(map(_times, nine, (3, 7, 6, 1, 8, 9, 4, 5, 2))) % 11) % 11 == 10:
        return ""
    ten = nine + fodselsnummer.calc_check_digit1(nine)
    second = fodselsnummer.calc_check_digit2(ten)
    return ten + second if len(second) == 1 else ""


def _times(digit: str, weight: int) -> int:
    return int(digit) * weight


@st.composite
def finnish(draw: st.DrawFn) -> str:
    birth = draw(births)
    sign = draw(st.sampled_from("-UVWXY" if birth.year < 2000 else "ABCDEF"))
    individual = f"{draw(st.integers(2, 899)):03}"
    return f"{birth:%d%m%y}{sign}{individual}{_CONTROLS[int(f'{birth:%d%m%y}{individual}') % 31]}"


@st.composite
def companies(draw: st.DrawFn, weights: tuple[int, ...]) -> str:
    """Digits of which the last makes the sum of all times their weights divisible by eleven."""
    first = [draw(st.integers(1, 9)), *(draw(st.integers(0, 9)) for _ in weights[2:])]
    left = (-sum(digit * weight for digit, weight in zip(first, weights[:-1], strict=True))) % 11
    return "".join(map(str, [*first, left])) if left < 10 else draw(companies(weights))


cvr = companies((2, 7, 6, 5, 4, 3, 2, 1))
norwegian_organisations = companies((3, 2, 7, 6, 5, 4, 3, 2, 1))
business_ids = companies((7, 9, 10, 5, 8, 4, 2, 1)).filter(ytunnus.is_valid)


# Each kind with the country that it is read in.
MADE_UP: list[tuple[str, Kind, st.SearchStrategy[str]]] = [
    ("SE", "se_personal", swedish()),
    ("SE", "se_coordination", swedish(60)),
    ("SE", "se_organisation", swedish_organisations()),
    ("DK", "dk_personal", danish()),
    ("DK", "dk_replacement", danish(60)),
    ("DK", "dk_organisation", cvr),
    ("NO", "no_personal", norwegian()),
    ("NO", "no_d", norwegian(40)),
    ("NO", "no_help", norwegian(0, 40)),
    ("NO", "no_common_help", common_help_numbers()),
    ("NO", "no_organisation", norwegian_organisations),
    ("FI", "fi_personal", finnish()),
    ("FI", "fi_organisation", business_ids),
]
