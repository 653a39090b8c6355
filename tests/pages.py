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
    purpose: str
    case: str
    mailing: str
    domain: str
    site: str
    backup_place: str
    backup: str
    backup_file: str
    restore_test: str
    looked_through: str
    file: str
    receipt: str
    turn: str
    meeting: str
    report: str
    told: str


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
    Row("first steps, domain", "setup:welcome-website", lambda _: "/welcome/website/", who=Who.NEW_OWNER),
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
    Row("sensitive, nothing kept", "customers:reveal", lambda has: f"/customers/{has.customer}/sensitive/"),
    Row(
        "sensitive, add",
        "customers:sensitive-change",
        lambda has: f"/customers/{has.customer}/sensitive/change/",
    ),
    Row("doubles", "customers:doubles", lambda _: "/customers/doubles/"),
    Row("two cards", "customers:merge", lambda has: f"/customers/{has.customer}/same/{has.other}/"),
    Row("take out", "customers:export", lambda _: "/customers/export/"),
    Row("requests", "rights:cases", lambda _: "/customers/requests/"),
    Row("new request", "rights:case-add", lambda has: f"/customers/{has.customer}/requests/add/"),
    Row("request", "rights:case", lambda has: f"/customers/requests/{has.case}/"),
    Row("answer a request", "rights:case-write", lambda has: f"/customers/requests/{has.case}/write/"),
    Row("longer time", "rights:case-extend", lambda has: f"/customers/requests/{has.case}/longer/"),
    Row("package", "rights:case-package", lambda has: f"/customers/requests/{has.case}/package/"),
    Row("erasures", "rights:erasures", lambda _: "/customers/erasures/"),
    Row("erase", "rights:erase", lambda has: f"/customers/{has.customer}/erase/"),
    Row("due to be erased", "rights:retention", lambda _: "/customers/retention/"),
    Row("kept longer", "rights:retention-kept", lambda _: "/customers/retention/kept/"),
    Row("how long kept", "rights:keeping", lambda has: f"/customers/{has.customer}/keeping/"),
    Row("restrict", "rights:restrict", lambda has: f"/customers/{has.customer}/restrict/"),
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
    Row("backups", "backups:overview", lambda _: "/protection/backups/"),
    Row("backups, no place", "backups:overview", lambda _: "/protection/backups/", who=Who.NEW_OWNER),
    Row("a place, kind", "backups:place-add", lambda _: "/protection/backups/places/add/"),
    Row(
        "a place, details",
        "backups:place-details",
        lambda _: "/protection/backups/places/add/details/?kind=SFTP&elsewhere=yes&country=SE&holds=data",
    ),
    Row("a place", "backups:place", lambda has: f"/protection/backups/places/{has.backup_place}/"),
    Row(
        "a place, change",
        "backups:place-change",
        lambda has: f"/protection/backups/places/{has.backup_place}/change/",
    ),
    Row("copies", "backups:copies", lambda _: "/protection/backups/copies/"),
    Row("a copy", "backups:copy", lambda has: f"/protection/backups/copies/{has.backup}/"),
    Row("folders in a copy", "backups:files", lambda has: f"/protection/backups/copies/{has.backup}/files/"),
    Row("a file in a copy", "backups:file", lambda has: has.backup_file),
    Row("a restore test", "backups:test", lambda has: f"/protection/backups/tests/{has.restore_test}/"),
    Row("restore tests", "backups:tests", lambda _: "/protection/backups/tests/"),
    Row("own folders", "backups:folders", lambda _: "/protection/backups/folders/"),
    Row("other backups", "backups:others", lambda _: "/protection/backups/others/"),
    Row("another backup", "backups:other-add", lambda _: "/protection/backups/others/add/"),
    Row("another computer", "backups:computer", lambda _: "/protection/backups/others/computer/"),
    Row("restore elsewhere", "backups:elsewhere", lambda _: "/protection/backups/elsewhere/"),
    Row("all is lost", "backups:lost", lambda _: "/protection/backups/lost/"),
    Row("data map", "datamap:overview", lambda _: "/protection/data-map/"),
    Row("data map, no place", "datamap:overview", lambda _: "/protection/data-map/", who=Who.NEW_OWNER),
    Row("data map, goal", "datamap:goal", lambda _: "/protection/data-map/goal/"),
    Row("data map, a place", "datamap:source-add", lambda _: "/protection/data-map/places/add/"),
    Row("data map, a mailbox", "datamap:mailbox-add", lambda _: "/protection/data-map/places/add/mailbox/"),
    Row(
        "data map, change a place",
        "datamap:source-change",
        lambda has: f"/protection/data-map/places/{has.looked_through}/change/",
    ),
    Row("files", "datamap:files", lambda _: "/protection/data-map/files/"),
    Row("files, none fits", "datamap:files", lambda _: "/protection/data-map/files/?kind=IBAN"),
    Row("files nobody could read", "datamap:unread", lambda _: "/protection/data-map/files/unread/"),
    Row("files with the same list", "datamap:same", lambda _: "/protection/data-map/files/same/"),
    Row("persons not in the register", "datamap:people", lambda _: "/protection/data-map/files/people/"),
    Row("a file", "datamap:file", lambda has: f"/protection/data-map/files/{has.file}/"),
    Row("a file may stay", "datamap:review", lambda has: f"/protection/data-map/files/{has.file}/review/"),
    Row("delete a file", "datamap:delete", lambda has: f"/protection/data-map/files/{has.file}/delete/"),
    Row("move a file", "datamap:move", lambda has: f"/protection/data-map/files/{has.file}/move/"),
    Row("deleted files", "datamap:receipts", lambda _: "/protection/data-map/deleted/"),
    Row("receipt for a file", "datamap:receipt", lambda has: f"/protection/data-map/deleted/{has.receipt}/"),
    Row("something has happened", "incidents:report", lambda _: "/events/happened/"),
    Row("what to do now", "incidents:thanks", lambda _: "/events/happened/thanks/lost/"),
    Row("what I told", "incidents:mine", lambda _: "/events/happened/mine/"),
    Row("what I told, nothing", "incidents:mine", lambda _: "/events/happened/mine/", who=Who.NEW_OWNER),
    Row("what was told", "incidents:reports", lambda _: "/events/reports/"),
    Row("what was told, nothing", "incidents:reports", lambda _: "/events/reports/", who=Who.NEW_OWNER),
    Row("one thing told", "incidents:card", lambda has: f"/events/reports/{has.told}/"),
    Row("test alarm", "incidents:trial", lambda _: "/test-alarm/any/", who=Who.STRANGER),
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
    Row("who has access", "access:review", lambda _: "/company/people/review/"),
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
    Row("captain and deputy", "access:standby", lambda _: "/company/people/standby/"),
    Row("passwords", "access:passwords", lambda _: "/company/people/passwords/"),
    Row("how old passwords may be", "access:passwords-rule", lambda _: "/company/people/passwords/rule/"),
    Row(
        "ask for another password",
        "access:password-ask",
        lambda has: f"/company/people/passwords/{has.colleague}/ask/",
    ),
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
    Row("purposes", "rights:purposes", lambda _: "/customers/purposes/"),
    Row("sorts of companies", "rights:purposes-start", lambda _: "/customers/purposes/start/"),
    Row("ready-made purposes", "rights:purposes-start", lambda _: "/customers/purposes/start/?kind=coach"),
    Row("one purpose", "rights:purpose", lambda has: f"/customers/purposes/{has.purpose}/"),
    Row("record", "rights:record", lambda _: "/company/record/"),
    Row("about the company", "rights:firm-details", lambda _: "/company/record/details/"),
    Row("notices", "rights:notices", lambda _: "/company/notice/"),
    Row("notice, published", "rights:notice", lambda _: "/company/notice/sv/"),
    Row("version of a notice", "rights:notice-version", lambda _: "/company/notice/sv/1/"),
    Row("public notice", "rights:public-notice", lambda _: "/notice/", who=Who.STRANGER),
    Row("public notice, none", "rights:public-notice", lambda _: "/notice/", who=Who.NEW_OWNER, status=404),
    Row("words for consents", "rights:consent-texts", lambda _: "/company/consents/"),
    Row("consents of a customer", "rights:consents", lambda has: f"/customers/{has.customer}/consents/"),
    Row("customers' door", "portal:ask", lambda _: "/my/come-in/", who=Who.STRANGER),
    Row("customers' mail", "portal:asked", lambda _: "/my/come-in/sent/", who=Who.STRANGER),
    Row("messages to customers", "outreach:mailings", lambda _: "/customers/messages/"),
    Row("write to customers", "outreach:mailing-write", lambda _: "/customers/messages/write/"),
    Row("message, a draft", "outreach:mailing", lambda has: f"/customers/messages/{has.mailing}/"),
    Row("feedback, none", "outreach:feedback-list", lambda _: "/customers/feedback/"),
    Row("ask for feedback", "outreach:feedback-ask", lambda has: f"/customers/{has.customer}/feedback/"),
    Row("customers' thanks", "feedback:thanks", lambda _: "/feedback/thanks/", who=Who.STRANGER),
    Row("customers' sign-in", "rights:customer-provider", lambda _: "/company/customers-sign-in/"),
    Row(
        "customers back from nowhere",
        "portal:provider-return",
        lambda _: "/my/provider/return/",
        who=Who.STRANGER,
        status=403,
    ),
    Row("strangers' form", "portal:sign-up", lambda _: "/consent/sign-up/", who=Who.STRANGER),
    Row("strangers' mail", "portal:sign-up-sent", lambda _: "/consent/sign-up/sent/", who=Who.STRANGER),
    Row("customers' link, none", "portal:open", lambda _: "/my/link/none/", who=Who.STRANGER, status=404),
    Row("routines", "protection:routines", lambda _: "/routines/"),
    Row("everybody's routines", "protection:routines-everybody", lambda _: "/routines/everybody/"),
    Row("one routine", "protection:routine", lambda has: f"/routines/turn/{has.turn}/"),
    Row("who does what", "protection:duties", lambda _: "/routines/who/"),
    Row("whose a routine is", "protection:duty", lambda _: "/routines/who/install-updates/"),
    Row("captain's tasks", "protection:captains-tasks", lambda _: "/routines/captain/"),
    Row("staff meetings, none", "protection:meetings", lambda _: "/routines/meetings/", who=Who.NEW_OWNER),
    Row("staff meetings", "protection:meetings", lambda _: "/routines/meetings/"),
    Row("one staff meeting", "protection:meeting", lambda has: f"/routines/meetings/{has.meeting}/"),
    Row("own calendar", "protection:calendar", lambda _: "/routines/calendar/"),
    Row("reports, none", "protection:reports", lambda _: "/report/", who=Who.NEW_OWNER),
    Row("reports", "protection:reports", lambda _: "/report/"),
    Row("make a report", "protection:report-make", lambda _: "/report/new/"),
    Row("one report", "protection:report-made", lambda has: f"/report/{has.report}/"),
    Row("websites, none", "exposure:overview", lambda _: "/protection/websites/", who=Who.NEW_OWNER),
    Row("websites and mail", "exposure:overview", lambda _: "/protection/websites/"),
    Row("type your domain", "exposure:start", lambda _: "/protection/websites/start/"),
    Row("domain", "exposure:domain", lambda has: f"/protection/websites/domains/{has.domain}/"),
    Row(
        "lines to paste",
        "exposure:domain-lines",
        lambda has: f"/protection/websites/domains/{has.domain}/lines/",
    ),
    Row(
        "change a domain",
        "exposure:domain-change",
        lambda has: f"/protection/websites/domains/{has.domain}/change/",
    ),
    Row(
        "receivers' reports",
        "exposure:reports",
        lambda has: f"/protection/websites/domains/{has.domain}/reports/",
    ),
    Row("add a domain", "exposure:domain-add", lambda _: "/protection/websites/domains/add/"),
    Row("website", "exposure:site", lambda has: f"/protection/websites/sites/{has.site}/"),
    Row("add a website", "exposure:site-add", lambda _: "/protection/websites/sites/add/"),
    Row("name servers", "exposure:name-servers", lambda _: "/protection/websites/name-servers/"),
    Row("today", "protection:today", lambda _: "/today/"),
    Row("protections", "protection:controls", lambda _: "/protection/"),
    Row("one protection", "protection:control", lambda _: "/protection/AUT-04/"),
    Row("vouch for one", "protection:vouch", lambda _: "/protection/GOV-02/vouch/"),
    Row("leave one out", "protection:leave-out", lambda _: "/protection/WEB-01/leave-out/"),
    Row("not found", "-", lambda _: "/nothing-here/", status=404),
]
