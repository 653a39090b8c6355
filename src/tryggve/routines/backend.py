from collections.abc import Mapping, Sequence
from typing import Any

from asgiref.sync import sync_to_async
from django_tasks_db.backend import DatabaseBackend, TaskResult
from django_tasks_db.compat import Task

from tryggve.audit import codes


class NotAnId(TypeError):
    """A job is told by ids and short codes; what they stand for it reads itself."""


class IdsOnlyBackend(DatabaseBackend):
    """The table of jobs, which takes nothing that could name a person. Raises NotAnId."""

    def enqueue(  # type: ignore[override] # the library's own signature is none that mypy accepts
        self, task: Task[..., Any], args: Sequence[object], kwargs: Mapping[str, object]
    ) -> TaskResult[..., Any]:
        if kwargs or not all(_is_id(arg) for arg in args):
            raise NotAnId(task.module_path)
        return super().enqueue(task, args, kwargs)

    async def aenqueue(  # type: ignore[override] # the library would write the row past the check above
        self, task: Task[..., Any], args: Sequence[object], kwargs: Mapping[str, object]
    ) -> TaskResult[..., Any]:
        return await sync_to_async(self.enqueue)(task, args, kwargs)


def _is_id(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and codes.is_code(value))
