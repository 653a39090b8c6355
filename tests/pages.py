"""Every page of the product, a row each. A page that isn't here isn't looked at, so a test holds the list complete."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Who(Enum):
    """Whose browser a page is looked at with."""

    STRANGER = "nobody who is signed in"
    ANNA = "the owner, who has been here for a while"
    NEW_OWNER = "an owner on the way through the first steps"
    NEW_COLLEAGUE = "somebody who has just joined"


@dataclass(frozen=True)
class Furnished:
    """What stands in the register that the pages are looked at with."""

    link: str
    customer: str
    other: str
    colleague: str
    document: str
    note: str
    field: str
    gone: str
    team: str
    invited: str
    joining: str
    previewed: str
    done: str
    verification: str


@dataclass(frozen=True)
class Row:
    """One page: a name for the report, the name of its view, where it is, and who looks at it."""

    name: str
    view: str
    path: Callable[[Furnished], str]
    who: Who = Who.ANNA
    status: int = 200
    typed: str = ""


PAGES = [
    Row("sign in", "account_login", lambda _: "/sign-in/", who=Who.STRANGER),
    Row("sign out", "account_logout", lambda _: "/sign-out/"),
    Row("link used", "setup:start", lambda _: "/start/used/", who=Who.STRANGER, status=404),
    Row("second factor", "access:second-factor", lambda _: "/sign-in/set-up/"),
    Row("recovery codes", "access:recovery-codes", lambda _: "/sign-in/set-up/recovery-codes/"),
    Row("show again", "access:confirm", lambda _: "/sign-in/confirm/?next=/customers/&why=at-night"),
    Row("my sign-in", "access:sign-in-mine", lambda _: "/company/sign-in/"),
    Row("password", "access:password", lambda _: "/company/sign-in/password/"),
    Row("tokens", "access:tokens", lambda _: "/company/tokens/"),
    Row("sign-in service", "access:provider", lambda _: "/company/provider/"),
    Row("first steps, company", "setup:welcome-firm", lambda _: "/welcome/firm/", who=Who.NEW_OWNER),
    Row(
        "first steps, factor",
        "setup:welcome-second-factor",
        lambda _: "/welcome/second-factor/",
        who=Who.NEW_OWNER,
    ),
    Row(
        "first steps, kit",
        "setup:welcome-recovery-kit",
        lambda _: "/welcome/recovery-kit/",
        who=Who.NEW_OWNER,
    ),
    Row("first steps, mail", "setup:welcome-mail", lambda _: "/welcome/mail/", who=Who.NEW_OWNER),
    Row(
        "first steps, customers",
        "setup:welcome-customers",
        lambda _: "/welcome/customers/",
        who=Who.NEW_OWNER,
    ),
    Row("mail, on the way", "setup:mail", lambda _: "/company/mail/", who=Who.NEW_OWNER),
    Row(
        "first steps, language",
        "setup:welcome-language",
        lambda _: "/welcome/language/",
        who=Who.NEW_COLLEAGUE,
    ),
    Row("customers", "customers:list", lambda _: "/customers/"),
    Row("customers, typed", "customers:search", lambda _: "/customers/", typed="be"),
    Row("customers, nobody found", "customers:search", lambda _: "/customers/", typed="zzzz"),
    Row("customers, nearly found", "customers:search", lambda _: "/customers/", typed="åkestrröm"),
    Row("customers, nobody fits", "customers:list", lambda _: "/customers/?status=former&sort=newest"),
    Row("customers, choose", "customers:choose", lambda _: "/customers/choose/?status=former"),
    Row("saved views, none", "customers:views", lambda _: "/customers/views/"),
    Row("card", "customers:card", lambda has: f"/customers/{has.customer}/"),
    Row("add", "customers:add", lambda _: "/customers/add/"),
    Row("edit", "customers:edit", lambda has: f"/customers/{has.customer}/edit/"),
    Row(
        "document",
        "customers:document",
        lambda has: f"/customers/{has.customer}/documents/{has.document}/",
    ),
    Row("add a document", "customers:document-add", lambda has: f"/customers/{has.customer}/documents/add/"),
    Row(
        "remove a document",
        "customers:document-remove",
        lambda has: f"/customers/{has.customer}/documents/{has.document}/remove/",
    ),
    Row("card, history", "customers:history", lambda has: f"/customers/{has.customer}/history/"),
    Row("a note", "customers:note", lambda has: f"/customers/{has.customer}/notes/{has.note}/"),
    Row("relate two customers", "customers:relate", lambda has: f"/customers/{has.customer}/relate/"),
    Row("own fields", "customers:fields", lambda _: "/company/fields/"),
    Row("own field", "customers:field", lambda has: f"/company/fields/{has.field}/"),
    Row("delete", "customers:delete", lambda has: f"/customers/{has.customer}/delete/"),
    Row("sensitive, nothing kept", "customers:reveal", lambda has: f"/customers/{has.customer}/sensitive/"),
    Row(
        "sensitive, add",
        "customers:sensitive-change",
        lambda has: f"/customers/{has.customer}/sensitive/change/",
    ),
    Row("doubles", "customers:doubles", lambda _: "/customers/doubles/"),
    Row("two cards", "customers:merge", lambda has: f"/customers/{has.customer}/same/{has.other}/"),
    Row("take out", "customers:export", lambda _: "/customers/export/"),
    Row("upload", "customers:upload", lambda _: "/customers/import/"),
    Row("preview", "customers:import", lambda has: f"/customers/import/{has.previewed}/"),
    Row("result", "customers:import", lambda has: f"/customers/import/{has.done}/"),
    Row("columns", "customers:import-columns", lambda has: f"/customers/import/{has.previewed}/columns/"),
    Row("rows", "customers:import-rows", lambda has: f"/customers/import/{has.previewed}/rows/"),
    Row("row to mend", "customers:import-row", lambda has: f"/customers/import/{has.previewed}/rows/1/"),
    Row(
        "doubles of a list",
        "customers:import-doubles",
        lambda has: f"/customers/import/{has.previewed}/doubles/",
    ),
    Row("undo", "customers:import-undo", lambda has: f"/customers/import/{has.done}/undo/"),
    Row("log", "access:log", lambda _: "/events/log/"),
    Row(
        "log, chosen from",
        "access:log",
        lambda has: f"/events/log/?what=customers.viewed&about={has.customer}",
    ),
    Row("log, nothing fits", "access:log", lambda _: "/events/log/?what=customers.deleted"),
    Row("log verified", "access:log-verification", lambda has: f"/events/log/verify/{has.verification}/"),
    Row("log, export", "access:log-export", lambda _: "/events/log/export/"),
    Row("people", "access:people", lambda _: "/company/people/"),
    Row("roles", "access:roles", lambda _: "/company/people/roles/"),
    Row("one person", "access:person", lambda has: f"/company/people/{has.colleague}/"),
    Row("one who has left", "access:person", lambda has: f"/company/people/{has.gone}/"),
    Row("role of one", "access:person-role", lambda has: f"/company/people/{has.colleague}/role/"),
    Row("beyond the role", "access:person-areas", lambda has: f"/company/people/{has.colleague}/areas/"),
    Row(
        "whose customers",
        "access:person-customers",
        lambda has: f"/company/people/{has.colleague}/customers/",
    ),
    Row("deputy", "access:person-deputy", lambda has: f"/company/people/{has.colleague}/deputy/"),
    Row("leaving", "access:person-leave", lambda has: f"/company/people/{has.colleague}/leave/"),
    Row("teams", "access:teams", lambda _: "/company/people/teams/"),
    Row("one team", "access:team", lambda has: f"/company/people/teams/{has.team}/"),
    Row("team, rename", "access:team-rename", lambda has: f"/company/people/teams/{has.team}/rename/"),
    Row("team, remove", "access:team-remove", lambda has: f"/company/people/teams/{has.team}/remove/"),
    Row("invite", "access:invite", lambda _: "/company/people/invite/"),
    Row("join", "access:join", lambda has: has.invited, who=Who.STRANGER),
    Row("join, no such link", "access:join", lambda _: "/join/none/", who=Who.STRANGER, status=404),
    Row("proof of the log", "access:proof", lambda _: "/company/proof/"),
    Row(
        "back from nowhere",
        "access:provider-return",
        lambda _: "/sign-in/provider/return/",
        who=Who.STRANGER,
        status=403,
    ),
    Row("the company", "setup:company", lambda _: "/company/settings/"),
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
    "setup:welcome",
    "mfa_authenticate",  # wants a password first; the journeys of the owner and of passkeys see it
    "access:passkey",  # the page of «second factor»
    "access:passkey-alone",
    "access:passkey-options",
    "access:passkey-question",
    "access:factor-remove",
    "access:sessions-end",
    "access:device-forget",
    "access:provider-remove",
    "access:provider-link",
    "access:provider-unlink",
    "access:token-end",
    "access:api-log",
    "access:api-description",
    "customers:view",  # leads to the list
    "customers:view-rename",
    "customers:view-delete",
    "customers:assign",
    "customers:merge-find",  # the form and the rows of «relate two customers»
    "customers:merge-undo",  # a sentence above two buttons
    "customers:notes",  # the notes of the card, those older than twenty
    "customers:note-add",
    "customers:note-delete",  # the note of the card above two buttons
    "customers:relation-add",
    "customers:relation-remove",  # two names above two buttons
    "customers:field-add",  # the form of «own field», empty
    "customers:field-move",
    "customers:field-put-away",
    "customers:document-file",
    "customers:document-picture",
    "customers:api-list",
    "customers:api-customer",
    "customers:found",  # the rows of «customers, typed» in a frame of their own; the journey without scripts sees it
    "customers:import-confirm",
    "customers:import-compare",
    "customers:import-mend",
    "customers:import-cancel",
    "access:log-about",
    "access:invitation-again",
    "access:invitation-withdraw",
    "access:person-deputy-end",
    "access:person-left",
    "access:person-reopen",
    "access:log-verify",
    "access:saml",
    "access:saml-link",
    "access:saml-return",
    "access:saml-arrived",
    "access:provider-leave",  # the journey with a sign-in service sees it
    "access:provider-try",  # the page of settings, with what the service answered above them
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
