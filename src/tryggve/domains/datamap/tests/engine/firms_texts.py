"""What lies about in small firms, with invented people: each name stands in braces. No recogniser learned from it."""

from typing import Final

SWEDISH: Final = """
Hej {Åsa}!

Tack för senast. Jag har pratat med {Bengt Öhrnell} om offerten, och han vill att du ringer {Fatima Yilmaz} på fredag.
Kan du också skicka fakturan till Kvarnby Plåt AB, att: {Lennart Sjögrensson}? Leveransen går till Lager 2 i Borås.

Med vänliga hälsningar
{Pernilla Hallqvist}
Hallqvist Bygg & Måleri AB
Storgatan 14, 331 30 Värnamo
---
Deltagare på mässan i Jönköping

{Anna-Karin Wretman}, Elmia
{Mohamed Al-Rashid}, Nordplast
{Jörgen Tallberg}, Vaggeryds Snickeri
{Ewa Kowalska}, Polstjärnan Städ
{Gun-Britt Råsmark}, Hushållningssällskapet
---
Protokoll styrelsemöte Björkdalens IF

Närvarande: {Ulf Brännström} (ordf.), {Camilla Ståhlnacke} (kassör), {Peter Forsman}, {Hanna Lidgren}
Frånvarande: {Roger Åhs}

§ 3. {Brännström} öppnade mötet. {Hanna Lidgren} valdes till sekreterare. {Forsman} rapporterade att Sparbanken har
sagt nej till lånet. Nästa möte hålls i Folkets Hus tisdagen den 4 mars.
---
Från: {Tobias Wennerholm}
Till: {Malin Carlgren}
Ämne: Semester vecka 29

Hej {Malin},
är det okej att jag byter med {Stefan}? {Elif} kan ta kassan på Ica Maxi medan {Johan Ekberg} är i Grekland.
/{Tobias}
---
Reklamation. Kunden {Ingegerd Blomdahl} köpte ett kylskåp av märket Electrolux den 12 maj. Säljare var {Kent Ivarsson}.
Enligt fru {Blomdahl} har Elgiganten i Kalmar vägrat byta det. Advokat {Göran Tegnhed} har skrivit till Konsumentverket.
---
Kontaktperson: {Lena Marklund}
Kund: {Hussein Karimi}
Objekt: Villa Solbacken, Nacka
Anteckning: Ring {Karimi} före tolv. Nyckel hos grannen {Siv Hedlund}.
---
Simskola hösten, grupp Pingvinen. Tränare {Oskar Thunborg}. Barn: {Ella Nyroos}, {William Fagerlind}, {Amira Hassan},
{Nils-Petter Backe}. Vårdnadshavare till {Ella} är {Kristina Nyroos}. Badhuset i Mora är stängt på Kristi himmelsfärd.
---
Intyg

Härmed intygas att {Margareta Söderlind} har arbetat som frisör på Salong Saxen i Lund mellan 2015 och 2019. Hon har
varit omtyckt. {Söderlind} slutade på egen begäran.

{Robert Kvist}, ägare
---
Bokning bord: {Wallander}, 4 personer, kl 19. {Noomi Elfström} (allergi), {Per-Olof Zetterqvist}, sällskap från Volvo.
Glöm inte att beställa fisk från Feskekörka och vin från Systembolaget.
"""

DANISH: Final = """
Kære {Birthe}

Vi har aftalt med {Mogens Skovgaard}, at tømrer {Henning Bach} kommer tirsdag kl. 9. Nøglen ligger hos fru {Thygesen} i
nr. 14. Materialerne hentes hos Bauhaus i Roskilde.

Venlig hilsen
{Susanne Kjærsgaard}
Kjærsgaards Blomster ApS
Nørregade 7, 4100 Ringsted
---
Deltagere på kurset i Vejle

{Anne-Mette Brandstrup}, Jysk
{Ahmed Al-Khatib}, Fynbo Frugt
{Jørn Tornbjerg}, Hedensted Kommune
{Agnieszka Nowak}, Rengøring Nord
{Lis Hvidtfeldt}, Dansk Røde Kors
---
Referat af bestyrelsesmøde i Egebjerg Idrætsforening

Til stede: {Ulla Damsgaard} (formand), {Preben Kofoed} (kasserer), {Peter Lauge}, {Hanne Østerby}
Afbud: {Bo Winther}

Punkt 3. {Damsgaard} bød velkommen. {Hanne Østerby} blev valgt til dirigent. {Kofoed} fortalte, at Nordea har sagt nej
til lånet. Næste møde er i Forsamlingshuset tirsdag den 4. marts.
---
Fra: {Thomas Vestergaard}
Til: {Mia Rosenkilde}
Emne: Ferie uge 29

Hej {Mia}
er det i orden, at jeg bytter med {Steffen}? {Aylin} kan tage kassen i Netto, mens {Jonas Ejlersen} er i Grækenland.
/{Thomas}
---
Reklamation. Kunden {Ingrid Bloch} købte et køleskab af mærket Gram den 12. maj. Sælger var {Kent Overgaard}.
Ifølge fru {Bloch} har Elgiganten i Kolding afvist at bytte det. Advokat {Gorm Tranekær} har skrevet til Forbrugerrådet.
---
Kontaktperson: {Lene Markussen}
Kunde: {Hussein Karimi}
Sag: Villa Solbakken, Hellerup
Note: Ring til {Karimi} før tolv. Nøgle hos naboen {Solvej Hedegaard}.
---
Svømmeskole efterår, hold Pingvinen. Træner {Oskar Thorup}. Børn: {Ella Nyrup}, {William Fuglsang}, {Amira Hassan},
{Niels-Peter Bak}. Forælder til {Ella} er {Kirsten Nyrup}. Svømmehallen i Skive holder lukket Kristi himmelfartsdag.
---
Erklæring

Det bekræftes, at {Margrethe Søndergaard} har arbejdet som frisør hos Salon Saksen i Odense fra 2015 til 2019. Hun har
været vellidt. {Søndergaard} fratrådte efter eget ønske.

{Robert Qvist}, indehaver
---
Bord bestilt: {Wivel}, 4 personer, kl. 19. {Naja Elkjær} (allergi), {Poul-Erik Zacho}, selskab fra Grundfos.
Husk at bestille fisk fra Thyborøn og vin fra Føtex.
"""

NORWEGIAN: Final = """
Hei {Ingvild}

Kan du ringe {Torbjørn Haugland} i morgen? {Kåre Nesset} sier at rørene kommer fra Biltema på mandag, og at vi må
betale Sparebanken før påske.

Vennlig hilsen
{Solfrid Bakkevold}
Bakkevold Regnskap AS
---
Oppmøte dugnad: {Geir Tveit}, {Marit Sørlie}, {Nasreen Akhtar}, {Odd-Arne Myhre}. {Tveit} tar med kaffe fra Kiwi.
"""
