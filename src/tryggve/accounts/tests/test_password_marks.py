"""Marks of before there was one for each person, made anew when the register is upgraded."""

import hashlib
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from tryggve import vault
from tryggve.accounts.models import User
from tryggve.lib import folders

pytestmark = pytest.mark.django_db
_upgrade = import_module("tryggve.accounts.migrations.0007_password_marks_of_one_person")


def _mark_as_before(user: User, encoded: str) -> None:
    User.objects.filter(pk=user.pk).update(password_mark=hashlib.sha256(encoded.encode()).hexdigest())


def _mark_anew(*users: User) -> list[bool]:
    _upgrade.mark_anew_what_was_marked(apps, connection.schema_editor())
    for user in users:
        user.refresh_from_db()
    return [user.is_marked for user in users]


def test_what_was_marked_is_marked_anew_and_nothing_else(anna: User, bo: User) -> None:
    _mark_as_before(anna, anna.password)
    _mark_as_before(bo, "written past the program")

    assert _mark_anew(anna, bo) == [True, False]


def test_a_register_without_its_service_key_is_upgraded_all_the_same(anna: User) -> None:
    _mark_as_before(anna, anna.password)
    key = folders.current().service_key_file
    aside = key.with_name("aside")
    key.rename(aside)
    vault.forget()
    try:
        _upgrade.mark_anew_what_was_marked(apps, connection.schema_editor())
    finally:
        aside.rename(key)
        vault.forget()

    anna.refresh_from_db()
    assert not anna.is_marked
