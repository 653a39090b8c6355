"""Every page of the product, a row each. A page that isn't here isn't looked at, so a test holds the list complete."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Furnished:
    """What stands in the register that the pages are looked at with."""

    link: str
    customer: str
    previewed: str
    done: str


@dataclass(frozen=True)
class Row:
    """One page: a name for the report, the name of its view, where it is, and whether one signs in first."""

    name: str
    view: str
    path: Callable[[Furnished], str]
    is_signed_in: bool = True
    status: int = 200
    typed: str = ""


PAGES = [
    Row("sign in", "account_login", lambda _: "/sign-in/", is_signed_in=False),
    Row("sign out", "account_logout", lambda _: "/sign-out/"),
    Row("link used", "setup:start", lambda _: "/start/used/", is_signed_in=False, status=404),
    Row("customers", "customers:list", lambda _: "/customers/"),
    Row("customers, typed", "customers:search", lambda _: "/customers/", typed="be"),
    Row("customers, nobody found", "customers:search", lambda _: "/customers/", typed="zzzz"),
    Row("card", "customers:card", lambda has: f"/customers/{has.customer}/"),
    Row("add", "customers:add", lambda _: "/customers/add/"),
    Row("edit", "customers:edit", lambda has: f"/customers/{has.customer}/edit/"),
    Row("delete", "customers:delete", lambda has: f"/customers/{has.customer}/delete/"),
    Row("upload", "customers:upload", lambda _: "/customers/import/"),
    Row("preview", "customers:import", lambda has: f"/customers/import/{has.previewed}/"),
    Row("result", "customers:import", lambda has: f"/customers/import/{has.done}/"),
    Row("not found", "-", lambda _: "/nothing-here/", status=404),
]

# What shows no page of its own: it redirects, answers a form, or is asked by a program.
WITHOUT_A_PAGE = {
    "setup:home",
    "customers:found",  # the rows of «customers, typed» in a frame of their own; the journey without scripts sees it
    "customers:import-confirm",
    "customers:import-cancel",
    "ui:language",
    "ui:health",
}
