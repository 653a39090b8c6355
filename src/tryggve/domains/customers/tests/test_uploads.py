"""How much of an upload is held in memory, whose, and what becomes of more."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from django.test import Client, RequestFactory

from tryggve.accounts.models import User
from tryggve.domains.customers import uploads
from tryggve.domains.customers.engine.table import Limits
from tryggve.domains.customers.models import Import

HALF = b"x" * (uploads.LARGEST_BYTES // 2)


def _handler(user: User | AnonymousUser) -> uploads.MemoryOnlyUploadHandler:
    request = RequestFactory().post("/customers/import/")
    request.user = user
    return uploads.MemoryOnlyUploadHandler(request)


def _received(handler: uploads.MemoryOnlyUploadHandler, *chunks: bytes) -> InMemoryUploadedFile:
    handler.new_file("file", "a.csv", "text/csv", None)
    for chunk in chunks:
        handler.receive_data_chunk(chunk, 0)
    return handler.file_complete(sum(map(len, chunks)))


def test_file_of_the_limit_is_held_whole() -> None:
    file = _received(_handler(User()), HALF, HALF)
    assert (file.size, file.read() == HALF + HALF) == (uploads.LARGEST_BYTES, True)


def test_larger_file_arrives_empty_and_with_a_size_over_the_limit() -> None:
    file = _received(_handler(User()), HALF, HALF, b"x")
    assert (file.size, file.read()) == (uploads.LARGEST_BYTES + 1, b"")


def test_files_of_one_request_share_the_limit() -> None:
    handler = _handler(User())
    first, second = _received(handler, HALF), _received(handler, HALF, b"x")
    assert (len(first.read()), second.size, second.read()) == (len(HALF), uploads.LARGEST_BYTES + 1, b"")


def test_nothing_is_held_of_what_an_outsider_sends() -> None:
    with pytest.raises(SkipFile):
        _handler(AnonymousUser()).new_file("file", "a.csv", "text/csv", None)


def test_limit_of_uploads_is_that_of_the_reader() -> None:
    assert Limits().bytes == uploads.LARGEST_BYTES


@pytest.mark.django_db
def test_upload_over_the_limit_is_refused_in_words_also_where_forms_are_checked(as_anna: Client) -> None:
    token = str(as_anna.get("/customers/import/").context["csrf_token"])
    as_anna.handler.enforce_csrf_checks = True
    large = SimpleUploadedFile("a.csv", HALF + HALF + b"x")
    answer = as_anna.post("/customers/import/", {"csrfmiddlewaretoken": token, "file": large})
    assert (answer.status_code, Import.objects.count()) == (200, 0)
    assert "The file is larger than 64 MB" in answer.content.decode()


@pytest.mark.django_db
def test_upload_of_an_outsider_leads_to_sign_in(as_mallory: Client) -> None:
    answer = as_mallory.post("/customers/import/", {"file": SimpleUploadedFile("a.csv", b"Name\nBo\n")})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/")
