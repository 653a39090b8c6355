"""A small file of each address book, with its headings and synthetic customers."""

import pytest

from tryggve.domains.customers.engine.columns.headings import columns_of
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.drafts import Draft
from tryggve.domains.customers.tests.engine.understanding import customers, export_of, read

_ADDRESS_PARTS = (
    "Label", "Formatted", "Street", "City", "PO Box", "Region", "Postal Code", "Country", "Extended Address",
)  # fmt: skip
_GOOGLE = (
    """First Name|Middle Name|Last Name|Phonetic First Name|Phonetic Middle Name|Phonetic Last Name|Name Prefix
    Name Suffix|Nickname|File As|Organization Name|Organization Title|Organization Department|Birthday|Notes|Photo
    Labels|E-mail 1 - Label|E-mail 1 - Value|E-mail 2 - Label|E-mail 2 - Value|Phone 1 - Label|Phone 1 - Value\n"""
    + "|".join(f"Address {number} - {part}" for number in (1, 2) for part in _ADDRESS_PARTS)
    + "|Website 1 - Label|Website 1 - Value"
)


def test_google_contacts() -> None:
    cilla = {
        "First Name": "Cilla", "Middle Name": "Maria", "Last Name": "Berg", "Organization Name": "Bageriet AB",
        "Organization Title": "VD", "Birthday": "1985-02-03", "Notes": "Ring efter tolv",
        "Labels": "* myContacts ::: Stamkunder", "E-mail 1 - Label": "* Home",
        "E-mail 1 - Value": "cilla@example.se", "E-mail 2 - Label": "Work",
        "E-mail 2 - Value": "info@example.se ::: order@example.se", "Phone 1 - Label": "Mobile",
        "Phone 1 - Value": "+46 70-174 06 05 ::: 08-465 004 00", "Address 1 - Label": "Work",
        "Address 1 - Formatted": "Storgatan 1\nBox 12\n222 22 Lund\nSE", "Address 1 - Street": "Storgatan 1",
        "Address 1 - City": "Lund", "Address 1 - PO Box": "Box 12", "Address 1 - Postal Code": "222 22",
        "Address 1 - Country": "SE", "Address 1 - Extended Address": "2 tr", "Address 2 - Street": "Ängen 3",
        "Address 2 - City": "Kivik", "Address 2 - Postal Code": "277 35", "Website 1 - Value": "https://example.se",
    }  # fmt: skip
    dan = {"First Name": "Dan", "Labels": "* myContacts", "E-mail 1 - Value": "dan@example.dk"}
    understood = read(export_of(_GOOGLE, [cilla, dan]))
    assert customers(understood) == [
        Details(
            name="Cilla Maria Berg",
            organisation="Bageriet AB",
            job_title="VD",
            emails=("cilla@example.se", "info@example.se", "order@example.se"),
            phones=("+46 70-174 06 05", "08-465 004 00"),
            addresses=(
                Address("Storgatan 1, Box 12, 2 tr", "222 22", "Lund", "SE"),
                Address("Ängen 3", "277 35", "Kivik"),
            ),
            note="Ring efter tolv",
            tags=("Stamkunder",),
        ),
        Details(name="Dan", emails=("dan@example.dk",)),
    ]
    [(_cells, first), _dan] = understood.lines
    assert isinstance(first, Draft)
    assert (first.extra["Birthday"], first.extra["Website 1 - Value"]) == ("1985-02-03", "https://example.se")


def test_google_contacts_as_before_2024() -> None:
    headings = """Name|Given Name|Additional Name|Family Name|Yomi Name|Given Name Yomi|Name Prefix|Name Suffix
        Initials|Nickname|Short Name|Maiden Name|Birthday|Gender|Location|Billing Information|Directory Server|Mileage
        Occupation|Hobby|Sensitivity|Priority|Subject|Notes|Language|Photo|Group Membership|E-mail 1 - Type
        E-mail 1 - Value|Phone 1 - Type|Phone 1 - Value|Address 1 - Type|Address 1 - Formatted|Address 1 - Street
        Address 1 - City|Address 1 - PO Box|Address 1 - Region|Address 1 - Postal Code|Address 1 - Country
        Address 1 - Extended Address|Organization 1 - Type|Organization 1 - Name|Organization 1 - Yomi Name
        Organization 1 - Title|Organization 1 - Department"""
    cilla = {
        "Name": "Cilla Berg", "Given Name": "Cilla", "Family Name": "Berg", "Notes": "hej",
        "Group Membership": "Stamkunder ::: * My Contacts", "E-mail 1 - Type": "* Home",
        "E-mail 1 - Value": "cilla@example.se", "Phone 1 - Type": "Mobile", "Phone 1 - Value": "070-174 06 05",
        "Address 1 - Formatted": "Storgatan 1\n222 22 Lund", "Address 1 - Street": "Storgatan 1",
        "Address 1 - City": "Lund", "Address 1 - Postal Code": "222 22", "Organization 1 - Name": "Bageriet AB",
        "Organization 1 - Title": "VD",
    }  # fmt: skip
    assert customers(read(export_of(headings, [cilla]))) == [
        Details(
            name="Cilla Berg",
            organisation="Bageriet AB",
            job_title="VD",
            emails=("cilla@example.se",),
            phones=("070-174 06 05",),
            addresses=(Address("Storgatan 1", "222 22", "Lund"),),
            note="hej",
            tags=("Stamkunder",),
        )
    ]


def test_outlook_in_english() -> None:
    headings = """Title|First Name|Middle Name|Last Name|Suffix|Company|Department|Job Title|Business Street
        Business Street 2|Business Street 3|Business City|Business State|Business Postal Code|Business Country/Region
        Home Street|Home Street 2|Home City|Home State|Home Postal Code|Home Country/Region|Other Street|Other City
        Assistant's Phone|Business Fax|Business Phone|Business Phone 2|Callback|Company Main Phone|Home Phone
        Mobile Phone|Other Phone|Pager|Primary Phone|Account|Anniversary|Birthday|Categories|E-mail Address|E-mail Type
        E-mail Display Name|E-mail 2 Address|E-mail 2 Type|Gender|Government ID Number|Initials|Keywords|Location
        Manager's Name|Notes|Priority|Private|Profession|Sensitivity|Spouse|User 1|Web Page"""
    cilla = {
        "Title": "Dr", "First Name": "Cilla", "Last Name": "Berg", "Company": "Bageriet AB", "Department": "Kök",
        "Job Title": "VD", "Business Street": "Storgatan 1", "Business Street 2": "2 tr", "Business City": "Lund",
        "Business Postal Code": "222 22", "Business Country/Region": "Sverige", "Home Street": "Ängen 3",
        "Home City": "Kivik", "Home Postal Code": "277 35", "Assistant's Phone": "08-465 004 01",
        "Business Fax": "08-465 004 02", "Business Phone": "08-465 004 00", "Mobile Phone": "070-174 06 05",
        "Anniversary": "0/0/00", "Categories": "VIP;Lund", "E-mail Address": "cilla@example.se", "E-mail Type": "SMTP",
        "E-mail Display Name": "Cilla Berg (cilla@example.se)", "E-mail 2 Address": "info@example.se",
        "Government ID Number": "640823-3234", "Notes": "hej", "Priority": "Normal", "Private": "False",
    }  # fmt: skip
    understood = read(export_of(headings, [cilla]))
    assert customers(understood) == [
        Details(
            name="Cilla Berg",
            organisation="Bageriet AB",
            job_title="VD",
            emails=("cilla@example.se", "info@example.se"),
            phones=("08-465 004 00", "070-174 06 05"),
            addresses=(
                Address("Storgatan 1, 2 tr", "222 22", "Lund", "Sverige"),
                Address("Ängen 3", "277 35", "Kivik"),
            ),
            note="hej",
            tags=("VIP", "Lund"),
        )
    ]
    assert [column.heading for column in understood.columns if column.is_identity_number] == [
        "Government ID Number"
    ]


def _outlook_cilla(organisation: str, job_title: str, country: str) -> Details:
    return Details(
        name="Cilla Berg",
        organisation=organisation,
        job_title=job_title,
        emails=("cilla@example.se", "info@example.se"),
        phones=("+4646123456", "+46701740605"),
        addresses=(Address("Storgatan 1", "222 22", "Lund", country), Address("Ängen 3", "277 35", "Kivik")),
        note="hej",
        tags=("VIP",),
    )


@pytest.mark.parametrize(
    ("headings", "organisation", "job_title", "country"),
    [
        (
            "Titel;Förnamn;Mellannamn;Efternamn;Företag;Befattning;Gatuadress, arbete;Ort, arbete;Postnummer, arbete;"
            "Land/region, arbete;Gatuadress, hem;Ort, hem;Postnummer, hem;Fax, arbete;Telefon, arbete;Mobiltelefon;"
            "E-postadress;E-post 2-adress;Kategorier;Anteckningar",
            "Bageriet AB", "VD", "Sverige",
        ),
        (
            "Titel;Fornavn;Mellemnavn;Efternavn;Firma;Stilling;Gade (arbejde);By (arbejde);Postnummer (arbejde);"
            "Land/område (arbejde);Gade (privat);By (privat);Postnummer (privat);Fax (arbejde);Telefon (arbejde);"
            "Mobiltelefon;E-mail-adresse;E-mail 2-adresse;Kategorier;Noter",
            "Bageriet ApS", "Direktør", "Sverige",
        ),
        (
            "Tittel;Fornavn;Mellomnavn;Etternavn;Firma;Stilling;Gateadresse, arbeid;Poststed, arbeid;"
            "Postnummer, arbeid;Land/område, arbeid;Gateadresse, hjem;Poststed, hjem;Postnummer, hjem;Faks, arbeid;"
            "Telefon, arbeid;Mobiltelefon;E-postadresse;E-post 2-adresse;Kategorier;Notater",
            "Bakeriet AS", "Daglig leder", "Sverige",
        ),
    ],
)  # fmt: skip
def test_outlook_in_swedish_danish_and_norwegian(
    headings: str, organisation: str, job_title: str, country: str
) -> None:
    cells = [
        "", "Cilla", "", "Berg", organisation, job_title, "Storgatan 1", "Lund", "222 22", country, "Ängen 3", "Kivik",
        "277 35", "1", "+4646123456", "+46701740605", "cilla@example.se", "info@example.se", "VIP", "hej",
    ]  # fmt: skip
    [details] = customers(read(f"{headings}\n{';'.join(cells)}\n"))
    assert details == _outlook_cilla(organisation, job_title, country)


def test_icloud_and_other_contact_cards_by_the_headings_that_their_reader_gives() -> None:
    headings = (
        "Name|First name|Middle name|Last name|Organisation|E-mail|Phone|Street|Postcode|City|Country|UID|Note|Tags"
        "|Job title|Birthday|Website|E-mail 2|Phone 2|Street 2|Postcode 2|City 2|UID 2"
    )
    cilla = {
        "Name": "Cilla Berg", "First name": "Cilla", "Last name": "Berg", "Organisation": "Bageriet AB",
        "E-mail": "cilla@example.se", "Phone": "070-174 06 05", "Street": "Storgatan 1", "Postcode": "222 22",
        "City": "Lund", "UID": "urn:uuid:1", "Note": "hej", "Tags": "VIP", "Job title": "VD",
        "Birthday": "1985-02-03", "E-mail 2": "info@example.se", "Street 2": "Ängen 3", "City 2": "Kivik", "UID 2": "2",
    }  # fmt: skip
    assert customers(read(export_of(headings, [cilla]))) == [
        Details(
            name="Cilla Berg",
            organisation="Bageriet AB",
            job_title="VD",
            emails=("cilla@example.se", "info@example.se"),
            phones=("070-174 06 05",),
            addresses=(Address("Storgatan 1", "222 22", "Lund"), Address("Ängen 3", "", "Kivik")),
            note="hej",
            tags=("VIP",),
            uids=("urn:uuid:1", "2"),
        )
    ]


def test_numbered_addresses_are_told_apart_by_their_numbers() -> None:
    columns = columns_of([f"Address {number} - {part}" for number in (1, 2) for part in _ADDRESS_PARTS])
    groups = (
        {column.group for column in columns[:9] if column.field},
        {column.group for column in columns[9:] if column.field},
    )
    assert groups == ({0}, {1})
