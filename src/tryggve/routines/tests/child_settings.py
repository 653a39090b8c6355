"""Settings of the processes that the tests start: the two kernel rooms alone, on a database of their own."""

import json
import os

SECRET_KEY = "only for tests"
INSTALLED_APPS = ["django_tasks", "django_tasks_db", "tryggve.audit", "tryggve.routines"]
DATABASES = {"default": json.loads(os.environ["CHILD_DATABASE"])}
TASKS = {"default": {"BACKEND": "tryggve.routines.backend.IdsOnlyBackend"}}
USE_TZ = True
