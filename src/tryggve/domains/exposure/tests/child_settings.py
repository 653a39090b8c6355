"""Settings of the processes that the tests start: what the world sees, on the tests' own database and web."""

import json
import os

from tryggve.controls.tests.child_settings import (
    AUTH_USER_MODEL,
    DATABASES,
    INSTALLED_APPS,
    LOGGING,
    SECRET_KEY,
    TASKS,
    USE_TZ,
)
from tryggve.domains.exposure.asking.reach import Reach

__all__ = ["AUTH_USER_MODEL", "DATABASES", "LOGGING", "SECRET_KEY", "TASKS", "USE_TZ"]
INSTALLED_APPS = [*INSTALLED_APPS[:-1], "tryggve.domains.exposure"]
EXPOSURE_REACH = Reach(**json.loads(os.environ["CHILD_REACH"]))
ORIGIN = "http://localhost:8000"
