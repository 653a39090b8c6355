from hypothesis import strategies as st

from tryggve.domains.customers.engine.details import Address, Details

# Few values, so that people meet again and again in one list.
NAMES = ["", "Anna Ek", "Ek, Anna", "ANNA EK", "Bo Ek", "Åsa", "Asa", "🦊"]
FIRMS = ["", "", "Bageriet AB", "Bygg"]
EMAILS = ["a@example.se", "A@Example.se", "b@example.se", "info@example.se"]
PHONES = ["070-174 06 05", "+46701740605", "08-46500400"]
STREETS = ["", "Storgatan 1", "STORGATAN 1", "Ängen 3"]
PLACES = ["", "Lund", "lund", "Kivik"]
NOTES = ["", "ett", "två", "ett\n\ntvå"]
TAGS = ["VIP", "vip", "Lund"]


def addresses() -> st.SearchStrategy[Address]:
    return st.builds(
        Address,
        street=st.sampled_from(STREETS),
        postcode=st.sampled_from(["", "111 22", "11122"]),
        city=st.sampled_from(PLACES),
        country=st.sampled_from(["", "Sverige", "Norge"]),
    )


def details() -> st.SearchStrategy[Details]:
    return st.builds(
        Details,
        kind=st.sampled_from(["person", "person", "organisation"]),
        name=st.sampled_from(NAMES),
        organisation=st.sampled_from(FIRMS),
        emails=_some(EMAILS),
        phones=_some(PHONES),
        addresses=st.lists(addresses(), max_size=2, unique=True).map(tuple),
        note=st.sampled_from(NOTES),
        tags=_some(TAGS),
        source=st.sampled_from(["", "mässan", "webben"]),
    )


def _some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)
