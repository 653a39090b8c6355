import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.access.engine import browsers

_MOZILLA = "Mozilla/5.0 "
_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("(Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox, Windows"),
        (f"(Windows NT 10.0; Win64; x64) {_WEBKIT}Chrome/131.0.0.0 Safari/537.36", "Chrome, Windows"),
        (f"(Windows NT 10.0) {_WEBKIT}Chrome/131.0.0.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        (f"(Macintosh; Intel Mac OS X 10_15_7) {_WEBKIT}Version/18.1 Safari/605.1.15", "Safari, Mac"),
        (f"(iPhone; CPU iPhone OS 18_1 like Mac OS X) {_WEBKIT}Version/18.1 Safari/604.1", "Safari, iPhone"),
        (f"(iPad; CPU OS 18_1 like Mac OS X) {_WEBKIT}CriOS/131.0 Safari/604.1", "Chrome, iPad"),
        (f"(Linux; Android 10; K) {_WEBKIT}Chrome/131.0 Mobile Safari/537.36", "Chrome, Android"),
        (f"(Linux; Android 14) {_WEBKIT}SamsungBrowser/27.0 Chrome/125 Safari/537.36", "Samsung Internet, Android"),
        ("(X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox, Linux"),
        (f"(X11; CrOS x86_64 14541.0.0) {_WEBKIT}Chrome/131.0 Safari/537.36", "Chrome, ChromeOS"),
        (f"(Windows NT 10.0) {_WEBKIT}Chrome/130.0 Safari/537.36 OPR/115.0", "Opera, Windows"),
    ],
)  # fmt: skip
def test_browser_is_named_as_its_owner_knows_it(user_agent: str, name: str) -> None:
    assert browsers.name_of(_MOZILLA + user_agent) == name


@pytest.mark.parametrize("user_agent", ["", "curl/8.0", "<script>", "Anna's own"])
def test_unknown_browser_is_a_question_mark(user_agent: str) -> None:
    assert browsers.name_of(user_agent) == "?"


@given(st.text())
def test_name_is_short_and_never_what_was_sent(user_agent: str) -> None:
    assert len(browsers.name_of(user_agent)) <= 40
