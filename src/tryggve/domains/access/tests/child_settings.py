"""Settings of the processes that the tests start: the whole product, on the tests' own database."""

import json
import os

from tryggve.config.settings import *  # noqa: F403

DATABASES = {"default": json.loads(os.environ["CHILD_DATABASE"])}
