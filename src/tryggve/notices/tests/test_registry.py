import pytest

from tryggve.notices import registry


@pytest.fixture(autouse=True)
def no_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", {})


def _declare(code: str) -> registry.Kind:
    return registry.declare(code, "Made up", subject="Made up", template="setup/notices/test_mail.txt")


def test_declared_kind_is_known_by_its_code() -> None:
    kind = _declare("setup.made-up")
    assert dict(registry.kinds()) == {"setup.made-up": kind}


@pytest.mark.parametrize("code", ["made-up", "Setup.made", "setup.made_up", "setup.", "setup." + "x" * 60])
def test_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(registry.BadKind):
        _declare(code)
    assert registry.kinds() == {}


def test_second_kind_of_the_same_code_is_refused() -> None:
    first = _declare("setup.made-up")
    with pytest.raises(registry.BadKind):
        _declare("setup.made-up")
    assert registry.kinds()["setup.made-up"] is first
