from tryggve.domains.rights.models.consents import ConsentEvent, ConsentText
from tryggve.domains.rights.models.customer_provider import CustomerProvider, ProviderRound
from tryggve.domains.rights.models.erasures import Erasure, ErasureClock, PutBack, Quarantine, Suppression
from tryggve.domains.rights.models.firm_details import FirmDetails
from tryggve.domains.rights.models.packages import Package
from tryggve.domains.rights.models.portal import PortalChoice, PortalLink, PortalSession
from tryggve.domains.rights.models.purposes import NoticeVersion, Purpose, RecordVersion
from tryggve.domains.rights.models.requests import Case, CaseStep, Restriction
from tryggve.domains.rights.models.retention import AssignmentEnd, Due, Keep, KeptByLaw, RetentionReview
from tryggve.domains.rights.models.sign_ups import SignUp

__all__ = [
    "AssignmentEnd",
    "Case",
    "CaseStep",
    "ConsentEvent",
    "ConsentText",
    "CustomerProvider",
    "Due",
    "Erasure",
    "ErasureClock",
    "FirmDetails",
    "Keep",
    "KeptByLaw",
    "NoticeVersion",
    "Package",
    "PortalChoice",
    "PortalLink",
    "PortalSession",
    "ProviderRound",
    "Purpose",
    "PutBack",
    "Quarantine",
    "RecordVersion",
    "Restriction",
    "RetentionReview",
    "SignUp",
    "Suppression",
]
