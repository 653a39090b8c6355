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
    verification: str


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
    Row("log", "access:log", lambda _: "/events/log/"),
    Row(
        "log, chosen from",
        "access:log",
        lambda has: f"/events/log/?what=customers.viewed&about={has.customer}",
    ),
    Row("log, nothing fits", "access:log", lambda _: "/events/log/?what=customers.deleted"),
    Row("log verified", "access:log-verification", lambda has: f"/events/log/verify/{has.verification}/"),
    Row("log, export", "access:log-export", lambda _: "/events/log/export/"),
    Row("proof of the log", "access:proof", lambda _: "/company/proof/"),
    Row("mail settings", "setup:mail", lambda _: "/company/mail/"),
    Row("outbox, empty", "setup:outbox", lambda _: "/company/outbox/"),
    Row("keys", "setup:keys", lambda _: "/company/keys/"),
    Row("passphrase", "setup:keys-passphrase", lambda _: "/company/keys/passphrase/"),
    Row("recovery kit", "setup:kit", lambda _: "/company/keys/kit/"),
    Row("recovery kit, tried", "setup:kit-try", lambda _: "/company/keys/kit/try/"),
    Row("unlock, when open", "setup:unlock", lambda _: "/unlock/"),
    Row("not found", "-", lambda _: "/nothing-here/", status=404),
]

# What shows no page of its own: it redirects, answers a form, or is asked by a program.
WITHOUT_A_PAGE = {
    "setup:home",
    "customers:found",  # the rows of «customers, typed» in a frame of their own; the journey without scripts sees it
    "customers:import-confirm",
    "customers:import-cancel",
    "access:log-about",
    "access:log-verify",
    "setup:keys-lock",
    "setup:keys-rotate",
    "setup:keys-key-file",
    "setup:keys-os-keyring",
    "setup:keys-systemd-credential",
    "setup:keys-remove",
    "setup:kit-page",  # lasts half an hour; the journey of the keys looks at it, and at the pages when locked
    "setup:kit-print",  # on paper
    "setup:language",
    "setup:health",
    "setup:mail-test",  # the page of settings, with the server's answer above them
    "setup:outbox-try-again",
    "setup:outbox-discard",
}
