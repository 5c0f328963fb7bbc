"""What the demo's organisations tell of their measures, and what stands in the way of them."""

from typing import NamedTuple


class Settled(NamedTuple):
    """How far one has come and since when, whatever chance says of the others, in what words.

    *years* is when it began, from this year on: what shall count towards the city's target begins
    later than its latest known outcome. The texts are reports, the earliest first.
    """

    status: str
    years: int
    texts: tuple[str, ...] = ()


# The largest, and those of the visitor's own organisation.
SETTLED = {
    "Elbilar i poolen": Settled(
        "in_progress",
        -1,
        ("Fyra av sex bilar är bytta. De två sista väntar på att leasingavtalen går ut.",),
    ),
    "Verktygspool på byggena": Settled(
        "completed",
        -2,
        (
            "Poolen är i gång på två byggen. Bokningen sker på en tavla i boden.",
            "Alla tre byggena är med och hyran av maskiner har halverats. Tavlan i boden slog "
            "appen, för där ser man vad grannen behöver.",
        ),
    ),
    "Koldioxiden fångas in vid kraftvärmeverket": Settled("planned", 2),
    "Bussfiler och nya regler för parkering": Settled("planned", 1),
    "Tjugo eldrivna lastbilar till": Settled("planned", 1),
    "Mindre lustgas från reningen": Settled("planned", 2),
    "Spetsvärme utan olja": Settled(
        "in_progress",
        0,
        (
            "Ackumulatortanken är upphandlad och marken förberedd. Oljan finns kvar som reserv.",
            "Tanken är fylld. Den kallaste veckan klarade vi oss utan olja, men när en panna gick "
            "sönder fick oljan gå i två dygn.",
            "Den nya biopannan är på plats. Förra vintern eldade vi 900 kubikmeter olja i stället "
            "för 2 400. Driftpersonalen kom på att lasta tanken redan kvällen före en köldknäpp, "
            "och det gav mer än allt vi hade räknat fram.",
        ),
    ),
    "Spillvärme från datahallen": Settled(
        "completed",
        -4,
        (
            "Växlaren är inkopplad och går på halv effekt medan vi trimmar in den.",
            "Allt är i drift. Avtalet tog längre tid än rören: vem äger värmen innan den når "
            "växlaren? När det var löst gick resten på tre månader.",
        ),
    ),
    "Plasten sorteras ut före pannan": Settled(
        "in_progress",
        -1,
        (
            "Hallen står klar och den första linjen körs på prov.",
            "Två av tre linjer går i skift. Mjukplasten är svårast: en fjärdedel är för smutsig "
            "för att någon ska vilja köpa den.",
        ),
    ),
    "Elbussar på alla stadslinjer": Settled(
        "in_progress",
        -1,
        (
            "Sju bussar är levererade och depån har fått el till femton platser.",
            "Tretton av tjugotvå går på el. Förarna ville ha dem på de backiga linjerna först, och "
            "det gjorde vi.",
        ),
    ),
    "Elbussar på kustlinjerna": Settled("planned", 1),
    "HVO i arbetsmaskinerna": Settled(
        "completed",
        -3,
        (
            "Avtalet är skrivet och de tre största maskinerna har bytt.",
            "Alla maskiner tankas med HVO sedan ett halvår. Det kostar 1,80 mer per liter, och två "
            "kunder betalar för det sedan vi visade vad det ger.",
        ),
    ),
    "Torkarna värms med bark": Settled(
        "completed",
        -1,
        (
            "Barkpannan är i gång i två av fyra torkar.",
            "Oljetanken är såld. Barken räcker hela vintern om den ligger torrt, så nu har den "
            "fått tak.",
        ),
    ),
    "Ånga av biogas i stället för gasol": Settled(
        "in_progress",
        0,
        (
            "Den första pannan har fått ny brännare. Gasen kommer med bil tills ledningen "
            "är dragen.",
            "En av två pannor går på biogas dygnet runt. Ledningen väntar på tillstånd.",
        ),
    ),
    "Värmen styrs efter vädret": Settled(
        "in_progress",
        -1,
        (
            "Givarna sitter uppe i 1 900 lägenheter.",
            "Halvvägs. Två hus fick för kallt i hörnlägenheterna, så nu får de hyresgästerna ett "
            "eget nummer att ringa.",
        ),
    ),
    "De sista oljepannorna tas bort": Settled(
        "in_progress",
        -1,
        (
            "Fyra av fjorton är bytta. Alla hus har fått en plan.",
            "Nio av fjorton är bytta. Simhallen blev dyrast och viktigast: den stod för en "
            "tredjedel.",
        ),
    ),
}
# How a measure goes on, by its focus area; "" is any.
UNDER_WAY = {
    "mobility": [
        "Vi har kört i tre månader. Det som oroade oss mest, räckvidden i kyla, har gått bra.",
        "Laddplatserna är på plats. Nu är det bokningen som tar tid.",
        "Hälften av resorna är flyttade. De som är kvar är de långa, och där letar vi fortfarande.",
        "Schemat fick göras om två gånger innan det höll. Nu går det av sig självt.",
    ],
    "energy": [
        "Mätarna sitter uppe och vi har en vinter att jämföra med.",
        "Första delen är i drift. Den senaste elräkningen blev en fjärdedel lägre.",
        "Hantverkarna är klara i ett av tre hus och börjar snart i nästa.",
        "Vi hittade två fel i styrningen när vi började mäta. Bara det gav en tiondel.",
        "Servicen visade att fläktarna gick på nätterna. De är avstängda nu.",
        "Leveransen dröjde, men allt är monterat och väntar på besiktning.",
        "Grannhuset vill vara med, så vi räknar om för två hus i stället för ett.",
        "Vi jämför månad för månad. Hittills har ingen blivit sämre än förra året.",
        "Fastighetsskötarna har fått en egen skärm och ser felen innan någon ringer.",
    ],
    "consumption": [
        "Avtalet är skrivet och de första beställningarna gjorda.",
        "Vi har gått igenom förrådet. Mycket fanns redan, bara inte där någon letade.",
        "Leverantören var med på det direkt. Svårast var våra egna blanketter.",
        "De första månaderna visar att vi köper mindre, och att ingen saknar det.",
    ],
    "food": [
        "Köket väger varje dag och skriver siffran på tavlan.",
        "Gästerna märkte inget, vilket var meningen.",
        "Vi började med tisdagar. Nu är det tre dagar i veckan.",
        "Två leverantörer kör nu tillsammans, så maten är färskare och bilarna färre.",
    ],
    "other": [
        "Tolv har hört av sig, fler än vi trodde. Vi tar dem i tur och ordning.",
        "Den första omgången är klar och de som var med vill fortsätta.",
        "Styrelsen har ställt sig bakom, och frågan står på dagordningen varje kvartal.",
        "Vi har visat upp det för två andra partner, som vill göra likadant.",
    ],
    "": [
        "En person håller i arbetet och vi stämmer av varje månad.",
        "Upphandlingen är avgjord och arbetet börjar i nästa månad.",
        "Ungefär hälften är gjort. Resten tar vi när avtalen går ut.",
        "Försenat ett kvartal: beslutet väntade på budgeten. Nu är det fattat.",
        "De första mätningarna är bättre än vi trodde, men vi vill se en vinter till.",
        "Det gick fortare när de som gör jobbet fick bestämma ordningen.",
        "Det mesta är på plats. Uppföljningen visar vilka delar som släpar efter.",
        "Vi fick börja om med planen när två slutade, men är i fas igen.",
    ],
}
ENDED = {
    "completed": [
        "Allt är på plats, och kostnaden blev lägre än vi räknade med.",
        "Färdigt. Det som var ett projekt är nu så vi gör.",
        "Genomfört. Vi följer effekten ett år till innan vi släpper det.",
        "I mål en månad före tiden. Det svåraste var att komma i gång.",
        "Genomfört, och arbetsgruppen är upplöst. Rutinen står i handboken.",
        "Det sista är gjort. Två grannar har varit här och tittat.",
        "Genomfört. Vi hade gärna börjat tre år tidigare.",
        "Slutfört. Siffran kommer från mätarna, inte från kalkylen.",
    ],
    "paused": [
        "Pausat: den som drev arbetet har bytt tjänst.",
        "Vi väntar på nästa års budget innan vi går vidare.",
        "Leverantören kan inte leverera förrän nästa år. Vi börjar om då.",
        "Lokalen ska byggas om, så vi väntar tills ritningarna är klara.",
    ],
}
# What stands in the way of measures, each: kind and text.
BARRIERS = [
    ("organisational_lock_in", "Investeringen ligger i en budget och besparingen i en annan."),
    ("organisational_lock_in", "Avtalet löper i fyra år till och går inte att ändra."),
    ("organisational_lock_in", "Beslutet ska genom tre nämnder, och de möts var sin månad."),
    ("organisational_lock_in", "Detaljplanen tillåter inte det vi vill bygga."),
    ("organisational_lock_in", "Nätägaren har kö på två år för en större anslutning."),
    ("organisational_lock_in", "Projektpengarna tar slut innan vi vet om det fungerar."),
    ("organisational_lock_in", "Upphandlingen värderade pris till 100 procent."),
    ("behaviour_change", "Förarna litar inte på räckvidden när det är 20 minusgrader."),
    ("behaviour_change", "Personalen byter ofta, så vi börjar om med samma samtal."),
    ("behaviour_change", "Gästerna väntar sig det de alltid har fått."),
    ("behaviour_change", "Hyresgästerna vädrar när det blir varmt i stället för att skruva ner."),
    ("behaviour_change", "Alla är för, tills det gäller den egna parkeringen."),
    ("behaviour_change", "Det nya kräver att man planerar dagen före, och det glöms."),
    ("sub_optimisation", "Vi sparar el men grannen får dyrare värme."),
    (
        "sub_optimisation",
        "Färre turer ger fullare lastbilar, men butikerna vill ha varorna före nio.",
    ),
    ("sub_optimisation", "Fastighetsägaren betalar och hyresgästen får den lägre räkningen."),
    ("sub_optimisation", "Varje bolag mäts på sin egen budget, ingen på summan."),
    ("sub_optimisation", "När vi lagar mer säljer systerbolaget mindre."),
]
