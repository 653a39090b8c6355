"""Many rows told in one value, so that they come with a question that is asked anyway."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Func, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class _Gathered(Func):
    """A list of JSON of all rows, in no order. Not an Aggregate, or Django would group by what the rows have."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **more)


def rows_as_json(rows: QuerySet[Any], **told: Any) -> Subquery:
    """A subquery for ``annotate``: of those rows, tied to others by ``OuterRef``, a list of ``told``.

    None or empty where there is none; ``listed`` reads one within another, and ``moment`` times.
    """
    return Subquery(rows.order_by().values(all_as_json=_Gathered(JSONObject(**told))))


def listed(told: Any) -> Sequence[Any]:
    """Such a list within another, as either database gives it: SQLite gives the text of it."""
    return json.loads(told) if isinstance(told, str) else told or ()


def moment(text: str) -> datetime:
    """A time as either database writes it; SQLite leaves out that it is UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
