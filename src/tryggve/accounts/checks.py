from collections.abc import Callable
from typing import Any

from django.core.checks import CheckMessage, Error, register

from tryggve.accounts import permissions


@register()
def every_view_has_a_permission(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """A view of ours without a known permission is a hole or a dead page."""
    return [
        Error(f"{view.__module__}.{_name(view)} at «{address}» asks for {asked!r}", id="tryggve.E020")
        for view, name, address in permissions.views()
        if view.__module__.startswith("tryggve.")
        and not permissions.is_known(asked := permissions.asked_by(view, name))
    ]


def _name(view: Callable[..., Any]) -> str:
    name: str = getattr(view, "view_class", view).__name__
    return name
