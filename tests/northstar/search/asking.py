"""Searches as people type them, each with what must be among the first three results.

They are asked of the demo's normal data. One line a search: what is typed | what must be found.
Where several may be meant, they stand between slashes. Whoever asks is in the heading.
"""

# Everybody finds these: visitors, members and staff.
OPEN = """
# as written
solceller                    | Solceller på taket
Umeå kommun                  | Umeå kommun
RISE                         | RISE
biogas                       | Gödsel till biogas
verktygspool                 | Verktygspool på byggena
personuppgifter              | Personuppgifter
# misspelt
klimmat                      | Klimatmål i chefsavtalen / Klimatbokslut varje år
solceler                     | Solceller på taket
sollceller                   | Solceller på taket
cyckel                       | Föreningen Cykelstaden / Förmånscyklar till alla
cykkelstaden                 | Föreningen Cykelstaden
vetilation                   | Nattsänkt ventilation
vänteåtervinning             | Värmeåtervinning i kylrummen
matsvinet                    | Matsvinnet vägs varje dag
bagerie                      | Björkgatans Bageri
loggistik                    | Stigbygeln Logistik
fastighter                   | Tallåsens Fastigheter
hotel                        | Snöripan Hotell
restauranng                  | Kajplatsens Restauranger
mejjeri                      | Kvarnforsens Mejeri
norskenet                    | Norrskenets Bygg
samlasning                   | Samlastning med grannarna
tilgänglighet                | Tillgänglighet
personupgifter               | Personuppgifter
elblar                       | Elbilar i poolen
fönser                       | Nya fönster i hus B
# letters that have changed places
solcleler                    | Solceller på taket
fnöster                      | Nya fönster i hus B
arkitetker                   | Nordhem Arkitekter
# other forms
klimatåtgärderna             | Åtgärder
åtgärd                       | Åtgärder
cykeln                       | Föreningen Cykelstaden / Förmånscyklar till alla
cyklar                       | Förmånscyklar till alla / Föreningen Cykelstaden
solcellerna                  | Solceller på taket
solcell                      | Solceller på taket
möbel                        | Möbler på nytt
möblerna                     | Möbler på nytt
fönstren                     | Nya fönster i hus B
datorerna                    | Datorer i fem år
bostad                       | Älvstrandens Bostäder / Umbrinkens Bostadsrätter
hotellet                     | Snöripan Hotell
skolorna                     | Åbackens Skolor
bilen                        | Elbilar i poolen
tågen                        | Tåg före flyg under 70 mil
skogen                       | Skog som står kvar
partnerna                    | Partner
träffarna                    | Träffar
chefsavtal                   | Klimatmål i chefsavtalen
laddplatserna                | Laddplatser för besökare
# compounds, and parts of them
elbil                        | Elbilar i poolen
återvinning                  | Värmeåtervinning i kylrummen
ventilation                  | Nattsänkt ventilation
cykel                        | Föreningen Cykelstaden / Förmånscyklar till alla
plast                        | Engångsplast bort ur köken
kläder                       | Arbetskläder som lagas
pool                         | Elbilar i poolen / Verktygspool på byggena
laddstolpe                   | Laddplatser för besökare
bokslut                      | Klimatbokslut varje år
stomme                       | Trästomme i stället för betong
# half words
solc                         | Solceller på taket
matsv                        | Matsvinnet vägs varje dag
växtb                        | Växtbaserat som förval
fjällv                       | Fjällvinden Energi
tillg                        | Tillgänglighet
# å, ä and ö, with and without dots
atgarder                     | Åtgärder
fonster                      | Nya fönster i hus B
varmeatervinning             | Värmeåtervinning i kylrummen
alvstranden                  | Älvstrandens Bostäder
umea kommun                  | Umeå kommun
godsel                       | Gödsel till biogas
tag fore flyg                | Tåg före flyg under 70 mil
matsvinnet vags              | Matsvinnet vägs varje dag
mat                          | Matsvinnet vägs varje dag
# several words, in any order
taket solceller              | Solceller på taket
flyg tåg                     | Tåg före flyg under 70 mil
kommunföretag umeå           | Umeå kommunföretag
bygg norrskenet              | Norrskenets Bygg
klimatkrav inköp             | Klimatkrav på de tio största inköpen
fossilfri diesel             | HVO i arbetsmaskinerna
solceler tak                 | Solceller på taket
# English names of pages
measures                     | Åtgärder
accessibility                | Tillgänglighet
acessibility                 | Tillgänglighet
personal data                | Personuppgifter
privacy                      | Personuppgifter
login                        | Logga in
logga inn                    | Logga in
lösenord                     | Logga in
gdpr                         | Personuppgifter
# and more of all kinds
energi                       | Fjällvinden Energi / Energiombud i varje hus
ennergi                      | Fjällvinden Energi / Energiombud i varje hus
energin                      | Fjällvinden Energi / Energiombud i varje hus
trasport                     | Sandåkers Transport
transporter                  | Sandåkers Transport
buss                         | Kustlinjens Bussar
bussarna                     | Kustlinjens Bussar
försäkring                   | Polstjärnans Försäkringar
försäkringsbolag             | Polstjärnans Försäkringar
forsakringar                 | Polstjärnans Försäkringar
återbruk                     | Mossans Återbruk
återburk                     | Mossans Återbruk
atervinning                  | Värmeåtervinning i kylrummen
värme                        | Värmeåtervinning i kylrummen / Fjärrvärme i stället för olja
skola                        | Åbackens Skolor
förening                     | Föreningen Cykelstaden
foreningen cykelstaden       | Föreningen Cykelstaden
vårdcentralen                | Sjukhusgatans Vårdcentral
vårdsentral                  | Sjukhusgatans Vårdcentral
sjukhus                      | Sjukhusgatans Vårdcentral
lantbruket                   | Grönåkers Lantbruk
landbruk                     | Grönåkers Lantbruk
isälven                      | Isälvens Vatten
isalven                      | Isälvens Vatten
handelsträgård               | Österängens Handelsträdgård
trädgård                     | Österängens Handelsträdgård
tradgard                     | Österängens Handelsträdgård
programmvara                 | Rimfrost Programvara
sparbank                     | Sparbanken Älvdalen Norr
sparbanker                   | Sparbanken Älvdalen Norr
led                          | Byte till LED i alla hallar
hvo                          | HVO i arbetsmaskinerna
arbetsmaskin                 | HVO i arbetsmaskinerna
maskiner                     | HVO i arbetsmaskinerna
utsläpp                      | Åtgärder
utslepp                      | Åtgärder
partner                      | Partner
partners                     | Partner
traffar                      | Träffar
sessions                     | Träffar
cookies                      | Personuppgifter
tillgangliget                | Tillgänglighet
personuppgift                | Personuppgifter
gå med                       | Gå med och bli partner
klimatfärdplan               | Om klimatfärdplanen
klimatfardplanen             | Om klimatfärdplanen
Umea                         | Umeå kommun / Umeå kommunföretag
kommun                       | Umeå kommun
komun                        | Umeå kommun
institut                     | Institutet för Kalla Städer
städer                       | Institutet för Kalla Städer
inköp                        | Klimatkrav på de tio största inköpen
innköp                       | Klimatkrav på de tio största inköpen
inköpet                      | Klimatkrav på de tio största inköpen
mobler                       | Möbler på nytt
möbbler                      | Möbler på nytt
betong                       | Trästomme i stället för betong
trästome                     | Trästomme i stället för betong
ventilasjon                  | Nattsänkt ventilation
dator                        | Datorer i fem år
datorer fem ar               | Datorer i fem år
odlare                       | Stadsodlarna i Haga
hyresgäst                    | Hyresgästringen Öst
takentreprenör               | Solsidans Takentreprenad
konsult                      | Brofästets Teknikkonsulter
"""

# Found among measures that are made by hand, beside the demo's data.
BY_HAND = """
bilpool                      | Elbilspool i Haga / En bilpool för alla bolag
elbil                        | Elbilspool i Haga / Elbilar i poolen
elbilspol                    | Elbilspool i Haga
elbilspoolen                 | Elbilspool i Haga
poolbil                      | Elbilspool i Haga / Elbilar i poolen
biblotek                     | Bibliotek för verktyg
bibliotekets                 | Bibliotek för verktyg
fjärvärme                    | Fjärrvärme i stället för olja
fjarrvarme                   | Fjärrvärme i stället för olja
tag                          | Tag till vara resterna
tåg                          | Tåglinje till hamnen / Tåg före flyg under 70 mil
"""

# Those who act for a partner, and staff, find these, too.
PARTNERS = """
budget                       | Budget som hjälper klimatet
budjet                       | Budget som hjälper klimatet
budgetar                     | Budget som hjälper klimatet
rutiner                      | När rutinerna står i vägen
rutin                        | När rutinerna står i vägen
upphandling                  | Upphandla med klimatet
uphandla                     | Upphandla med klimatet
upphandlingar                | Upphandla med klimatet
trygghet                     | Trygghet att säga som det är
tryghet                      | Trygghet att säga som det är
trygg                        | Trygghet att säga som det är
procurement                  | Upphandla med klimatet
routines                     | När rutinerna står i vägen
nar rutinerna star i vagen   | När rutinerna står i vägen
värmen                       | Värmen som blev över
spillvärme                   | Värmen som blev över
leveranser                   | Fossilfria leveranser i stan
fosilfria leveranser         | Fossilfria leveranser i stan
lastbil                      | Fossilfria leveranser i stan
frukost                      | Träffar / Fossilfria leveranser i stan / Värmen som blev över
klimatet hjälper budget      | Budget som hjälper klimatet
"""

# Things that are in no demo, and forty searches for them that nobody has tuned for.
MEASURES = """
Elbilspool för hemtjänsten
Lastcyklar i centrum
Återbrukade kontorsmöbler
Solpaneler på simhallen
Matlådor utan engångsplast
Bergvärme i församlingshemmet
Isolerade vindar
Närodlat i storköket
Tågresor till konferenser
Tag hand om spillet
Biogasbussar på linje 9
Delade verktyg i kvarteret
Smartare styrning av ventilationen
Träbyggnad i fem våningar
Kortare tvättprogram
"""
ORGANISATIONS = """
Norrlandsköket
Vännfors Åkeri
Tvätteriet Lyan
Kyrkans Förskolor
Ångpannans Bryggeri
Skidförbundet Väst
Granbergs Mekaniska
Fastighetsbolaget Kronan
"""
FORTY = """
elbil                     | Elbilspool för hemtjänsten
elbilar                   | Elbilspool för hemtjänsten
bilpool                   | Elbilspool för hemtjänsten
hemtjänst                 | Elbilspool för hemtjänsten
lastcykel                 | Lastcyklar i centrum
lastcyckel                | Lastcyklar i centrum
cykel                     | Lastcyklar i centrum
återbruk                  | Återbrukade kontorsmöbler
aterbruk                  | Återbrukade kontorsmöbler
kontorsmöbel              | Återbrukade kontorsmöbler
möbler                    | Återbrukade kontorsmöbler
solpanel                  | Solpaneler på simhallen
sollpaneler               | Solpaneler på simhallen
simhall                   | Solpaneler på simhallen
matlåda                   | Matlådor utan engångsplast
plasten                   | Matlådor utan engångsplast
bergvarme                 | Bergvärme i församlingshemmet
bergväme                  | Bergvärme i församlingshemmet
församling                | Bergvärme i församlingshemmet
isolering                 | Isolerade vindar
närodlad                  | Närodlat i storköket
storkök                   | Närodlat i storköket / Norrlandsköket
tåg                       | Tågresor till konferenser
tågresa                   | Tågresor till konferenser
konferans                 | Tågresor till konferenser
tag                       | Tag hand om spillet
biogas                    | Biogasbussar på linje 9
bussar                    | Biogasbussar på linje 9
verktyg                   | Delade verktyg i kvarteret
verktygen                 | Delade verktyg i kvarteret
ventilasjon               | Smartare styrning av ventilationen
styrningen                | Smartare styrning av ventilationen
träbygg                   | Träbyggnad i fem våningar
vaningar                  | Träbyggnad i fem våningar
tvätt                     | Kortare tvättprogram / Tvätteriet Lyan
åkeriet                   | Vännfors Åkeri
vännfårs                  | Vännfors Åkeri
förskola                  | Kyrkans Förskolor
angpanna                  | Ångpannans Bryggeri
fastighet                 | Fastighetsbolaget Kronan
"""


def rows(table):
    """Yield (what is typed, the titles of which one must be found)."""
    for line in table.strip().splitlines():
        if not line.startswith("#"):
            typed, _, wanted = line.partition("|")
            yield typed.strip(), [title.strip() for title in wanted.split(" / ")]
