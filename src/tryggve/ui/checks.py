from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch

from tryggve.accounts import permissions
from tryggve.ui import manifest, menu


@register()
def the_pages_are_built(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Without its style and script files no page can be shown."""
    try:
        manifest.address("app.css")
    except manifest.NotBuilt as missing:
        return [Error(str(missing), hint="python assets.py", id="tryggve.E040")]
    return []


@register()
def the_menu_leads_somewhere(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    """Each item has an address, and a permission that somebody declared."""
    return [
        Error(f"The menu's «{item.url_name}» {fault}", id="tryggve.E041")
        for item in menu.the_menu.items()
        if (fault := _fault(item))
    ]


def _fault(item: menu.Item) -> str:
    if not permissions.is_known(item.permission):
        return f"asks for the unknown permission {item.permission!r}"
    try:
        item.address  # noqa: B018 - read for its error
    except NoReverseMatch:
        return "has no address"
    return ""
