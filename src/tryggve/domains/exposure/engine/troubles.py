"""What can be wrong, by codes that never change: they lie in the evidence."""

from enum import StrEnum


class Trouble(StrEnum):
    """A hole: while one is open the domain isn't protected."""

    NO_SUCH_DOMAIN = "no-such-domain"
    SPF_MISSING = "spf-missing"
    SPF_TWICE = "spf-twice"
    SPF_BROKEN = "spf-broken"
    SPF_INCLUDE_BROKEN = "spf-include-broken"
    SPF_TOO_MANY = "spf-too-many"
    SPF_TOO_VOID = "spf-too-void"
    SPF_OPEN = "spf-open"
    SPF_SENDS = "spf-sends"
    DKIM_MISSING = "dkim-missing"
    DKIM_BROKEN = "dkim-broken"
    DKIM_WEAK = "dkim-weak"
    DMARC_MISSING = "dmarc-missing"
    DMARC_TWICE = "dmarc-twice"
    DMARC_BROKEN = "dmarc-broken"
    DMARC_NONE = "dmarc-none"
    DMARC_SUBDOMAINS = "dmarc-subdomains"
    DMARC_NOT_REJECT = "dmarc-not-reject"


class Advice(StrEnum):
    """What would be better still, or couldn't be used."""

    DMARC_NO_REPORTS = "dmarc-no-reports"
    DMARC_REPORTS_REFUSED = "dmarc-reports-refused"
    DMARC_HALF = "dmarc-half"
    SPF_PTR = "spf-ptr"
    STS_MISSING = "sts-missing"
    STS_BROKEN = "sts-broken"
    STS_TESTING = "sts-testing"
    TLS_RPT_MISSING = "tls-rpt-missing"
    TLS_RPT_BROKEN = "tls-rpt-broken"
    NULL_MX_MISSING = "null-mx-missing"
