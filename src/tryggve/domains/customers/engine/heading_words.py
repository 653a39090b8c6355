"""What people write above the columns of a customer list. Compared folded, without punctuation or spaces."""

from typing import Literal

Field = Literal[
    "name",
    "given_name",
    "family_name",
    "organisation",
    "email",
    "phone",
    "street",
    "care_of",
    "postcode",
    "city",
    "postcode_city",
    "country",
    "note",
    "tags",
    "source",
    "kind",
]

SWEDISH: dict[Field, str] = {
    "name": "namn, kund, kundnamn, fullständigt namn, för- och efternamn, förnamn efternamn, förnamn och efternamn,"
    " kontakt, kontaktperson, kontaktnamn, medlem, deltagare, person",
    "given_name": "förnamn, tilltalsnamn",
    "family_name": "efternamn, släktnamn",
    "organisation": "företag, företagsnamn, bolag, bolagsnamn, firma, firmanamn, organisation, organisationsnamn,"
    " förening, föreningsnamn, arbetsgivare",
    "email": "e-post, epostadress, e-postadresser, mejl, mejladress, mail, mailadress, e-mail",
    "phone": "telefon, telefonnummer, telefonnr, tel, tel nr, telnr, tfn, tlfn, mobil, mobilnummer, mobilnr,"
    " mobiltelefon, mobiltelefonnummer, hemtelefon, arbetstelefon, växel, direktnummer, mobtel",
    "street": "adress, gatuadress, gata, gatuadr, adressrad, utdelningsadress, besöksadress, postadress, bostadsadress",
    "care_of": "c/o, c/o adress, co adress",
    "postcode": "postnr, postnummer, post nr, zip",
    "city": "ort, postort, stad, bostadsort",
    "postcode_city": "postnr ort, postnr och ort, postnummer ort, postnummer och ort, postnr postort,"
    " postnummer postort, postnummer och postort",
    "country": "land",
    "note": "anteckning, anteckningar, kommentar, kommentarer, notering, noteringar, övrigt, anm, anmärkning, fritext,"
    " information, info",
    "tags": "taggar, tagg, etikett, etiketter, kategori, kategorier, grupp, grupper, segment, märkning, kundgrupp",
    "source": "källa, ursprung, varifrån, kanal, hur hittade du oss",
    "kind": "typ, kundtyp, typ av kund, kundslag",
}

DANISH: dict[Field, str] = {
    "name": "navn, kunde, kundenavn, fulde navn, fuldt navn, for- og efternavn, fornavn efternavn,"
    " fornavn og efternavn, kontakt, kontaktperson, kontaktnavn, medlem, deltager",
    "given_name": "fornavn, fornavne",
    "family_name": "efternavn, efternavne",
    "organisation": "virksomhed, virksomhedsnavn, firma, firmanavn, selskab, selskabsnavn, organisation, forening,"
    " foreningsnavn, arbejdsgiver",
    "email": "e-mail, e-mailadresse, mail, mailadresse, e-post, e-postadresse, emails",
    "phone": "telefon, telefonnummer, telefonnr, tlf, tlf nr, tlfnr, tlfnummer, mobil, mobilnummer, mobilnr,"
    " mobiltelefon, mobiltlf, fastnet, fastnettelefon, arbejdstelefon",
    "street": "adresse, vej, gade, vejnavn, gadeadresse, postadresse, adresselinje, besøgsadresse",
    "care_of": "c/o, c/o adresse",
    "postcode": "postnr, postnummer",
    "city": "by, bynavn, postdistrikt",
    "postcode_city": "postnr by, postnr og by, postnummer by, postnummer og by",
    "country": "land",
    "note": "bemærkning, bemærkninger, note, noter, notat, notater, kommentar, kommentarer, øvrigt, fritekst",
    "tags": "tags, mærkater, etiket, etiketter, kategori, kategorier, gruppe, grupper, segment, kundegruppe",
    "source": "kilde, oprindelse, kanal",
    "kind": "type, kundetype",
}

NORWEGIAN: dict[Field, str] = {
    "name": "navn, kunde, kundenavn, fullt navn, for- og etternavn, fornavn etternavn, fornavn og etternavn, kontakt,"
    " kontaktperson, kontaktnavn, medlem, deltaker",
    "given_name": "fornavn, førenavn",
    "family_name": "etternavn, slektsnavn, etternamn",
    "organisation": "bedrift, bedriftsnavn, firma, firmanavn, selskap, selskapsnavn, foretak, foretaksnavn, virksomhet,"
    " organisasjon, organisasjonsnavn, forening, arbeidsgiver",
    "email": "e-post, e-postadresse, epostadresser, e-mail, mail, mailadresse",
    "phone": "telefon, telefonnummer, telefonnr, tlf, tlf nr, tlfnr, mobil, mobilnummer, mobilnr, mobiltelefon,"
    " mobiltlf, fasttelefon, arbeidstelefon",
    "street": "adresse, gateadresse, gate, vei, veiadresse, gatenavn, postadresse, adresselinje, besøksadresse",
    "care_of": "c/o, c/o adresse",
    "postcode": "postnr, postnummer",
    "city": "poststed, sted, by",
    "postcode_city": "postnr sted, postnr poststed, postnr og sted, postnr og poststed, postnummer poststed,"
    " postnummer og poststed, postnummer og sted",
    "country": "land",
    "note": "merknad, merknader, notat, notater, kommentar, kommentarer, anmerkning, annet, fritekst",
    "tags": "tagger, etikett, etiketter, merkelapp, merkelapper, kategori, kategorier, gruppe, grupper, kundegruppe",
    "source": "kilde, opprinnelse, kanal",
    "kind": "type, kundetype",
}

ENGLISH: dict[Field, str] = {
    "name": "name, full name, customer, customer name, client, client name, contact, contact name, contact person,"
    " display name, member, attendee, first and last name, first name last name",
    "given_name": "first name, given name, forename, firstname",
    "family_name": "last name, surname, family name, lastname",
    "organisation": "company, company name, organisation, organization, organisation name, organization name, business,"
    " business name, firm, employer, account name",
    "email": "email, e-mail, email address, e-mail address, emails, email addresses, mail, mail address",
    "phone": "phone, phone number, phone no, phones, telephone, telephone number, tel, tel no, mobile, mobile number,"
    " mobile phone, mobile no, cell, cell phone, cellphone, landline, home phone, work phone, business phone",
    "street": "address, street, street address, address line, mailing address, postal address, road",
    "care_of": "c/o, care of",
    "postcode": "postcode, post code, postal code, zip, zip code, zipcode",
    "city": "city, town, locality, place",
    "postcode_city": "postcode and city, postcode city, zip city, zip and city, postal code city",
    "country": "country, country region",
    "note": "note, notes, comment, comments, remark, remarks, description",
    "tags": "tags, tag, label, labels, category, categories, group, groups, segment, segments, group membership",
    "source": "source, lead source, origin, original source, channel",
    "kind": "type, customer type, kind, client type, account type",
}

LANGUAGES: dict[str, dict[Field, str]] = {"sv": SWEDISH, "da": DANISH, "no": NORWEGIAN, "en": ENGLISH}

# Words around the real one: «E-post (privat)», «Customer e-mail», «Telefon 2».
QUALIFIERS = (
    "privat privata private personal personlig personligt arbete arbeid arbejde jobb job work business hem hjem home"
    " primary primär primær main huvud other annan annat anden annen extra alternativ alternative secondary"
    " kund kunds kundens kunde kundes kundens customer client kontakt kontakts contact nr no nummer number value"
    " faktura fakturerings fakturering leverans leverings levering billing shipping invoice delivery"
)

# A sole trader's organisation number is a personal number, so these count as identity numbers too.
IDENTITY_NUMBERS = (
    "personnummer, personnr, persnr, pers nr, pnr, person id, samordningsnummer, samordningsnr, personnummer orgnr,"
    " pers org nr, person organisationsnummer, org pers nr, organisationsnummer, organisationsnr, orgnr, org nummer,"
    " org number, cpr, cpr nr, cpr nummer, cvr, cvr nr, cvr nummer, se nr, fødselsnummer, fødselsnr, fnr, d nummer,"
    " organisasjonsnummer, organisasjonsnr, henkilötunnus, hetu, y tunnus, ssn, social security number,"
    " national id, national id number, identity number, id number, id nummer, personal number, passport number,"
    " passnummer, passnr, vat, vat no, vat number, vat id, moms nr, momsnummer, momsregistreringsnummer, mva nr,"
    " organisation number, organization number, company number, registration number, tax id"
)

PERSONS = "person, privat, privatperson, privatkund, privatkunde, private, individual, konsument, forbruger, forbruker"
ORGANISATIONS = (
    "företag, företagskund, bolag, firma, organisation, förening, virksomhed, virksomhet, erhverv, erhvervskunde,"
    " bedrift, bedriftskunde, organisasjon, forening, company, business, organization, association, b2b"
)

TOTALS = (
    "summa, summan, totalt, total, totalsumma, totaler, totals, grand total, sum, i alt, ialt, tilsammans,"
    " sammanlagt, samlet, antal, antal kunder, antall, antall kunder, antal poster, antal rader, count"
)

NO_VALUE = (
    "saknas, ingen, inget, inga, okänd, okänt, mangler, ukendt, ukjent, none, null, unknown, n/a, ej angivet"
)
