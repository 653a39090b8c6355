"""What becomes of an upload on its way to the form, and whose is taken."""

import shutil

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from tryggve.domains.customers import uploads
from tryggve.domains.customers.engine.table import Limits
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.tests.lists import people

HALF = b"x" * (uploads.LARGEST_BYTES // 2)


def test_limit_of_uploads_is_that_of_the_reader_and_the_site_takes_as_much() -> None:
    assert Limits().bytes == uploads.LARGEST_BYTES <= settings.LARGEST_UPLOAD_BYTES


@pytest.mark.django_db
def test_upload_over_the_limit_is_refused_in_words_also_where_forms_are_checked(as_anna: Client) -> None:
    token = str(as_anna.get("/customers/import/").context["csrf_token"])
    as_anna.handler.enforce_csrf_checks = True
    large = SimpleUploadedFile("a.csv", HALF + HALF + b"x")
    answer = as_anna.post("/customers/import/", {"csrfmiddlewaretoken": token, "file": large})
    assert (answer.status_code, Import.objects.count()) == (200, 0)
    assert "The file is larger than 64 MB" in answer.content.decode()


@pytest.mark.django_db
def test_list_too_large_for_memory_is_read_all_the_same(as_anna: Client) -> None:
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=20):
        as_anna.post("/customers/import/", {"file": SimpleUploadedFile("a.csv", people(range(10)))})
    assert Import.objects.get().rows_total == 10


@pytest.mark.django_db
def test_upload_that_the_disk_did_not_take_is_told_beside_the_form(as_anna: Client) -> None:
    incoming = settings.FOLDERS.files / "incoming"
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.write_bytes(b"")  # no folder: nothing can be kept in it
    try:
        with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=20):
            answer = as_anna.post("/customers/import/", {"file": SimpleUploadedFile("a.csv", bytes(21))})
    finally:
        incoming.unlink()
    assert (answer.status_code, Import.objects.count()) == (200, 0)
    assert "The file was not kept" in answer.content.decode()


@pytest.mark.django_db
def test_upload_of_an_outsider_leads_to_sign_in(as_mallory: Client) -> None:
    answer = as_mallory.post("/customers/import/", {"file": SimpleUploadedFile("a.csv", b"Name\nBo\n")})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/")
