"""The product's settings for processes that the tests start, on the database that the tests run on."""

import json
import os

from tryggve.config.settings import *  # noqa: F403 - all of them but one

DATABASES = {"default": json.loads(os.environ["CHILD_DATABASE"])}
