from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

ERASURE_ASKED = declare(
    "rights.erasure-asked", _("A customer was put aside, to be erased"), erasure=str, ground=str
)
ERASURE_CALLED_OFF = declare("rights.erasure-called-off", _("An erasure was called off"), erasure=str)
ERASURE_HASTENED = declare(
    "rights.erasure-hastened", _("Somebody else agreed to erase a customer sooner"), erasure=str
)
ERASED = declare("rights.erased", _("A customer was erased, with the key"))
ERASED_AGAIN = declare(
    "rights.erased-again",
    _("A customer who had been erased came back with an older copy and was erased again"),
)
ERASURES_LISTED = declare("rights.erasures-listed", _("The list of erasures was read"), shown=int)
ERASURE_VIEWED = declare("rights.erasure-viewed", _("An erasure was read"), erasure=str, page=str)
QUARANTINE_SET = declare(
    "rights.quarantine-set", _("How long customers wait to be erased was changed"), days=int
)
ERASURE_CLOCK_CONFIRMED = declare(
    "rights.erasure-clock-confirmed",
    _("Somebody said that the date is right, so that customers who wait are erased"),
)
RESTRICTED = declare("rights.restricted", _("A customer's data was kept from use"), restriction=str)
UNRESTRICTED = declare("rights.unrestricted", _("A customer's data may be used again"), restriction=str)
PURPOSES_CHOSEN = declare(
    "rights.purposes-chosen",
    _("Purposes were taken over from the set of a kind of company"),
    kind=str,
    purposes=list[str],
)
PURPOSE_ADDED = declare("rights.purpose-added", _("A purpose was added"), purpose=str)
PURPOSE_CHANGED = declare(
    "rights.purpose-changed", _("A purpose was changed"), purpose=str, language=str, fields=list[str]
)
PURPOSE_ENDED = declare("rights.purpose-ended", _("A purpose was ended"), purpose=str)
PURPOSE_BEGUN_AGAIN = declare("rights.purpose-begun-again", _("A purpose was taken up again"), purpose=str)
PURPOSES_ORDERED = declare("rights.purposes-ordered", _("The order of the purposes was changed"), purpose=str)
FIRM_DETAILS_CHANGED = declare(
    "rights.firm-details-changed",
    _("What the company tells of itself in its privacy notice was changed"),
    fields=list[str],
)
NOTICE_PUBLISHED = declare(
    "rights.notice-published",
    _("A privacy notice was published"),
    language=str,
    number=int,
    fingerprint=str,
)
RECORD_KEPT = declare(
    "rights.record-kept",
    _("A version of the record of processing was kept"),
    language=str,
    number=int,
    fingerprint=str,
)
READ_FAR = declare(
    "rights.read-far", _("Somebody read the data of many customers who are others'"), person=str, count=int
)
CONSENT_RECORDED = declare(
    "rights.consent-recorded",
    _("What a customer said about a consent was written down"),
    event=str,
    purpose=str,
    kind=str,
    channel=str,
)
CONSENTS_VIEWED = declare("rights.consents-viewed", _("A customer's consents were read"), shown=int)
CONSENT_TEXT_WRITTEN = declare(
    "rights.consent-text-written",
    _("Words in which customers are asked were written"),
    purpose=str,
    language=str,
    number=int,
)
CONSENT_RECEIPT_MADE = declare("rights.consent-receipt-made", _("A receipt of a consent was read"), event=str)
SIGN_UP_ASKED = declare(
    "rights.sign-up-asked", _("Somebody filled in the form on the website and was mailed a link"), sign_up=str
)
SIGN_UP_CONFIRMED = declare(
    "rights.sign-up-confirmed", _("Somebody signed up on the website, and pressed the button"), sign_up=str
)
PORTAL_LINK_SENT = declare(
    "rights.portal-link-sent", _("A customer was mailed a link to the own page"), link=str
)
PORTAL_CODE_SENT = declare("rights.portal-code-sent", _("A customer was mailed a code"), link=str)
PORTAL_REFUSED = declare("rights.portal-refused", _("A link to a customer's page didn't open it"), reason=str)
PORTAL_OPENED = declare("rights.portal-opened", _("A customer came to the own page"), link=str)
PORTAL_OPENED_BY_PROVIDER = declare(
    "rights.portal-opened-by-provider",
    _("A customer came to the own page by a service that knows the number"),
)
CUSTOMER_PROVIDER_CHANGED = declare(
    "rights.customer-provider-changed",
    _("By which service customers can show who they are was changed"),
    fields=list[str],
)
CUSTOMER_PROVIDER_REMOVED = declare(
    "rights.customer-provider-removed", _("Customers can no longer show by another service who they are")
)
CUSTOMER_PROVIDER_TESTED = declare(
    "rights.customer-provider-tested",
    _("The service by which customers show who they are was tried"),
    outcome=str,
)
PORTAL_CLOSED = declare("rights.portal-closed", _("A customer left the own page"))
PORTAL_READ = declare("rights.portal-read", _("A customer read the own page"), page=str)
PORTAL_SET = declare("rights.portal-set", _("What customers see on their own page was changed"), names=bool)
CASE_OPENED = declare(
    "rights.case-opened", _("A customer asked for something by right"), case=str, kind=str, channel=str
)
IDENTITY_CHECKED = declare(
    "rights.identity-checked", _("It was made sure who asks for something by right"), case=str, how=str
)
CASE_EXTENDED = declare(
    "rights.case-extended", _("A request got two months more, and the customer was told why"),
    case=str, way=str,
)  # fmt: skip
CASE_WRITTEN = declare(
    "rights.case-written", _("A customer was written to about a request"), case=str, way=str
)
CASE_ACTED = declare("rights.case-acted", _("What a customer asked for was carried out"), case=str, what=str)
CASE_CLOSED = declare("rights.case-closed", _("A request was closed"), case=str, state=str)
CASE_REMINDED = declare(
    "rights.case-reminded", _("The security captain was reminded of a request"), case=str, days=int
)
CASE_VIEWED = declare("rights.case-viewed", _("A request was read"), case=str)
CASES_LISTED = declare("rights.cases-listed", _("The list of requests was read"), shown=int)
CASES_FORGOTTEN = declare("rights.cases-forgotten", _("Old requests were removed"), count=int)
PACKAGE_ORDERED = declare(
    "rights.package-ordered", _("Somebody had a package made for a customer"), case=str, package=str
)
PACKAGE_MADE = declare(
    "rights.package-made", _("A package for a customer is ready"), case=str, package=str, files=int
)
PACKAGE_HANDED_OUT = declare(
    "rights.package-handed-out", _("A package was handed out"), case=str, package=str
)
PACKAGES_FORGOTTEN = declare("rights.packages-forgotten", _("Old packages were removed"), count=int)
DUE_FOUND = declare(
    "rights.due-found", _("It was found how many customers nothing needs any more"), count=int
)
DUE_LISTED = declare("rights.due-listed", _("The list of whom nothing needs any more was read"), shown=int)
KEEPING_VIEWED = declare("rights.keeping-viewed", _("It was read how long a customer is kept"), page=str)
KEEPS_LISTED = declare("rights.keeps-listed", _("The list of who is kept or held was read"), shown=int)
KEEP_DECIDED = declare("rights.keep-decided", _("A customer is kept longer, or held"), keep=str, kind=str)
KEEP_ENDED = declare("rights.keep-ended", _("A customer isn't kept or held any more"), keep=str, kind=str)
ASSIGNMENT_END_TOLD = declare(
    "rights.assignment-end-told", _("It was written down when a customer's assignment ended")
)
ASSIGNMENT_END_TAKEN_BACK = declare(
    "rights.assignment-end-taken-back", _("It isn't written any more when a customer's assignment ended")
)
DUE_PURGED = declare(
    "rights.due-purged",
    _("Customers whom nothing needs any more were put aside, to be erased"),
    count=int,
    left_out=int,
)
RETENTION_REVIEWED = declare(
    "rights.retention-reviewed", _("Somebody looked through whom the company keeps"), due=int
)
KEPT_BY_LAW = declare(
    "rights.kept-by-law", _("Something that the law demands to keep was written down"), kept=str, rule=str
)
KEPT_BY_LAW_LISTED = declare(
    "rights.kept-by-law-listed", _("What the law demands to keep of erased customers was read"), shown=int
)
KEPT_BY_LAW_REMOVED = declare(
    "rights.kept-by-law-removed", _("Something that was kept by law was removed, with its key"), kept=str
)
KEPT_BY_LAW_OVER = declare(
    "rights.kept-by-law-over", _("What the law no longer demands was destroyed, with its keys"), count=int
)
