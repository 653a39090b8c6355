"""Who gets in where: every address of the product, asked by everybody, a column for each who asks."""

from tests.by_role import (
    of_backups,
    of_datamap,
    of_exposure,
    of_heartbeats,
    of_incidents,
    of_passwords,
    of_protection,
    of_report,
    of_routines,
)
from tests.by_role.rows import rows

TABLE = (
    of_passwords.ROWS
    + of_backups.ROWS
    + of_datamap.ROWS
    + of_exposure.ROWS
    + of_heartbeats.ROWS
    + of_incidents.ROWS
    + of_protection.ROWS
    + of_report.ROWS
    + of_routines.ROWS
    + rows("""
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
rights:public-notice            GET       +    +    +    +    +    +    +    +    +    +
rights:public-notice-in         GET       +    +    +    +    +    +    +    +    +    +
# Customers' own: a customer is known by a cookie that none of these has, and whoever has a link has what it opens
portal:ask                      GET,POST  +    +    +    +    +    +    +    +    +    +
portal:asked                    GET       +    +    +    +    +    +    +    +    +    +
portal:open                     GET,POST  +    +    +    +    +    +    +    +    +    +
portal:choose                   GET,POST  +    +    +    +    +    +    +    +    +    +
portal:withdraw                 GET,POST  +    +    +    +    +    +    +    +    +    +
portal:provider-leave           POST      +    +    +    +    +    +    +    +    +    +    403
portal:provider-return          GET       +    +    +    +    +    +    +    +    +    +    403
portal:sign-up                  GET,POST  +    +    +    +    +    +    +    +    +    +
portal:sign-up-sent             GET       +    +    +    +    +    +    +    +    +    +
portal:sign-up-confirm          GET,POST  +    +    +    +    +    +    +    +    +    +
portal:form                     GET,POST  +    +    +    +    +    +    +    +    +    +
feedback:answer                 GET,POST  +    +    +    +    +    +    +    +    +    +
feedback:thanks                 GET       +    +    +    +    +    +    +    +    +    +
# Lead to the page where one asks for a link
feedback:mine                   GET,POST  +    +    +    +    +    +    +    +    +    +
portal:home                     GET       +    +    +    +    +    +    +    +    +    +
portal:data                     GET       +    +    +    +    +    +    +    +    +    +
portal:consents                 GET,POST  +    +    +    +    +    +    +    +    +    +
portal:receipt                  GET       +    +    +    +    +    +    +    +    +    +
portal:requests                 GET,POST  +    +    +    +    +    +    +    +    +    +
portal:package                  POST      +    +    +    +    +    +    +    +    +    +
portal:notice                   GET       +    +    +    +    +    +    +    +    +    +
portal:looks                    GET       +    +    +    +    +    +    +    +    +    +
portal:leave                    POST      +    +    +    +    +    +    +    +    +    +
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
setup:welcome-website           GET,POST  s    u    +    +    +    -    -    -    -    -
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
rights:cases                    GET       s    u    +    +    +    +    +    +    -    -
rights:case                     GET       s    u    +    +    -    +    +    -    -    -
rights:case-add                 GET,POST  s    u    +    +    -    +    +    -    -    -
rights:case-identity            POST      s    u    +    +    -    +    +    -    -    -
rights:case-carry-out           POST      s    u    +    +    -    +    +    -    -    -
rights:case-take-back           POST      s    u    +    +    -    +    +    -    -    -
rights:case-extend              GET,POST  s    u    +    +    -    +    +    -    -    -
rights:case-write               GET,POST  s    u    +    +    -    +    +    -    -    -
rights:consents                 GET       s    u    +    +    -    +    +    -    -    -
rights:consent-record           POST      s    u    +    +    -    +    +    -    -    -
rights:consent-ask              POST      s    u    +    +    -    +    +    -    -    -
rights:consent-receipt          GET       s    u    +    +    -    +    +    -    -    -
outreach:mailings               GET       s    u    +    +    +    +    +    +    -    -
outreach:mailing                GET       s    u    +    +    +    +    +    +    -    -
outreach:mailing-write          GET,POST  s    u    +    +    +    +    +    +    -    -
outreach:mailing-change         GET,POST  s    u    +    +    +    +    +    +    -    -
outreach:mailing-delete         POST      s    u    +    +    +    +    +    +    -    -
outreach:mailing-test           POST      s    u    +    +    +    +    +    +    -    -
# Nobody of another person's gets it
outreach:mailing-send           POST      s    u    +    +    c    +    +    c    -    -
outreach:mailing-pause          POST      s    u    +    +    +    +    +    +    -    -
outreach:mailing-go-on          POST      s    u    +    +    c    +    c    c    -    -
outreach:mailing-stop           POST      s    u    +    +    c    +    c    c    -    -
outreach:mailing-perhaps        POST      s    u    +    +    c    +    c    c    -    -
outreach:quarter-write          POST      s    u    +    +    +    +    +    +    -    -    409
outreach:quarter-leave-out      POST      s    u    +    +    +    +    +    +    -    -    409
outreach:feedback-list          GET       s    u    +    +    +    +    +    +    -    -
outreach:feedback               GET       s    u    +    +    -    +    +    -    -    -
outreach:feedback-follow-up     POST      s    u    +    +    -    +    +    -    -    -
outreach:feedback-ask           GET,POST  s    u    +    +    -    +    +    -    -    -
rights:case-letter              GET       s    u    +    +    -    +    +    -    -    -
# All that is held about somebody, in one file
rights:case-package             GET,POST  s    u    ^    -    -    -    ^    !    -    -
rights:case-package-file        POST      s    u    ^    -    -    -    ^    !    -    -
rights:erasures                 GET       s    u    +    +    +    -    +    +    -    -
rights:quarantine               POST      s    u    ^    ^    ^    -    ^    ^    -    -
rights:erasure                  GET       s    u    +    +    -    -    +    -    -    -
rights:erasure-call-off         POST      s    u    +    +    -    -    +    -    -    -
rights:erasure-clock            POST      s    u    ^    ^    ^    -    ^    ^    -    -
rights:erasure-sooner           POST      s    u    ^    ^    !    -    ^    !    -    -    409
rights:erasure-receipt          GET       s    u    +    +    +    -    +    +    -    -
rights:erase                    GET,POST  s    u    ^    ^    !    -    ^    !    -    -
rights:retention                GET       s    u    +    +    +    -    +    +    -    -
rights:retention-kept           GET       s    u    +    +    +    -    +    +    -    -
rights:retention-ask            POST      s    u    +    +    +    -    +    +    -    -
rights:retention-purge          POST      s    u    ^    ^    ^    -    ^    ^    -    -
rights:retention-reviewed       POST      s    u    +    +    +    -    +    +    -    -
rights:keeping                  GET       s    u    +    +    -    -    +    -    -    -
rights:keep                     POST      s    u    +    +    -    -    +    -    -    -
rights:keeping-ended            POST      s    u    +    +    -    -    +    -    -    -
rights:keeping-by-law           POST      s    u    +    +    -    -    +    -    -    -
rights:keep-end                 POST      s    u    +    +    -    -    +    -    -    -
rights:by-law-remove            POST      s    u    +    +    -    -    +    -    -    -
rights:restrict                 GET,POST  s    u    +    +    -    +    +    -    -    -
rights:lift                     POST      s    u    +    +    -    +    +    -    -    -    409
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
access:review                   GET,POST  s    u    +    +    +    -    -    -    -    -
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
# What the company does with data, and what it tells of that
rights:purposes                 GET       s    u    +    +    +    -    -    -    +    +
rights:purposes-start           GET,POST  s    u    +    +    +    -    -    -    -    -
rights:purpose-add              GET,POST  s    u    +    +    +    -    -    -    -    -
rights:purpose                  GET,POST  s    u    +    +    +    -    -    -    -    -
rights:purpose-end              GET,POST  s    u    +    +    +    -    -    -    -    -
rights:purpose-again            POST      s    u    +    +    +    -    -    -    -    -
rights:purpose-move             POST      s    u    +    +    +    -    -    -    -    -
rights:consent-texts            GET       s    u    +    +    +    -    -    -    +    +
rights:consent-text             GET,POST  s    u    +    +    +    -    -    -    -    -
rights:consent-sign-up          GET       s    u    +    +    +    -    -    -    +    +
rights:consent-website          GET       s    u    +    +    +    -    -    -    +    +
rights:consent-paper            GET       s    u    +    +    +    -    -    -    +    +
rights:consent-names            POST      s    u    +    +    +    -    -    -    -    -
rights:notices                  GET       s    u    +    +    +    -    -    -    +    +
rights:notice                   GET       s    u    +    +    +    -    -    -    +    +
rights:notice-version           GET       s    u    +    +    +    -    -    -    +    +
rights:notice-file              GET       s    u    +    +    +    -    -    -    +    +
rights:notice-publish           POST      s    u    +    +    +    -    -    -    -    -
rights:record                   GET       s    u    +    +    +    -    -    -    +    +
rights:record-version           GET       s    u    +    +    +    -    -    -    +    +
rights:record-file              GET       s    u    +    +    +    -    -    -    +    +
rights:firm-details             GET,POST  s    u    +    +    +    -    -    -    -    -
# Whoever sets it could come in as anybody, so it is an owner's
access:provider                 GET,POST  s    u    ^    -    -    -    -    -    -    -
access:provider-try             POST      s    u    ^    -    -    -    -    -    -    -
access:provider-remove          POST      s    u    ^    -    -    -    -    -    -    -
rights:customer-provider        GET,POST  s    u    ^    -    -    -    -    -    -    -
rights:customer-provider-try    POST      s    u    ^    -    -    -    -    -    -    -
rights:customer-provider-remove POST      s    u    ^    -    -    -    -    -    -    -
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
setup:keys-rotate               POST      s    u    ^    ^    ^    -    -    -    -    -
setup:keys-key-file             POST      s    u    ^    ^    ^    -    -    -    -    -
setup:keys-os-keyring           POST      s    u    ^    ^    ^    -    -    -    -    -    409
setup:keys-systemd-credential   POST      s    u    ^    ^    ^    -    -    -    -    -    409
setup:keys-remove               POST      s    u    ^    ^    ^    -    -    -    -    -
setup:keys-lock                 POST      s    u    +    +    +    -    -    -    -    -
""")
    + of_report.LAST
)
# Answers to a form of another site: what comes is signed, and counts only in the browser that asked for it.
FROM_ELSEWHERE = {"access:saml-return", "backups:heard", "portal:withdraw", "portal:form", "portal:sign-up"}
