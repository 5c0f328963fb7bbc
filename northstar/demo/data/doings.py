"""What each of the demo's organisations does for the climate, and the step it may begin with."""

import re
from typing import NamedTuple

BEGINS = "När "  # a step, and no description


class Doing(NamedTuple):
    """A measure that fits its organisation, and the next step that it could grow out of."""

    area: str  # key of the focus area
    title: str
    usual_t: int | None  # tonnes CO2e a year; None where it only makes others possible
    description: str
    when: str  # "När … ska vi …"; "" where it began otherwise
    then: str


def _read(text: str) -> dict[str, list[Doing]]:
    """Each organisation with its measures: area, tonnes and title; what it is; the step."""
    found: dict[str, list[Doing]] = {}
    for block in re.split(r"\n(?=\S)", text.strip()):
        name, *measures = re.split(r"\n  (?=\S)", block)
        found[name] = [_doing(*measure.split("\n    ")) for measure in measures]
    return found


def _doing(first: str, *told: str) -> Doing:
    area, tonnes, title = first.split(" ", 2)
    steps = [line for line in told if line.startswith(BEGINS)]
    when, _, then = (steps[0] if steps else "").removeprefix(BEGINS).partition(": ")
    description = " ".join(line for line in told if line not in steps)
    return Doing(area, title, None if tonnes == "-" else int(tonnes), description, when, then)


DOINGS = _read("""
Norrskenets Bygg
  mobility 17 Elbilar i poolen
    Alla sex poolbilar byts till elbilar när leasingavtalen går ut.
    När leasingavtalet för bilarna går ut: beställa elbilar i stället
  consumption 16 Verktygspool på byggena
    Tre byggen delar maskiner och ställningar i stället för att hyra var för sig.
    När ett nytt bygge startar: titta i verktygspoolen innan vi hyr
  energy 24 Elvärmda bodar med närvarostyrning
    Bodarna värms bara när någon är där. Styrningen flyttar med mellan byggena.
Umeå kommun
  mobility 4800 Bussfiler och nya regler för parkering
    Bussen får egen fil på fem infarter, och parkeringen kostar mer ju närmare centrum man
    kör. Beräknat med kommunens trafikmodell: 9 procent färre bilresor.
    När parkeringsreglerna ska upp i nämnden: visa vad bilresorna släpper ut
  consumption 640 Klimatkrav på de tio största inköpen
    Kraven följs upp en gång om året tillsammans med leverantörerna.
    När en ramupphandling ska göras om: skriva in klimatkrav som går att följa upp
  food 270 Växtbaserat som förval i skolköken
    Den gröna rätten står först på matsedeln och först i kön.
    När matsedeln för hösten skrivs: lägga den gröna rätten överst
  mobility 85 Cykelvägarna plogas först
    De tjugo mest cyklade sträckorna är klara före klockan sex.
    När plogningen planeras: börja med de mest cyklade vägarna
RISE
  other - Räknehjälp för små partner
    Två timmar med en forskare för den som vill räkna på en åtgärd.
    När en partner frågar hur man räknar: boka in en räknestund
  mobility 28 Tåg till möten i Norden
    Resan räknas som arbetstid, och bokningen visar tåget först.
    När ett möte i Norden bokas: åka tåg åtminstone ena vägen
Umeå kommunföretag
  energy 1300 De sista oljepannorna tas bort
    Fjorton hus som bolagen äger får fjärrvärme eller bergvärme. Oljan mäts vid varje påfyllning.
    När en oljepanna går sönder: byta värmekälla i stället för att laga pannan
  other - Klimatmål i ägardirektiven
    Varje bolag har ett mål som följs upp i december.
    När ägardirektiven skrivs om: föreslå ett klimatmål per bolag
  mobility 75 En bilpool för alla bolag
    Fyra bolag delar trettio elbilar i stället för att ha femtio egna.
    När en tjänstebil ska bytas: fråga om bilpoolen räcker
Björkgatans Bageri
  food 6 Gårdagens bröd blir skorpor
    Osålt bröd blir skorpor och ströbröd i stället för avfall.
    När vi planerar nästa veckas bak: baka efter vad som såldes förra veckan
Fjällvinden Energi
  energy 14000 Koldioxiden fångas in vid kraftvärmeverket
    Koldioxiden från plasten som är kvar i bränslet skiljs av ur rökgasen, kyls ner och lagras
    under havet. Beräknat på andelen fossilt i bränslet, som mäts varje månad.
    När rökgasreningen byggs om: lämna plats för en avskiljare
  energy 6400 Spetsvärme utan olja
    De kallaste dagarna klaras med ackumulerad värme och biobränsle. Beräknat på 2 400
    kubikmeter olja per år, snittet av fem vintrar.
    När pannorna servas i sommar: mäta hur ofta oljepannan går in
  energy 2300 Spillvärme från datahallen
    Datahallens överskott går in i fjärrvärmenätet. Mäts i växlaren, timme för timme.
Tallåsens Fastigheter
  energy 31 Nya fönster i kvarteret Tallen
    Treglasfönster i 86 lägenheter, ett trapphus i taget.
    När underhållsplanen ses över: räkna på energin i fönsterbytena
Kvarnforsens Mejeri
  energy 2400 Ånga av biogas i stället för gasol
    Två ångpannor får nya brännare och eldas med gas från gårdarnas gödsel. Beräknat på
    gasolen vi köper, 800 ton per år.
    När gasolavtalet går ut: begära in pris på biogas
  energy 148 Värmen från kylrummen tas till vara
    Överskottsvärmen värmer diskvattnet och lagerlokalerna.
    När kylmaskinerna byts: fråga grannen om de vill ha värmen
Stigbygeln Logistik
  mobility 2100 Tjugo eldrivna lastbilar till
    Halva vagnparken går på el när laddplatserna i Umeå, Lycksele och Sundsvall är klara.
    Beräknat på 105 ton per bil och år, efter de bilar vi har.
    När en dragbil ska bytas: räkna på en eldriven dragbil
  mobility 240 Varutransporter samordnas i centrum
    Fem butikskedjor delar bilar för den sista biten in till centrum.
    När turlistorna görs om: fråga grannarna om samlastning
Älvstrandens Bostäder
  energy 900 Värmen styrs efter vädret
    Givare i var fjärde av 6 000 lägenheter håller 21 grader, varken mer eller mindre.
    Mäts i husens fjärrvärmecentraler, jämfört med ett normalt år.
    När styrningen ses över i höst: sänka till 21 grader där det är varmare
  energy 410 Trästomme i kvarteret Sälgen
    Hundra nya lägenheter får stomme av trä från länet.
    När nästa kvarter ritas: be om ett alternativ i trä
  energy - Energiombud i varje hus
    En hyresgäst i varje hus följer förbrukningen och tipsar grannarna.
Västra Lärcentrum
  other - Klimatet in i alla yrkesprogram
    Varje program har minst en uppgift om branschens utsläpp.
    När kursplanerna ses över: lägga in en uppgift om branschens utsläpp
Grönåkers Lantbruk
  food 188 Gödsel till biogas
    Gårdens gödsel rötas tillsammans med grannarnas.
    När gödselbrunnen ska tömmas: ringa biogasanläggningen först
Föreningen Cykelstaden
  mobility 9 Vinterhjul till hundra cyklister
    Hundra bilpendlare får låna dubbdäck, lyse och ett rum att torka kläder i.
    När vintern kommer: fråga tio bilpendlare om de vill prova
Ljusfallets Konsert och Scen
  energy 8 LED i alla strålkastare
    Scenljuset dras ner till en femtedel av elen.
    När vi bokar nästa turné: fråga artisterna vilket ljus de behöver
Nordhem Arkitekter
  energy - Klimatkalkyl i varje skiss
    Beställaren ser stommens utsläpp redan vid första mötet.
    När ett nytt uppdrag börjar: visa klimatkalkylen vid första mötet
Sjukhusgatans Vårdcentral
  consumption 5 Färre engångsartiklar i provtagningen
    Stasband, rondskålar och brickor som tål att diskas.
    När förrådet beställs: välja det som går att diska
Snöripan Hotell
  food 13 Frukosten följer beläggningen
    Köket väger det som blir över och lagar efter hur många som bor.
    När frukosten planeras: laga efter hur många som bor hos oss
Isälvens Vatten
  other 1300 Mindre lustgas från reningen
    Luften över bassängerna samlas in och renas. Mätt under ett halvår på en bassäng av fyra.
    När nästa bassäng töms: sätta in givare för lustgas
  energy 96 Smartare luftning i reningsverket
    Blåsmaskinerna styrs av hur mycket syre vattnet behöver.
    När blåsmaskinerna servas: prova att sänka luftningen om natten
Renmarkens Idrottsallians
  mobility 11 Samåkning till bortamatcher
    Lagen bokar buss eller full bil genom kansliet.
    När spelschemat kommer: boka buss till de längsta resorna
Kustlinjens Bussar
  mobility 640 Elbussar på kustlinjerna
    Åtta dieselbussar byts när avtalet förnyas. Beräknat på dieseln som åtgår i dag.
    När trafikavtalet förnyas: räkna på elbussar för alla turer
Trädrikets Sågverk
  energy 1650 Torkarna värms med bark
    Barken från det egna virket ersätter de sista 600 kubikmeterna olja per år.
    När torkarna stannar för service: mäta vad barkpannan klarar
Kretsloppsverket Norr
  consumption 5200 Plasten sorteras ut före pannan
    Eftersortering tar hand om 1 900 ton plast per år som annars hade eldats. Det som sorteras
    ut vägs, och varje kvartal plockas ett prov av det som går till pannan.
    När sorteringen byggs om: väga hur mycket plast som går i pannan
  consumption - Byggdelar i digitalt lager
    Det som rivs ut fotograferas och läggs upp så att andra hittar det.
Åbackens Skolor
  food 21 Matsvinnet vägs varje dag
    Eleverna ser gårdagens svinn på väg in i matsalen.
    När terminen börjar: väga matsvinnet i två veckor
Österängens Handelsträdgård
  food 27 Torvfri jord i alla krukor
    Torven byts mot kompost och träfiber, en kultur i taget.
    När vi beställer jord till våren: prova torvfritt i ett växthus
Polstjärnans Försäkringar
  mobility 34 Tåg före flyg under 70 mil
    Ny resepolicy, och en bokning som visar tåget först.
    När någon bokar en resa söderut: visa tåget först
Hjortronmyrens Livsmedel
  consumption 18 Tunnare förpackningar
    Bärburkarna får lättare lock och returbackar.
    När förpackningarna beställs: fråga efter lättare lock
Institutet för Kalla Städer
  other - Öppna data om värme i norr
    Timvärden från tjugo hus, fria för alla att räkna på.
    När mätserien är klar: lägga ut mätserien så att alla kan räkna
Brofästets Teknikkonsulter
  mobility 12 Möten på distans först
    Vi reser när mötet kräver det, och frågar oss varje gång.
    När en kund vill ses: fråga om mötet kan vara digitalt
Lokaltrafiken i Lövlunda
  mobility 1650 Elbussar på alla stadslinjer
    De sista tjugotvå dieselbussarna byts under tre år. Räknat på 75 ton per buss och år.
    När depån byggs ut: dra fram el till alla platser
Vinterstadens Näringslivsklubb
  other - Klimatkväll varje kvartal
    Ett företag visar siffrorna, de andra frågar.
    När nästa kvällsmöte planeras: be ett företag visa sina siffror
Skogsbrynets Friluftsråd
  other 40 Sextio hektar skog som står kvar
    Markägaren och rådet har skrivit ett avtal på femtio år.
    När skötselplanen görs om: lämna skogen närmast sjön
Ekovik Redovisning
  other - Klimatbokslut till kunderna
    Fyrtio småföretag får utsläppen på samma sida som resultatet.
    När boksluten skickas ut: lägga till utsläppen i boksluten
Mossans Återbruk
  consumption 58 Byggmaterial får ett andra liv
    Dörrar, tegel och kakel säljs vidare i stället för att krossas.
    När en rivning anmäls: hämta dörrarna innan de krossas
Kajplatsens Restauranger
  food 46 Halva köttet, dubbla smaken
    Två av tre luncher lagas utan nötkött.
    När lunchmenyn skrivs: byta nötkött mot ärtor två dagar i veckan
Backens Byggvaror
  mobility 22 Eldriven lastbil för hemkörning
    De flesta leveranser är kortare än fyra mil.
    När lastbilen ska bytas: provköra en eldriven lastbil
Frostvikens Fjärrkyla
  energy 130 Älvens kyla till sjukhuset
    Kallt älvvatten tar över efter kompressorerna.
    När en kylmaskin är uttjänt: räkna på kyla från älven
Sparbanken Älvdalen Norr
  other - Gröna lån till bostadsrättsföreningar
    Lägre ränta för den som sänker energin med en tredjedel.
    När en förening ansöker om lån: fråga efter energiplanen
Lyktans Folkhögskola
  food 4 Grönsaker från egna odlingen
    Kursen i odling förser köket från juli till november.
    När köket planerar hösten: köpa från odlingskursen först
Hyresgästringen Öst
  energy 3 Tvättider när elen är ren
    Tvättstugans tavla visar vilka timmar som är bäst.
    När tavlan i tvättstugan byts: visa vilka timmar elen är renast
Rimfrost Programvara
  consumption 8 Datorer i fem år
    Längre avtal och batteribyte efter tre år.
    När datorerna är tre år: byta batteri i stället för dator
Videgårdens Omsorg
  mobility 14 Elcyklar i hemtjänsten
    Varannan tur i centrum går med elcykel.
    När hemtjänstens turer läggs: cykla de kortaste turerna i hemtjänsten
Nattljusets El
  energy - Laddning när nätet har gott om el
    Tvåhundra laddplatser startar när efterfrågan är låg.
    När nya laddplatser sätts upp: ställa in laddning om natten
Torgets Handlare
  mobility 19 En gemensam hemkörning
    Nitton butiker delar två elbilar.
    När julhandeln planeras: samla hemkörningarna i en tur
Vindeltråget Textil
  consumption 7 Arbetskläder som lagas
    Plagg lagas och hyrs ut igen i stället för att kasseras.
    När kläder lämnas in: laga innan vi byter
Sandåkers Transport
  mobility 1750 HVO i arbetsmaskinerna
    Fossilfri diesel i alla maskiner som inte kan bytas än, 700 kubikmeter per år. Mäts på
    fakturorna från leverantören.
    När drivmedlet upphandlas: be om pris på HVO
Nya Ladan Konferens
  energy 22 Solceller på ladan
    420 kvadratmeter på det södra taket täcker sommarens behov.
    När taket läggs om: fråga om pris på solceller
Pärlugglans Förlag
  consumption 5 Tryck efter beställning
    Mindre upplagor, och inga böcker som mals ner.
    När nästa upplaga bestäms: trycka hälften och fylla på
Blåklintens Kooperativ
  food 6 Kortare väg från åker till kök
    Tre gårdar levererar direkt till medlemmarna.
    När säsongen börjar: fråga två gårdar till om de vill leverera
Umbrinkens Bostadsrätter
  energy 64 Bergvärme i stället för direktel
    Fyra hus på rad delar borrhål.
    När elementen ska bytas: ta in en offert på bergvärme
Stadsodlarna i Haga
  other 3 Kompost i kvarteret
    Nittio hushåll lämnar matavfall som blir jord.
    När komposten öppnar i maj: bjuda in tio hushåll till komposten
Granatens Verkstäder
  energy 28 Tryckluft utan läckor
    Läckorna märks ut varje månad och lagas samma vecka.
    När verkstaden stannar i juli: leta läckor i tryckluften
Solsidans Takentreprenad
  energy 15 Takpannor som återbrukas
    Hela pannor rengörs och läggs tillbaka.
    När ett tak rivs: spara de hela pannorna
Mätverket Analys
  other - Mätare till dem som saknar
    Utlåning av elmätare och flödesmätare, två veckor i taget.
""")
# Steps that anybody could take; each: (when, then), shown as "När … ska vi …".
ANYBODYS_STEPS = [
    ("vi planerar nästa års budget", "räkna med driftkostnaden i tio år"),
    ("ledningsgruppen träffas i nästa månad", "ta upp vårt klimatmål"),
    ("vi köper möbler", "titta i återbrukslagret först"),
    ("en ny medarbetare börjar", "berätta för nya kollegor hur vi reser"),
    ("nästa träff är över", "berätta om träffen för två kollegor"),
    ("vi bokar lokal till personaldagen", "välja en lokal som går att nå med buss"),
    ("elavtalet ska förnyas", "flytta el från dagen till natten"),
    ("vi skriver verksamhetsplanen", "ge varje mål en ansvarig"),
    ("medarbetarenkäten går ut", "ställa en fråga om resor till jobbet"),
    ("cykelstället är fullt igen", "mäta upp plats för ett cykelställ till"),
    ("vi beställer mat till ett möte", "beställa grön mat till alla"),
    ("ett avtal löper ut", "läsa vad avtalet säger om klimatet"),
    ("månadsmötet börjar", "visa månadens elförbrukning först"),
    ("styrelsen samlas i vår", "visa tre siffror i stället för trettio sidor"),
    ("vi byter mobiler", "laga mobiler i stället för att byta"),
    ("vi har nästa arbetsplatsträff", "be var och en om ett förslag för klimatet"),
    ("en leverantör hör av sig", "fråga en leverantör hur de räknar på utsläppen"),
    ("ventilationen servas", "fråga vad ventilationen gör på natten"),
    ("vi möter en annan partner", "byta siffror på värmen med en annan partner"),
    ("semestrarna börjar", "stänga av det som står på i onödan"),
]


def steps_of(organisation: str) -> list[tuple[str, str]]:
    """The steps somebody of *organisation* may mean to take: its own more often than anybody's."""
    own = [(one.when, one.then) for one in DOINGS.get(organisation, ()) if one.when]
    return own * 2 + ANYBODYS_STEPS
