"""What people write above the columns of a customer list. Compared folded, without punctuation or spaces."""

from typing import Literal

Field = Literal[
    "name",
    "given_name",
    "middle_name",
    "family_name",
    "organisation",
    "job_title",
    "email",
    "phone",
    "street",
    "house_number",
    "care_of",
    "postcode",
    "city",
    "postcode_city",
    "country",
    "note",
    "tags",
    "source",
    "kind",
    "uid",
]

SWEDISH: dict[Field, str] = {
    "name": "namn, kund, kundnamn, fullständigt namn, för- och efternamn, förnamn efternamn, förnamn och efternamn,"
    " efternamn förnamn, efternamn och förnamn, kontakt, kontaktperson, kontaktnamn, medlem, deltagare, person",
    "given_name": "förnamn, tilltalsnamn",
    "middle_name": "mellannamn",
    "family_name": "efternamn, släktnamn",
    "organisation": "företag, företagsnamn, bolag, bolagsnamn, firma, firmanamn, organisation, organisationsnamn,"
    " förening, föreningsnamn, arbetsgivare",
    "job_title": "befattning, yrkestitel, jobbtitel, arbetstitel, tjänstetitel",
    "email": "e-post, epostadress, e-postadresser, mejl, mejladress, mail, mailadress, e-mail",
    "phone": "telefon, telefonnummer, telefonnr, tel, tel nr, telnr, tfn, tlfn, mobil, mobilnummer, mobilnr,"
    " mobiltelefon, mobiltelefonnummer, hemtelefon, arbetstelefon, växel, direktnummer, mobtel, företagstelefon",
    "street": "adress, gatuadress, gata, gatuadr, adressrad, utdelningsadress, besöksadress, postadress, bostadsadress",
    "house_number": "husnr, husnummer, gatunr, gatunummer",
    "care_of": "c/o, c/o adress, co adress",
    "postcode": "postnr, postnummer, post nr, zip",
    "city": "ort, postort, stad, bostadsort",
    "postcode_city": "postnr ort, postnr och ort, postnummer ort, postnummer och ort, postnr postort,"
    " postnummer postort, postnummer och postort",
    "country": "land, land region, landskod",
    "note": "anteckning, anteckningar, kommentar, kommentarer, notering, noteringar, övrigt, anm, anmärkning, fritext,"
    " information, info",
    "tags": "taggar, tagg, etikett, etiketter, kategori, kategorier, grupp, grupper, segment, märkning, kundgrupp",
    "source": "källa, ursprung, varifrån, kanal, hur hittade du oss",
    "kind": "typ, kundtyp, typ av kund, kundslag",
    "uid": "uid",
}

DANISH: dict[Field, str] = {
    "name": "navn, kunde, kundenavn, fulde navn, fuldt navn, for- og efternavn, fornavn efternavn,"
    " fornavn og efternavn, efternavn fornavn, efternavn og fornavn, kontakt,"
    " kontaktperson, kontaktnavn, medlem, deltager",
    "given_name": "fornavn, fornavne",
    "middle_name": "mellemnavn, mellemnavne",
    "family_name": "efternavn, efternavne",
    "organisation": "virksomhed, virksomhedsnavn, firma, firmanavn, selskab, selskabsnavn, organisation, forening,"
    " foreningsnavn, arbejdsgiver",
    "job_title": "stilling, stillingsbetegnelse, jobtitel",
    "email": "e-mail, e-mailadresse, mail, mailadresse, e-post, e-postadresse, emails",
    "phone": "telefon, telefonnummer, telefonnr, tlf, tlf nr, tlfnr, tlfnummer, mobil, mobilnummer, mobilnr,"
    " mobiltelefon, mobiltlf, fastnet, fastnettelefon, arbejdstelefon, telefon og fax, telefon og faxnr",
    "street": "adresse, vej, gade, vejnavn, gadeadresse, postadresse, adresselinje, besøgsadresse",
    "house_number": "husnr, husnummer, vejnummer",
    "care_of": "c/o, c/o adresse",
    "postcode": "postnr, postnummer",
    "city": "by, bynavn, postdistrikt",
    "postcode_city": "postnr by, postnr og by, postnummer by, postnummer og by",
    "country": "land, land område, landekode",
    "note": "bemærkning, bemærkninger, note, noter, notat, notater, kommentar, kommentarer, øvrigt, fritekst",
    "tags": "tags, mærkater, etiket, etiketter, kategori, kategorier, gruppe, grupper, segment, kundegruppe",
    "source": "kilde, oprindelse, kanal",
    "kind": "type, kundetype",
    "uid": "uid",
}

NORWEGIAN: dict[Field, str] = {
    "name": "navn, kunde, kundenavn, fullt navn, for- og etternavn, fornavn etternavn, fornavn og etternavn,"
    " etternavn fornavn, etternavn og fornavn, kontakt, kontaktperson, kontaktnavn, medlem, deltaker",
    "given_name": "fornavn, førenavn",
    "middle_name": "mellomnavn",
    "family_name": "etternavn, slektsnavn, etternamn",
    "organisation": "bedrift, bedriftsnavn, firma, firmanavn, selskap, selskapsnavn, foretak, foretaksnavn, virksomhet,"
    " organisasjon, organisasjonsnavn, forening, arbeidsgiver",
    "job_title": "stilling, stillingstittel, jobbtittel",
    "email": "e-post, e-postadresse, epostadresser, e-mail, mail, mailadresse",
    "phone": "telefon, telefonnummer, telefonnr, tlf, tlf nr, tlfnr, mobil, mobilnummer, mobilnr, mobiltelefon,"
    " mobiltlf, fasttelefon, arbeidstelefon",
    "street": "adresse, gateadresse, gate, vei, veiadresse, gatenavn, postadresse, adresselinje, besøksadresse",
    "house_number": "husnr, husnummer, gatenummer, veinummer",
    "care_of": "c/o, c/o adresse",
    "postcode": "postnr, postnummer",
    "city": "poststed, sted, by",
    "postcode_city": "postnr sted, postnr poststed, postnr og sted, postnr og poststed, postnummer poststed,"
    " postnummer og poststed, postnummer og sted",
    "country": "land, land område, landkode",
    "note": "merknad, merknader, notat, notater, kommentar, kommentarer, anmerkning, annet, fritekst",
    "tags": "tagger, etikett, etiketter, merkelapp, merkelapper, kategori, kategorier, gruppe, grupper, kundegruppe",
    "source": "kilde, opprinnelse, kanal",
    "kind": "type, kundetype",
    "uid": "uid",
}

ENGLISH: dict[Field, str] = {
    "name": "name, full name, customer, customer name, client, client name, contact, contact name, contact person,"
    " display name, member, attendee, first and last name, first name last name, last name first name",
    "given_name": "first name, given name, forename, firstname",
    "middle_name": "middle name, middle names, additional name",
    "family_name": "last name, surname, family name, lastname",
    "organisation": "company, company name, organisation, organization, organisation name, organization name, business,"
    " business name, firm, employer, account name",
    "job_title": "job title, jobtitle, position",
    "email": "email, e-mail, email address, e-mail address, emails, email addresses, mail, mail address",
    "phone": "phone, phone number, phone no, phones, telephone, telephone number, tel, tel no, mobile, mobile number,"
    " mobile phone, mobile no, cell, cell phone, cellphone, landline, home phone, work phone, business phone,"
    " company phone, car phone",
    "street": "address, street, street address, address line, mailing address, postal address, road,"
    " street name, street road name",
    "house_number": "house number, house no, street number",
    "care_of": "c/o, care of",
    "postcode": "postcode, post code, postal code, zip, zip code, zipcode, zip postal code",
    "city": "city, town, locality, place, city town village, city town village locality",
    "postcode_city": "postcode and city, postcode city, zip city, zip and city, postal code city",
    "country": "country, country region",
    "note": "note, notes, comment, comments, remark, remarks, description",
    "tags": "tags, tag, label, labels, category, categories, group, groups, segment, segments, group membership",
    "source": "source, lead source, origin, original source, channel",
    "kind": "type, customer type, kind, client type, account type",
    "uid": "uid, unique id",
}

FINNISH: dict[Field, str] = {
    "name": "nimi, koko nimi, asiakas, asiakkaan nimi, asiakasnimi, yhteyshenkilö, henkilö, jäsen, osallistuja,"
    " etunimi ja sukunimi, sukunimi ja etunimi, etunimi sukunimi, sukunimi etunimi",
    "given_name": "etunimi, etunimet, kutsumanimi",
    "middle_name": "toinen nimi, keskimmäinen nimi",
    "family_name": "sukunimi",
    "organisation": "yritys, yrityksen nimi, yhtiö, organisaatio, toiminimi, yhdistys, työnantaja",
    "job_title": "tehtävänimike, ammattinimike, nimike",
    "email": "sähköposti, sähköpostiosoite, s-posti",
    "phone": "puhelin, puhelinnumero, puhelinnro, puh, puh nro, gsm, matkapuhelin, kännykkä, kotipuhelin, työpuhelin",
    "street": "osoite, katuosoite, lähiosoite, jakeluosoite, postiosoite, käyntiosoite, katu",
    "house_number": "talonumero, talon numero",
    "care_of": "c/o",
    "postcode": "postinumero, postinro",
    "city": "kaupunki, paikkakunta, postitoimipaikka, kunta",
    "postcode_city": "postinumero ja kaupunki, postinumero ja paikkakunta, postinumero ja postitoimipaikka",
    "country": "maa",
    "note": "huomautus, huomautukset, muistiinpano, muistiinpanot, kommentti, kommentit, lisätiedot, huom",
    "tags": "tunniste, tunnisteet, luokka, luokat, ryhmä, ryhmät, asiakasryhmä",
    "source": "lähde, alkuperä, kanava",
    "kind": "tyyppi, asiakastyyppi",
    "uid": "uid",
}

LANGUAGES: dict[str, dict[Field, str]] = {
    "sv": SWEDISH, "da": DANISH, "no": NORWEGIAN, "en": ENGLISH, "fi": FINNISH,
}  # fmt: skip

# An address book has such a column for «Dr» too, beside one for the job.
PERHAPS_JOB_TITLE = "titel, title, tittel"
# Before a comma in such a column stands the family name.
FAMILY_NAME_FIRST = (
    "efternamn förnamn, efternamn och förnamn, efternavn fornavn, efternavn og fornavn, etternavn fornavn,"
    " etternavn og fornavn, last name first name, sukunimi etunimi, sukunimi ja etunimi"
)
DATES = (
    "datum, födelsedag, födelsedatum, född, senast köpt, kund sedan, medlem sedan, skapad, ändrad, registrerad,"
    " dato, fødselsdag, fødselsdato, født, oprettet, opprettet, medlem siden, kunde siden, date, birthday, birth date,"
    " date of birth, born, created, updated, last purchase, customer since, member since, anniversary, create date,"
    " last activity date, päivämäärä, syntymäpäivä, syntymäaika, luotu"
)

# Words around the real one: «E-post (privat)», «Customer e-mail», «Telefon 2».
QUALIFIERS = (
    "privat privata private personal personlig personligt arbete arbeid arbejde jobb job work business hem hjem home"
    " primary primär primær main huvud other annan annat anden annen extra alternativ alternative secondary"
    " kund kunds kundens kunde kundes kundens customer client kontakt kontakts contact nr no nummer number value"
    " faktura fakturerings fakturering leverans leverings levering billing shipping invoice delivery offert order"
    " besöks besøks besøgs hemma koti työ muu laskutus toimitus mobile mobil direkt direct"
)

# In one word with the real one: «Faktureringsort», «Leveranspostnummer», «Kundepost».
PREFIXES = (
    "fakturerings faktura leverans leverings levering besöks besøks besøgs hem hjemme hjem arbets arbejds arbeids"
    " kontakt kunde kund företags firma privat jobb laskutus toimitus koti työ"
)
# Before or after the part of an address that a column holds: «Fakturaadress postnr», «Address 1: City».
ADDRESSES = (
    "adress adresse address osoite fakturaadress fakturaadresse faktureringsadress faktureringsadresse"
    " leveransadress leveringsadresse besöksadress besøksadresse besøgsadresse postadress postadresse"
    " arbetsadress arbejdsadresse arbeidsadresse hemadress hjemmeadresse privatadress privatadresse"
)
# Whose identity number it is.
OWNERS = "kund kunds kundens kunde kundes kundens customer client kontakt kontakts contact företag företagets firma"

# A sole trader's organisation number is a personal number, so these count as identity numbers too.
IDENTITY_NUMBERS = (
    "personnummer, personnr, persnr, pers nr, pnr, person id, samordningsnummer, samordningsnr, personnummer orgnr,"
    " pers org nr, person organisationsnummer, org pers nr, organisationsnummer, organisationsnr, orgnr, org nummer,"
    " org number, cpr, cpr nr, cpr nummer, cvr, cvr nr, cvr nummer, se nr, fødselsnummer, fødselsnr, fnr, d nummer,"
    " organisasjonsnummer, organisasjonsnr, henkilötunnus, hetu, y tunnus, ssn, social security number,"
    " national id, national id number, identity number, id number, id nummer, personal number, passport number,"
    " passnummer, passnr, vat, vat no, vat number, vat id, moms nr, momsnummer, momsregistreringsnummer, mva nr,"
    " organisation number, organization number, company number, registration number, tax id,"
    " org personnummer, organisations personnummer, organisationsnummer personnummer,"
    " personnummer organisationsnummer, org nr personnr, org nr personnummer, orgnr personnr, orgnr pnr,"
    " cvr se nr, cvr nr se nr, government id number, vat identification number, vat nummer, momsnr, momsreg nr,"
    " mva nummer, alv nro, alv numero, ytunnus, sosiaaliturvatunnus, asiakkaan henkilötunnus,"
    " tax number, skattenummer, födelsenummer"
)
# Words that mean nothing else, whatever stands beside them in a heading.
SURELY_IDENTITY_NUMBERS = (
    "personnummer personnr samordningsnummer cprnummer cprnr cpr fødselsnummer fødselsnr henkilötunnus"
    " sosiaaliturvatunnus"
)

PERSONS = (
    "person, privat, privatperson, privatkund, privatkunde, private, individual, konsument, forbruger, forbruker,"
    " henkilö, yksityinen, yksityishenkilö"
)
ORGANISATIONS = (
    "företag, företagskund, bolag, firma, organisation, förening, virksomhed, virksomhet, erhverv, erhvervskunde,"
    " bedrift, bedriftskunde, organisasjon, forening, company, business, organization, association, b2b,"
    " yritys, yhdistys, yhteisö"
)

TOTALS = (
    "summa, summan, totalt, total, totalsumma, totaler, totals, grand total, sum, i alt, ialt, tilsammans,"
    " sammanlagt, samlet, antal, antal kunder, antall, antall kunder, antal poster, antal rader, count,"
    " yhteensä"
)

NO_VALUE = (
    "saknas, ingen, inget, inga, okänd, okänt, mangler, ukendt, ukjent, none, null, unknown, n/a, ej angivet,"
    " puuttuu, tuntematon, ei ole, ei tiedossa"
)
