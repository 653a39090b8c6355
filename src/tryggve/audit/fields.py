import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from tryggve.audit import canonical


class FactsField(models.TextField):  # type: ignore[type-arg]  # the stubs can't tell the two types of a field's values
    """Facts, kept as canonical JSON: the text stands in the leaf as it stands in the row."""

    def from_db_value(self, value: str, expression: object, connection: BaseDatabaseWrapper) -> Any:
        return json.loads(value)

    def get_prep_value(self, value: Any) -> str:
        return canonical.encode(value)
