import pytest
from django.test import Client

from tryggve.ui import manifest

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/moved/", 302),
        ("/garbled/", 400),
        ("/closed/", 403),
        ("/nowhere/", 404),
        ("/button-only/", 405),
        ("/refused/", 409),
        ("/broken/", 500),
        ("/locked/", 503),
        ("/health", 200),
    ],
)
def test_every_answer_forbids_foreign_content_and_is_kept_nowhere(
    mallory: Client, address: str, status: int
) -> None:
    answer = mallory.get(address)
    assert answer.status_code == status
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_built_file_is_kept_by_the_browser_and_has_the_policy_too(mallory: Client) -> None:
    answer = mallory.head(manifest.address("app.css"))
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "immutable" in answer.headers["Cache-Control"]
