"""A small file of each program for customers or bookkeeping, with its headings and synthetic customers."""

import pytest

from tryggve.domains.customers.engine.columns import exports
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.tests.engine.understanding import customers, export_of, read


def test_hubspot() -> None:
    headings = """Record ID - Contact|First Name|Last Name|Email|Phone Number|Mobile Phone Number|Contact owner
        Primary Associated Company ID|Associated Company|Job Title|Street Address|City|Postal Code|Country/Region
        Lead Status|Marketing contact status|Create Date|Last Activity Date|Original Traffic Source|Website URL"""
    cilla = {
        "Record ID - Contact": "512", "First Name": "Cilla", "Last Name": "Berg", "Email": "cilla@example.se",
        "Phone Number": "'+46 70 174 06 05", "Contact owner": "Sara (sara@firman.example)",
        "Primary Associated Company ID": "77", "Associated Company": "Bageriet AB", "Job Title": "VD",
        "Street Address": "Storgatan 1", "City": "Lund", "Postal Code": "222 22", "Country/Region": "Sverige",
        "Lead Status": "NEW", "Create Date": "2026-01-02 10:00", "Original Traffic Source": "Offline Sources",
    }  # fmt: skip
    assert customers(read(export_of(headings, [cilla]))) == [
        Details(
            name="Cilla Berg",
            organisation="Bageriet AB",
            job_title="VD",
            emails=("cilla@example.se",),
            phones=("+46 70 174 06 05",),
            addresses=(Address("Storgatan 1", "222 22", "Lund", "Sverige"),),
            source="Offline Sources",
        )
    ]


def test_pipedrive_people_whose_address_is_given_whole_and_in_parts() -> None:
    headings = """Person - ID|Person - Name|Person - First name|Person - Last name|Person - Organization
        Person - Email - Work|Person - Email - Home|Person - Phone - Work|Person - Phone - Mobile|Person - Labels
        Person - Owner|Person - Open deals|Person - Job title|Person - Postal address
        Person - House number of Postal address|Person - Street/road name of Postal address
        Person - City/town/village/locality of Postal address|Person - ZIP/Postal code of Postal address
        Person - Country of Postal address|Person - Full/combined address of Postal address"""
    cilla = {
        "Person - ID": "1", "Person - Name": "Cilla Berg", "Person - First name": "Cilla",
        "Person - Last name": "Berg", "Person - Organization": "Bageriet AB",
        "Person - Email - Work": "cilla@example.se", "Person - Phone - Mobile": "070-174 06 05",
        "Person - Labels": "Kund, VIP", "Person - Owner": "Sara", "Person - Job title": "VD",
        "Person - Postal address": "Storgatan 1, 222 22 Lund, Sverige", "Person - House number of Postal address": "1",
        "Person - Street/road name of Postal address": "Storgatan",
        "Person - City/town/village/locality of Postal address": "Lund",
        "Person - ZIP/Postal code of Postal address": "222 22", "Person - Country of Postal address": "Sverige",
        "Person - Full/combined address of Postal address": "Storgatan 1, 222 22 Lund, Sverige",
    }  # fmt: skip
    understood = read(export_of(headings, [cilla]))
    assert customers(understood) == [
        Details(
            name="Cilla Berg",
            organisation="Bageriet AB",
            job_title="VD",
            emails=("cilla@example.se",),
            phones=("070-174 06 05",),
            addresses=(Address("Storgatan 1", "222 22", "Lund", "Sverige"),),
            tags=("Kund", "VIP"),
        )
    ]
    assert [column for column in understood.columns if column.is_identity_number] == []


def test_pipedrive_organisations() -> None:
    headings = "Organization - ID|Organization - Name|Organization - Label|Organization - Address|Organization - Owner"
    bakery = {"Organization - ID": "1", "Organization - Name": "Bageriet", "Organization - Label": "VIP"}
    bakery |= {"Organization - Address": "Storgatan 1, 222 22 Lund", "Organization - Owner": "Sara"}
    assert customers(read(export_of(headings, [bakery]))) == [
        Details(
            kind="organisation",
            name="Bageriet",
            addresses=(Address("Storgatan 1, 222 22 Lund"),),
            tags=("VIP",),
        )
    ]


_BAKERY = Details(
    kind="organisation",
    name="Bageriet AB",
    emails=("info@example.se", "faktura@example.se"),
    phones=("046-12 34 56", "070-174 06 05"),
    addresses=(
        Address("Storgatan 1, 2 tr", "222 22", "Lund", "Sverige"),
        Address("Ängen 3", "277 35", "Kivik"),
    ),
    note="hej",
)


@pytest.mark.parametrize(
    "headings",
    [
        # Fortnox
        "Kundnr;Namn;Organisationsnummer;Adress 1;Adress 2;Postnr;Ort;Land;Telefon 1;Telefon 2;E-post;E-post faktura;"
        "Leveransadress 1;Leveranspostnr;Leveransort;Kommentar",
        "Kundnummer;Kundnamn;Personnummer/Organisationsnummer;Fakturaadress;Fakturaadress 2;Postnummer;Ort;Land;"
        "Telefon 1;Telefon 2;E-post;E-post faktura;Leveransadress;Leveransadress postnummer;Leveransadress ort;"
        "Anteckningar",
        # Visma
        "Kundnummer;Namn;Org/personnummer;Faktureringsadress 1;Faktureringsadress 2;Faktureringspostnummer;"
        "Faktureringsort;Faktureringsland;Telefon;Mobil;E-post;E-post 2;Leveransadress 1;Leveranspostnummer;"
        "Leveransort;Anteckning",
    ],
)
def test_swedish_bookkeeping(headings: str) -> None:
    cells = [
        "1", "Bageriet AB", "556012-5790", "Storgatan 1", "2 tr", "222 22", "Lund", "Sverige", "046-12 34 56",
        "070-174 06 05", "info@example.se", "faktura@example.se", "Ängen 3", "277 35", "Kivik", "hej",
    ]  # fmt: skip
    understood = read(f"{headings}\n{';'.join(cells)}\n")
    assert customers(understood) == [_BAKERY]
    assert [column.index for column in understood.columns if column.is_identity_number] == [2]


def test_danish_bookkeeping() -> None:
    headings = (
        "Nr.;Navn;Kundegruppe;Adresse;Postnr.;By;Land;Telefon- og faxnr.;E-mail;CVR-nr.;EAN-nr.;"
        "Betalingsbetingelse;Momszone;Kontaktperson"
    )
    cells = "1001;Bageriet ApS;Indland;Nørregade 1;800;Høje Taastrup;Danmark;86 12 34 56;info@example.dk;25052943;;;;"
    understood = read(f"{headings}\n{cells}\n", "DK")
    assert customers(understood) == [
        Details(
            kind="organisation",
            name="Bageriet ApS",
            emails=("info@example.dk",),
            phones=("86 12 34 56",),
            addresses=(Address("Nørregade 1", "0800", "Høje Taastrup", "Danmark"),),
            tags=("Indland",),
        )
    ]
    assert [column.heading for column in understood.columns if column.is_identity_number] == ["CVR-nr."]


def test_mailchimp() -> None:
    headings = """Email Address|First Name|Last Name|Address|Phone Number|Birthday|MEMBER_RATING|OPTIN_TIME|OPTIN_IP
        CONFIRM_TIME|CONFIRM_IP|LATITUDE|LONGITUDE|GMTOFF|DSTOFF|TIMEZONE|CC|REGION|LAST_CHANGED|LEID|EUID|NOTES|TAGS"""
    cilla = {
        "Email Address": "cilla@example.se", "First Name": "Cilla", "Last Name": "Berg",
        "Phone Number": "070-174 06 05", "MEMBER_RATING": "2", "CONFIRM_TIME": "2026-01-02 10:00:00",
        "CONFIRM_IP": "192.0.2.1", "CC": "SE", "LEID": "90498395", "EUID": "810826c56e", "NOTES": "hej",
        "TAGS": '"VIP","Blogg"',
    }  # fmt: skip
    assert customers(read(export_of(headings, [cilla]))) == [
        Details(
            name="Cilla Berg",
            emails=("cilla@example.se",),
            phones=("070-174 06 05",),
            note="hej",
            tags=("VIP", "Blogg"),
        )
    ]


@pytest.mark.parametrize(
    ("label", "name"),
    [("* myContacts", ""), ("* My Contacts", ""), ("* starred", "starred"),
     (' "VIP" ', "VIP"), ("myContacts", "myContacts")],
)  # fmt: skip
def test_group_of_everybody_is_no_tag(label: str, name: str) -> None:
    assert exports.tag(label) == name
