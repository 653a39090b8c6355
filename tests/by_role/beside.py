"""Who gets in where beside that: programs with a token, people who change other people, and commands."""

from tests.by_role.rows import COLUMNS, rows

# Whose token opens what of the API; ``elsewhere`` is the owner's token that was made for something else.
TOKEN_COLUMNS = (*COLUMNS[2:], "elsewhere")
TOKENS = rows("""
#                                         own- cap- cap. em-  em-  em-  au-  sup- else-
#                                         er   tain oth. all  own  oth. di.  pli. where
customers:api-list              GET       +    +    +    +    +    +    -    -    -
customers:api-customer          GET       +    +    -    +    +    -    -    -    -
access:api-log                  GET       +    +    +    -    -    -    +    -    -
""")
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
WHOM = rows("""
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
    "backup places": "backups.add-place",
    "backup restore-test": "backups.change",
    "backup run": "backups.change",
    "backup status": "backups.view",
    "customers import": "customers.import",
    "customers find": "customers.view",
    "customers show": "customers.view",
    "customers list": "customers.view",
    "customers export": "customers.export",
    "customers merge": "customers.merge",
    "customers erase": "rights.erase",
    "customers restrict": "rights.restrict",
    "customers package": "rights.package",
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
    "notice list": "rights.view",
    "notice export": "rights.view",
    "requests deadline": "rights.dates",
    "requests list": "rights.requests",
    "retention until": "rights.dates",
    "retention due": "rights.retention",
    "retention purge": "rights.purge",
    "controls list": "protection.view",
    "controls measure": "protection.change",
    "controls show": "protection.view",
    "routines due": "protection.routines",
    "report": "protection.make-report",
}
# Commands that touch no register, only begin the program, or make one where there is none.
WITHOUT_A_POLICY = {"doctor", "restore", "serve", "up", "work"}
