import importlib
import sys
from pathlib import Path

import pytest

from tryggve.config import env


def test_settings_that_there_are_pass() -> None:
    env.refuse_unknown({"PATH": "/bin", **dict.fromkeys(env.KNOWN, "x")})


def test_misspelt_setting_is_refused_by_name_without_its_value() -> None:
    with pytest.raises(env.UnknownSetting) as refused:
        env.refuse_unknown({"TRYGGVE_DTA": "/home/anna", "TRYGGVE_DATA": "/x", "TRYGGVE_A": ""})
    assert "TRYGGVE_A, TRYGGVE_DTA." in str(refused.value)
    assert ("anna" in str(refused.value), refused.value.exit_status) == (False, 2)


def test_settings_of_others_pass() -> None:
    env.refuse_unknown({"XTRYGGVE_DATA": "", "tryggve_data": "", "TRYGGVEN": ""})


def test_no_proxy_is_believed_unless_named() -> None:
    assert env.trusted_proxies({}) == ()


def test_proxies_are_addresses_and_networks() -> None:
    told = env.trusted_proxies({"TRYGGVE_TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8,::1"})
    assert [str(one) for one in told] == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]


@pytest.mark.parametrize("told", ["localhost", "10.0.0.1/8", "127.0.0.1;10.0.0.1", "*", "10.0.0.0/33"])
def test_proxy_that_is_no_address_is_refused(told: str) -> None:
    with pytest.raises(env.NotAProxy):
        env.trusted_proxies({"TRYGGVE_TRUSTED_PROXIES": told})


@pytest.mark.parametrize(
    ("told", "origin"),
    [
        (None, ""),
        ("", ""),
        ("https://tryggve.example.se", "https://tryggve.example.se"),
        ("https://Tryggve.Example.se:8443/", "https://tryggve.example.se:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_origin_is_where_people_reach_it(told: str | None, origin: str) -> None:
    assert env.origin({} if told is None else {"TRYGGVE_ORIGIN": told}) == origin


@pytest.mark.parametrize(
    "told",
    [
        "http://tryggve.example.se",
        "https://tryggve.example.se/path",
        "tryggve.example.se",
        "https://a@b.se",
        "https://",
    ],
)
def test_address_that_links_can_not_begin_with_is_refused(told: str) -> None:
    with pytest.raises(env.NotAnOrigin):
        env.origin({"TRYGGVE_ORIGIN": told})


def test_saml_is_off_unless_it_is_switched_on() -> None:
    assert env.saml_metadata({}) is None


def test_saml_takes_a_file_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "metadata.xml"
    file.write_text("<x/>")
    assert env.saml_metadata({"TRYGGVE_SAML": str(file)}) == file
    with pytest.raises(env.NoSaml):
        env.saml_metadata({"TRYGGVE_SAML": str(tmp_path / "another.xml")})


def test_saml_that_is_not_installed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "metadata.xml"
    file.write_text("<x/>")
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, "onelogin", raising=False)
    importlib.invalidate_caches()
    with pytest.raises(env.NoSaml, match=r"tryggve\[saml\]"):
        env.saml_metadata({"TRYGGVE_SAML": str(file)})
