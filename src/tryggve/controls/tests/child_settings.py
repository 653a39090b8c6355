"""Settings of the processes that the tests start: the kernel alone, on the tests' own database."""

import json
import os

SECRET_KEY = "only for tests"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_tasks",
    "django_tasks_db",
    "tryggve.vault",
    "tryggve.audit",
    "tryggve.accounts",
    "tryggve.privacy",
    "tryggve.routines",
    "tryggve.controls",
    "tryggve.controls.tests.planted",
]
AUTH_USER_MODEL = "accounts.User"
DATABASES = {"default": json.loads(os.environ["CHILD_DATABASE"])}
TASKS = {"default": {"BACKEND": "tryggve.routines.backend.IdsOnlyBackend"}}
LOGGING = {
    "version": 1,
    "formatters": {"json": {"()": "tryggve.lib.logs.JsonLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
USE_TZ = True
