"""The union of patterns that others search with: for ripgrep and for ``re`` alike, so no look-around.

Only what a pattern can say: no dates that exist, no control digits, no words nearby. Addresses, names and special
categories are left out, which makes the others faster, not us.
"""

PATTERNS = (
    # Addresses of mail, with no bounds: with {1,64} ripgrep takes half as long again.
    r"[0-9A-Za-z._%+-]+@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*\.[A-Za-z]{2,}\b",
    r"\b(?:[0-9]{2})?[0-9]{6}[-+ ]?[0-9]{4}\b",  # personnummer, organisationsnummer, CPR
    r"\b[0-9]{6} ?[0-9]{5}\b",  # fødselsnummer
    r"\b[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-FHJ-NPR-Y]\b",  # henkilötunnus
    r"\b[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,4})?\b",  # IBAN
    r"\b[0-9]{4}(?:[ -]?[0-9]{4}){3}\b",  # cards
    r"\b3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}\b",
    r"\b(?:DK-?)?[0-9]{2}(?: ?[0-9]{2}){3}\b",  # CVR, Danish telephones
    r"\b[0-9]{3} ?(?:[0-9]{3}|[0-9]{2}) ?[0-9]{3}\b",  # Norwegian firms and telephones
    r"\b[0-9]{3,4}-[0-9]{4}\b",  # bankgiro
    r"\b[0-9]{1,2}(?: ?[0-9]{2}){1,3}-[0-9]\b",  # plusgiro
    r"(?:\+|\b00)[1-9][0-9]{0,2}(?:[ -]?[0-9]){6,12}\b",  # telephones abroad
    r"\b0[0-9]{1,3}[- ]?[0-9](?:[ -]?[0-9]){4,8}\b",  # and at home
    r"\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b",  # IP addresses
    r"\b(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\b",  # days
    r"\b[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)[0-9]{2}\b",
    r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{36}|sk_live_[0-9A-Za-z]{24})\b",  # keys of services
)
UNION = "|".join(f"(?:{pattern})" for pattern in PATTERNS)
