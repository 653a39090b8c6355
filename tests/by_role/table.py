"""Who gets in where: every address of the product, asked by everybody. Written by hand from what roles are meant to do.

A column is somebody who asks; a row an address and how it is asked; a cell is what must come of it:

    s  sign in first            u  set up a second factor first      k  a token first (the API)
    +  opened                   ^  opened; asked again who it is when the factor is over ten minutes old
    -  refused                  !  asked again like ^, then refused
    n  nothing is there         c  told why not, and nothing is changed
    0  like ^, and nothing of the other person's is changed
"""

from typing import NamedTuple

COLUMNS = (
    "nobody",
    "password",  # an owner who has signed in with a password alone and has no second factor
    "owner",
    "captain",
    "captain-other",  # one who sees her own customers only, and asks for another person's things
    "employee",  # who sees all customers
    "own",  # an employee who sees his own customers only, and was given all that can be given; asks for his own
    "other",  # the same, who asks for another person's
    "auditor",
    "supplier",
)


class Row(NamedTuple):
    """One address, the methods that it answers, and a cell for each column.

    ``told`` is the status, beside those of success, with which it says in words that something else is missing.
    """

    name: str
    methods: list[str]
    cells: list[str]
    told: int = 200


def _rows(table: str) -> list[Row]:
    """A line an address; a number at its end is what it is ``told`` with."""
    lines = [line.split() for line in table.splitlines() if line and not line.startswith("#")]
    told = [int(line.pop()) if line[-1].isdecimal() and line[-1] != "0" else 200 for line in lines]
    return [
        Row(name, methods.split(","), cells, status)
        for (name, methods, *cells), status in zip(lines, told, strict=True)
    ]


TABLE = _rows("""
#                                         no-  pass own- cap- cap. em-  em-  em-  au-  sup-
#                                         body word er   tain oth. all  own  oth. di.  pli.
# Open to all
account_login                   GET,POST  +    +    +    +    +    +    +    +    +    +
account_logout                  GET,POST  +    +    +    +    +    +    +    +    +    +
mfa_authenticate                GET,POST  +    +    +    +    +    +    +    +    +    +
setup:health                    GET       +    +    +    +    +    +    +    +    +    +
setup:language                  POST      +    +    +    +    +    +    +    +    +    +
setup:start                     GET,POST  n    n    n    n    n    n    n    n    n    n
access:join                     GET,POST  +    c    c    c    c    c    c    c    c    c
access:passkey-question         POST      +    +    +    +    +    +    +    +    +    +
access:passkey-alone            POST      +    +    +    +    +    +    +    +    +    +
access:provider-leave           POST      +    +    +    +    +    +    +    +    +    +    403
access:provider-return          GET       +    +    +    +    +    +    +    +    +    +    403
access:saml                     POST      +    +    +    +    +    +    +    +    +    +    403
access:saml-return              POST      +    +    +    +    +    +    +    +    +    +    403
access:saml-arrived             GET       +    +    +    +    +    +    +    +    +    +    403
access:api-description          GET       +    +    +    +    +    +    +    +    +    +
# For programs: no browser opens them
access:api-log                  GET       k    k    k    k    k    k    k    k    k    k
customers:api-list              GET       k    k    k    k    k    k    k    k    k    k
customers:api-customer          GET       k    k    k    k    k    k    k    k    k    k
# The first steps
setup:home                      GET       s    u    +    +    +    +    +    +    +    +
setup:welcome                   GET       s    +    +    +    +    +    +    +    +    +
setup:welcome-second-factor     GET       s    +    +    +    +    +    +    +    +    +
setup:welcome-language          GET,POST  s    u    +    +    +    +    +    +    +    +
setup:welcome-firm              GET,POST  s    u    +    +    +    -    -    -    -    +
setup:welcome-mail              GET,POST  s    u    +    +    +    -    -    -    -    +
setup:welcome-recovery-kit      GET,POST  s    u    +    +    +    -    -    -    -    -
setup:welcome-customers         GET,POST  s    u    +    +    -    -    -    -    -    -
# One's own sign-in
access:second-factor            GET,POST  s    +    ^    ^    ^    ^    ^    ^    ^    ^
access:passkey-options          POST      s    +    ^    ^    ^    ^    ^    ^    ^    ^
access:passkey                  POST      s    +    ^    ^    ^    ^    ^    ^    ^    ^
access:recovery-codes           GET,POST  s    u    ^    ^    ^    ^    ^    ^    ^    ^
access:confirm                  GET,POST  s    u    +    +    +    +    +    +    +    +
access:sign-in-mine             GET       s    u    +    +    +    +    +    +    +    +
access:password                 GET,POST  s    u    ^    ^    ^    ^    ^    ^    ^    ^
access:factor-remove            POST      s    u    ^    ^    0    ^    ^    0    ^    ^
access:sessions-end             POST      s    u    ^    ^    0    ^    ^    0    ^    ^
access:device-forget            POST      s    u    ^    ^    0    ^    ^    0    ^    ^
access:tokens                   GET,POST  s    u    ^    ^    ^    ^    ^    ^    ^    ^
access:token-end                POST      s    u    +    +    n    +    +    n    +    +
access:provider-link            POST      s    u    ^    ^    ^    ^    ^    ^    ^    ^    403
access:provider-unlink          POST      s    u    ^    ^    ^    ^    ^    ^    ^    ^
access:saml-link                POST      s    u    ^    ^    ^    ^    ^    ^    ^    ^    403
# Customers
customers:list                  GET       s    u    +    +    +    +    +    +    -    -
customers:choose                GET       s    u    +    +    +    +    +    +    -    -
customers:search                POST      s    u    +    +    +    +    +    +    -    -
customers:found                 GET       s    u    +    +    +    +    +    +    -    -
customers:views                 GET,POST  s    u    +    +    +    +    +    +    -    -
customers:view                  GET       s    u    +    +    n    +    +    n    -    -
customers:view-rename           POST      s    u    +    +    n    +    +    n    -    -
customers:view-delete           POST      s    u    +    +    n    +    +    n    -    -
customers:add                   GET,POST  s    u    +    +    +    +    +    +    -    -
customers:card                  GET       s    u    +    +    -    +    +    -    -    -
customers:edit                  GET,POST  s    u    +    +    -    +    +    -    -    -
customers:delete                GET       s    u    ^    ^    !    -    ^    !    -    -
customers:assign                POST      s    u    +    +    -    -    -    -    -    -
customers:document-add          GET       s    u    +    +    -    +    +    -    -    -
customers:document              GET       s    u    +    +    -    +    +    -    -    -
customers:document-file         GET       s    u    +    +    -    +    +    -    -    -
customers:document-picture      GET       s    u    +    +    -    +    +    -    -    -
customers:document-remove       GET       s    u    +    +    -    +    +    -    -    -
customers:history               GET       s    u    +    +    -    +    +    -    -    -
customers:notes                 GET       s    u    +    +    -    +    +    -    -    -
customers:note-add              POST      s    u    +    +    -    +    +    -    -    -
customers:note                  GET,POST  s    u    +    +    -    +    +    -    -    -
customers:note-delete           GET,POST  s    u    +    +    -    +    +    -    -    -
customers:relate                GET,POST  s    u    +    +    -    +    +    -    -    -
customers:relation-add          POST      s    u    +    +    -    +    +    -    -    -
customers:relation-remove       GET,POST  s    u    +    +    -    +    +    -    -    -
customers:doubles               GET       s    u    +    +    +    +    +    +    -    -
customers:merge-find            GET,POST  s    u    +    +    -    +    +    -    -    -
customers:merge                 GET,POST  s    u    +    +    -    +    +    -    -    -
customers:merge-undo            GET       s    u    +    +    -    +    +    -    -    -
customers:export                GET,POST  s    u    ^    -    -    -    ^    ^    -    -
customers:upload                GET,POST  s    u    +    +    -    -    -    -    -    -
customers:import                GET       s    u    +    +    -    -    -    -    -    -
customers:import-columns        GET,POST  s    u    +    +    -    -    -    -    -    -
customers:import-rows           GET       s    u    +    +    -    -    -    -    -    -
customers:import-row            GET,POST  s    u    +    +    -    -    -    -    -    -
customers:import-doubles        GET,POST  s    u    +    +    -    -    -    -    -    -
customers:import-compare        POST      s    u    +    +    -    -    -    -    -    -
customers:import-mend           POST      s    u    +    +    -    -    -    -    -    -
customers:import-undo           GET,POST  s    u    ^    ^    !    -    !    !    -    -
customers:import-confirm        POST      s    u    +    +    -    -    -    -    -    -
customers:import-cancel         POST      s    u    +    +    -    -    -    -    -    -
# What is opened with a reason
customers:reveal                GET,POST  s    u    ^    -    -    -    ^    !    -    -
customers:sensitive-change      GET,POST  s    u    ^    -    -    -    ^    !    -    -
# People
access:people                   GET       s    u    +    +    +    -    -    -    +    -
access:roles                    GET       s    u    +    +    +    -    -    -    +    -
access:person                   GET       s    u    +    +    +    -    -    -    +    -
access:invite                   GET,POST  s    u    ^    ^    ^    -    -    -    -    -
access:invitation-again         POST      s    u    ^    ^    ^    -    -    -    -    -
access:invitation-withdraw      POST      s    u    ^    ^    ^    -    -    -    -    -
access:teams                    GET,POST  s    u    ^    ^    ^    -    -    -    -    -
access:team                     GET,POST  s    u    ^    ^    ^    -    -    -    -    -
access:team-rename              GET,POST  s    u    ^    ^    ^    -    -    -    -    -
access:team-remove              GET,POST  s    u    ^    ^    ^    -    -    -    -    -
access:person-role              GET,POST  s    u    ^    ^    ^    -    -    -    -    -
access:person-areas             GET,POST  s    u    ^    !    !    -    -    -    -    -
access:person-customers         GET,POST  s    u    ^    ^    ^    -    -    -    -    -
access:person-deputy            GET,POST  s    u    ^    ^    ^    -    -    -    -    -
access:person-deputy-end        POST      s    u    ^    ^    ^    -    -    -    -    -
access:person-leave             GET,POST  s    u    ^    ^    ^    -    -    -    -    -
access:person-reopen            POST      s    u    ^    !    !    -    -    -    -    -
access:person-left              POST      s    u    ^    ^    ^    -    -    -    -    -
# Settings
customers:fields                GET       s    u    +    +    +    -    -    -    -    +
customers:field-add             GET,POST  s    u    +    +    +    -    -    -    -    +
customers:field                 GET,POST  s    u    +    +    +    -    -    -    -    +
customers:field-move            POST      s    u    +    +    +    -    -    -    -    +
customers:field-put-away        POST      s    u    +    +    +    -    -    -    -    +
setup:company                   GET,POST  s    u    +    +    +    -    -    -    -    +
setup:mail                      GET,POST  s    u    +    +    +    -    -    -    -    +
setup:mail-test                 POST      s    u    +    +    +    -    -    -    -    +
setup:outbox                    GET       s    u    +    +    +    -    -    -    +    +
setup:outbox-try-again          POST      s    u    +    +    +    -    -    -    -    +
setup:outbox-discard            POST      s    u    +    +    +    -    -    -    -    +
access:proof                    GET,POST  s    u    +    +    +    -    -    -    -    +
# Whoever sets it could come in as anybody, so it is an owner's
access:provider                 GET,POST  s    u    ^    -    -    -    -    -    -    -
access:provider-try             POST      s    u    ^    -    -    -    -    -    -    -
access:provider-remove          POST      s    u    ^    -    -    -    -    -    -    -
# The log
access:log                      GET,POST  s    u    +    +    +    -    -    -    +    -
access:log-about                GET       s    u    +    +    +    -    -    -    +    -
access:log-verify               POST      s    u    +    +    +    -    -    -    +    -
access:log-verification         GET       s    u    +    +    +    -    -    -    +    -
access:log-export               GET,POST  s    u    ^    ^    ^    -    -    -    ^    -
# Keys
setup:keys                      GET       s    u    +    +    +    -    -    -    +    -
setup:unlock                    GET,POST  s    u    +    +    +    -    -    -    -    -
setup:kit                       GET       s    u    ^    ^    ^    -    -    -    -    -
setup:kit-page                  GET       s    u    ^    ^    ^    -    -    -    -    -
setup:kit-print                 POST      s    u    ^    ^    ^    -    -    -    -    -
setup:kit-try                   GET,POST  s    u    ^    ^    ^    -    -    -    -    -
setup:keys-passphrase           GET,POST  s    u    ^    ^    ^    -    -    -    -    -
# What no rolled back transaction brings back, so it is asked at the end
setup:kit-page                  POST      s    u    ^    ^    ^    -    -    -    -    -
setup:kit                       POST      s    u    ^    ^    ^    -    -    -    -    -
customers:document-add          POST      s    u    +    +    -    +    +    -    -    -
customers:document-remove       POST      s    u    +    +    -    +    +    -    -    -
customers:merge-undo            POST      s    u    +    +    -    +    +    -    -    -
customers:delete                POST      s    u    ^    ^    !    -    ^    !    -    -
setup:keys-rotate               POST      s    u    ^    ^    ^    -    -    -    -    -
setup:keys-key-file             POST      s    u    ^    ^    ^    -    -    -    -    -
setup:keys-os-keyring           POST      s    u    ^    ^    ^    -    -    -    -    -    409
setup:keys-systemd-credential   POST      s    u    ^    ^    ^    -    -    -    -    -    409
setup:keys-remove               POST      s    u    ^    ^    ^    -    -    -    -    -
setup:keys-lock                 POST      s    u    +    +    +    -    -    -    -    -
""")

# Whose token opens what of the API; ``elsewhere`` is the owner's token that was made for something else.
TOKEN_COLUMNS = (*COLUMNS[2:], "elsewhere")
TOKENS = _rows("""
#                                         own- cap- cap. em-  em-  em-  au-  sup- else-
#                                         er   tain oth. all  own  oth. di.  pli. where
customers:api-list              GET       +    +    +    +    +    +    -    -    -
customers:api-customer          GET       +    +    -    +    +    -    -    -    -
access:api-log                  GET       +    +    +    -    -    -    +    -    -
""")

# Answers to a form of another site: what comes is signed, and counts only in the browser that asked for it.
FROM_ELSEWHERE = {"access:saml-return"}

# Whom somebody may change whose role opens people: who asks, and what the other is.
WHOM_COLUMNS = (
    ("owner", "oneself"),
    ("owner", "OWNER"),
    ("captain", "oneself"),
    ("captain", "OWNER"),
    ("captain", "CAPTAIN"),
    ("deputy", "oneself"),
    ("deputy", "OWNER"),
    ("deputy", "CAPTAIN"),
    ("deputy", "EMPLOYEE"),
)
WHOM = _rows("""
#                                         of the owner by the captain  by her deputy
#                                         self OWN  self OWN  CAPT self OWN  CAPT EMPL
access:person-role              GET,POST  -    +    -    -    -    -    -    -    +
access:person-areas             GET,POST  -    +    -    -    -    -    -    -    -
access:person-customers         GET,POST  -    +    -    -    -    -    -    -    +
access:person-deputy            GET,POST  -    +    -    -    -    -    -    -    +
access:person-deputy-end        POST      -    +    -    -    -    -    -    -    +
access:person-leave             GET,POST  -    +    -    -    -    -    -    -    +
access:invitation-again         POST      +    +    +    -    +    +    -    -    +
access:invitation-withdraw      POST      +    +    +    -    +    +    -    -    +
""")

# What each verb of a command asks of the policy; a command without verbs has one row with nothing after its name.
COMMANDS = {
    "audit verify": "access.log",
    "audit export": "access.export-log",
    "audit checkpoint": "access.log",
    "audit new-signing-key": "setup.keys",
    "customers import": "customers.import",
    "customers find": "customers.view",
    "customers show": "customers.view",
    "customers list": "customers.view",
    "customers export": "customers.export",
    "customers merge": "customers.merge",
    "keys status": "setup.view-keys",
    "keys lock": "setup.lock",
    "keys unlock": "setup.unlock",
    "keys passphrase": "setup.keys",
    "keys key-file": "setup.keys",
    "keys rotate": "setup.keys",
    "keys recovery-kit": "setup.keys",
    "keys add-unlocker": "setup.keys",
    "keys take-over": "setup.keys",
    "people list": "access.see-people",
    "people invite": "access.change-people",
    "people role": "access.change-people",
    "people leave": "access.change-people",
    "people networks": "access.change-networks",
}
# Commands that touch no register, or only begin the program.
WITHOUT_A_POLICY = {"doctor", "serve", "up", "work"}
