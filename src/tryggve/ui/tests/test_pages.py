import re
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

import tryggve
from tryggve.ui import manifest

# A mail is no page of ours: there is no other place for its style.
TEMPLATES = sorted(
    path for path in Path(tryggve.__file__).parent.rglob("templates/**/*.html") if path.parent.name != "mail"
)
INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:|\shx-on", re.IGNORECASE)
_BUDGET_BYTES = 100_000


def test_page_frames_ask_for_built_files_by_their_hash(mallory: Client) -> None:
    page = mallory.get("/sign-in/").content.decode()
    names = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page))
    assert {re.sub(r"-[0-9A-Z]{8}\.", ".", name) for name in names} == {
        "app.css",
        "app.js",
        "mark.svg",
        "tabler.css",
    }
    assert all((Path(settings.STATIC_ROOT) / name).is_file() for name in names)


def test_first_page_weighs_less_than_100_kb(mallory: Client) -> None:
    page = mallory.get("/sign-in/").content
    files = set(re.findall(rb'(?:href|src)="/static/([^"]+)"', page))
    sizes = [(Path(settings.STATIC_ROOT) / f"{name.decode()}.br").stat().st_size for name in files]
    # zlib stands in for Brotli, which presses harder.
    assert sum(sizes) + len(zlib.compress(page)) < _BUDGET_BYTES


def test_unknown_or_missing_file_is_refused_in_words(settings: Settings) -> None:
    with pytest.raises(manifest.NotBuilt, match=r"The file gone\.css that pages need is missing"):
        manifest.address("gone.css")
    settings.STATIC_ROOT = "/nonexistent"
    with pytest.raises(manifest.NotBuilt, match=r"manifest\.json"):
        manifest.address("app.css")


@pytest.mark.parametrize(
    "bad", ["<p style='a'>", "<script>", "<style>", '<a onclick="x">', "<b hx-on:click=x>"]
)
def test_search_for_inline_code_finds_it(bad: str) -> None:
    assert INLINE.search(bad)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_template_holds_no_inline_script_or_style(template: Path) -> None:
    assert not INLINE.search(template.read_text())


def test_allauth_never_puts_a_name_into_a_message() -> None:
    texts = Path(__file__).parent.parent / "templates" / "account" / "messages"
    assert {text.name: text.read_text() for text in texts.iterdir()} == {
        "logged_in.txt": "",
        "logged_out.txt": "",
    }


def test_staff_frame_has_skip_link_landmarks_and_a_sign_out_button(mallory: Client) -> None:
    page = mallory.get("/staff/").content.decode()
    assert '<a class="skip" href="#main">' in page
    assert page.count("<h1>") == page.count("<main ") == page.count('id="main"') == 1
    assert '<form method="post" action="/sign-out/">' in page
    assert '<a href="/staff/" aria-current="page">Customers</a>' in page
    assert "<bdi>Anna Nordlund</bdi>" in page
    assert "The backup is late." in page


@pytest.mark.parametrize("name", ["Svenska", "Dansk", "English"])
def test_each_language_is_called_by_its_own_name(mallory: Client, name: str) -> None:
    assert f">{name}</button>" in mallory.get("/sign-in/").content.decode()
