"""The demo's made-up names and sentences. Nobody here exists; addresses end in .example."""

# (name, sector). The three that run the project are named as they are; the others are invented.
HAS_LEFT = "Öbacka Tryckeri"  # a partner until the summer
ORGANISATIONS = [
    ("Norrskenets Bygg", "business"),
    ("Umeå kommun", "public"),
    ("RISE", "academia"),
    ("Umeå kommunföretag", "municipal_company"),
    ("Björkgatans Bageri", "business"),
    ("Fjällvinden Energi", "business"),
    ("Tallåsens Fastigheter", "business"),
    ("Kvarnforsens Mejeri", "business"),
    ("Stigbygeln Logistik", "business"),
    ("Älvstrandens Bostäder", "municipal_company"),
    ("Västra Lärcentrum", "academia"),
    ("Grönåkers Lantbruk", "business"),
    ("Föreningen Cykelstaden", "civil_society"),
    ("Ljusfallets Konsert och Scen", "civil_society"),
    ("Nordhem Arkitekter", "business"),
    ("Sjukhusgatans Vårdcentral", "public"),
    ("Snöripan Hotell", "business"),
    ("Isälvens Vatten", "municipal_company"),
    ("Renmarkens Idrottsallians", "civil_society"),
    ("Kustlinjens Bussar", "business"),
    ("Trädrikets Sågverk", "business"),
    ("Kretsloppsverket Norr", "municipal_company"),
    ("Åbackens Skolor", "public"),
    ("Österängens Handelsträdgård", "business"),
    ("Polstjärnans Försäkringar", "business"),
    ("Hjortronmyrens Livsmedel", "business"),
    ("Institutet för Kalla Städer", "academia"),
    ("Brofästets Teknikkonsulter", "business"),
    ("Lokaltrafiken i Lövlunda", "municipal_company"),
    ("Vinterstadens Näringslivsklubb", "civil_society"),
    ("Skogsbrynets Friluftsråd", "civil_society"),
    ("Ekovik Redovisning", "business"),
    ("Mossans Återbruk", "business"),
    ("Kajplatsens Restauranger", "business"),
    ("Backens Byggvaror", "business"),
    ("Frostvikens Fjärrkyla", "business"),
    ("Sparbanken Älvdalen Norr", "business"),
    ("Lyktans Folkhögskola", "academia"),
    ("Hyresgästringen Öst", "civil_society"),
    ("Rimfrost Programvara", "business"),
    ("Videgårdens Omsorg", "public"),
    ("Nattljusets El", "business"),
    ("Torgets Handlare", "civil_society"),
    ("Vindeltråget Textil", "business"),
    ("Sandåkers Transport", "business"),
    ("Nya Ladan Konferens", "business"),
    ("Pärlugglans Förlag", "business"),
    ("Blåklintens Kooperativ", "civil_society"),
    ("Umbrinkens Bostadsrätter", "civil_society"),
    ("Stadsodlarna i Haga", "civil_society"),
    ("Granatens Verkstäder", "business"),
    ("Solsidans Takentreprenad", "business"),
    ("Mätverket Analys", "business"),
    ("Öbacka Kulturhus", "public"),
    ("Räddningsringen i Väst", "public"),
    ("Zenit Utbildning", "academia"),
]

FIRST_NAMES = """
Aino Alva Amina Anders Anna Arvid Astrid Axel Björn Britta Carina Dag Daniel Ebba Elin Elsa Emil
Erik Eva Farah Filip Frida Gustav Göran Hanna Hassan Helena Ida Ingrid Isak Jenny Johan Jonas
Josefin Karin Karl Kerstin Klara Lars Leila Lena Linnéa Lisa Magnus Maja Malin Maria Markus Mikael
Mohammed Nils Nora Olof Oskar Per Petra Rania Robin Sara Sigrid Simon Sofia Stina Sven Tomas Tove
Ulla Vera Viktor Yusuf Åsa Örjan
""".split()  # noqa: SIM905 (read by people)
LAST_NAMES = """
Abrahamsson Ahmadi Andersson Backlund Berg Bergström Björk Boman Brännström Burström Dahlgren
Edlund Ekman Engström Fors Forsberg Granberg Grahn Haddad Hedlund Hellström Holm Isaksson
Jakobsson Johansson Karlsson Lindberg Lindgren Lundgren Lundmark Lundström Marklund Moberg Nilsson
Norberg Nordin Nyberg Nygren Nyström Olofsson Persson Rönnlund Sandberg Sandström Sjöberg Ström
Sundström Söderberg Tiger Vesterlund Vikström Wallin Wikström Åberg Åström Öberg Öhman
""".split()  # noqa: SIM905 (read by people)

# Each: title_sv, title_en, summary_sv, summary_en.
SERIES = [
    (
        "Leda omställning tillsammans!",
        "Leading transition together!",
        "För dig som leder eller driver på klimatarbetet där du arbetar. Vi lär av varandra, "
        "prövar nya arbetssätt och pratar om det som tar emot.",
        "For those who lead or push climate work where they are. We learn from each other, "
        "try new ways of working and talk about what stands in the way.",
    ),
    (
        "Klimatfrukost",
        "Climate breakfast",
        "En dryg timme på morgonen: ett exempel från en partner, kaffe och tid för frågor.",
        "A good hour in the morning: an example from a partner, coffee and time for questions.",
    ),
]

# Each: title_sv, title_en, summary_sv, summary_en.: the first list belongs to the first series.
SESSIONS = [
    [
        (
            "Börja där ni är",
            "Start where you are",
            "Vi ritar upp var våra utsläpp kommer ifrån och väljer ett första steg.",
            "We map where our emissions come from and choose a first step.",
        ),
        (
            "Budget som hjälper klimatet",
            "A budget that helps the climate",
            "Hur kan investeringar räknas hem när nyttan hamnar hos någon annan?",
            "How can investments pay when somebody else gets the benefit?",
        ),
        (
            "När rutinerna står i vägen",
            "When routines stand in the way",
            "Vi letar inlåsningar i våra egna organisationer och prövar att lossa en.",
            "We look for lock-ins in our own organisations and try to loosen one.",
        ),
        (
            "Trygghet att säga som det är",
            "Safe to say how it is",
            "Om psykologisk trygghet: vad som krävs för att våga ta upp målkonflikter.",
            "On psychological safety: what it takes to bring up conflicting goals.",
        ),
        (
            "Få med fler",
            "Getting more people on board",
            "Beteenden ändras sällan av information. Vi övar på sådant som fungerar.",
            "Behaviour rarely changes through information. We practise what works.",
        ),
        (
            "Upphandla med klimatet",
            "Procure with the climate",
            "Krav som går att följa upp, med exempel från tre upphandlingar.",
            "Requirements that can be checked, with examples from three procurements.",
        ),
        (
            "Det du vinner kan jag förlora",
            "What you gain, I may lose",
            "Suboptimering i praktiken: ett rollspel om energi, lokaler och transporter.",
            "Sub-optimisation in practice: a role play on energy, premises and transport.",
        ),
        (
            "Från test till vardag",
            "From trial to everyday",
            "Vad krävs för att ett lyckat försök ska bli så som vi alltid gör?",
            "What makes a good trial become the way we always do it?",
        ),
        (
            "Mäta det som räknas",
            "Measuring what counts",
            "Vi jämför våra sätt att räkna och enas om vad som är gott nog.",
            "We compare our ways of counting and agree on what is good enough.",
        ),
        (
            "Klimatledning en vanlig tisdag",
            "Climate leadership on an ordinary Tuesday",
            "Små beslut som gör skillnad, och hur man får syn på dem.",
            "Small decisions that make a difference, and how to notice them.",
        ),
    ],
    [
        (
            "Fossilfria leveranser i stan",
            "Fossil-free deliveries in town",
            "Fyra företag delar lastbil och lastkaj. Så gick det till.",
            "Four companies share a lorry and a loading dock. This is how.",
        ),
        (
            "Värmen som blev över",
            "The heat that was left over",
            "Spillvärme från ett kylrum värmer grannens lokaler.",
            "Waste heat from a cold store warms the neighbour's premises.",
        ),
        (
            "Skolmat med lägre avtryck",
            "School meals with a smaller footprint",
            "Skolköket som minskade matsvinnet med en tredjedel.",
            "The school kitchen that cut food waste by a third.",
        ),
        (
            "Cykeln till jobbet, även i februari",
            "Cycling to work, even in February",
            "Plogning, dubbdäck och en chef som själv cyklar.",
            "Ploughing, studded tyres and a manager who cycles too.",
        ),
        (
            "Återbrukade inredningar",
            "Reused interiors",
            "Ett nytt kontor där nio av tio möbler fanns sedan tidigare.",
            "A new office where nine of ten pieces of furniture were there before.",
        ),
        (
            "Öppet hus: så går det för Umeå",
            "Open house: how Umeå is doing",
            "Alla är välkomna. Vi visar läget i klimatfärdplanen och svarar på frågor.",
            "Everybody is welcome. We show where the roadmap stands and answer questions.",
        ),
    ],
]
VENUES = [
    "Väven, plan 4",
    "Stadshuset, rum Tallen",
    "Lärcentrum, aulan",
    "Kulturhuset, stora salen",
    "Nya Ladan, Älvsalen",
]

# focus area key → (title_sv, title_en); made up
CHALLENGES = [
    ("mobility", "Fossilfria tjänsteresor", "Fossil-free business travel"),
    ("mobility", "Samordnade leveranser", "Deliveries together"),
    ("mobility", "Fler cyklar till jobbet", "More people cycle to work"),
    ("energy", "Halverad energi i lokaler", "Half the energy in premises"),
    ("energy", "Egen solel", "Solar power of our own"),
    ("energy", "Bygg om i stället för nytt", "Rebuild instead of building new"),
    ("consumption", "Återbruk först", "Reuse first"),
    ("consumption", "Klimatkrav i inköp", "Climate requirements in purchasing"),
    ("food", "Halverat matsvinn", "Half the food waste"),
    ("food", "Mer växtbaserat", "More plant-based food"),
    ("other", "Klimatmål i ledningen", "Climate goals in management"),
    ("other", "Kolsänka på egen mark", "A carbon sink on our own land"),
]

# By the challenge: what stands in the title of a measure that is about it.
ABOUT = {
    "Fossilfria tjänsteresor": r"elbil|bilpool|tåg|tjänste|möten|flyg",
    "Samordnade leveranser": r"leverans|transport|samlast|lastbil",
    "Fler cyklar till jobbet": r"cyk",
    "Halverad energi i lokaler": r"\bLED\b|fönster|ventilation|bodar|styrs|kylrum|oljepann",
    "Egen solel": r"solcell|solel",
    "Bygg om i stället för nytt": r"bygg om|ombygg|renover",
    "Återbruk först": r"återbruk|verktygspool|lagas|på nytt|datorer|begagn",
    "Klimatkrav i inköp": r"klimatkrav|inköp|upphandl",
    "Halverat matsvinn": r"svinn|bröd|frukost|rester",
    "Mer växtbaserat": r"växtbas|vego|bönor|gröna",
    "Klimatmål i ledningen": r"klimatmål|klimatbokslut|ledning",
    "Kolsänka på egen mark": r"skog|kolsänk|plant",
}

# What people saw standing in the way at home, told after a session, each: kind and text.
BARRIERS = [
    ("organisational_lock_in", "Budgeten är årsvis, men vinsten kommer efter fyra år."),
    ("organisational_lock_in", "Projektmodellen har ingen plats för att pröva oss fram."),
    ("organisational_lock_in", "Ingen äger frågan mellan drift och investering."),
    ("organisational_lock_in", "Ramavtalet styr vad vi får köpa, och det är två år kvar."),
    ("organisational_lock_in", "Den som ser problemet har inte rätt att besluta om det."),
    (
        "organisational_lock_in",
        "Målen följs upp per avdelning, så det gemensamma hamnar mellan stolarna.",
    ),
    ("organisational_lock_in", "Allt ska in i en mall som skrevs för något annat."),
    (
        "organisational_lock_in",
        "Vi får pengar till att bygga nytt men inte till att ta hand om det vi har.",
    ),
    ("organisational_lock_in", "Kunskapen sitter hos en person, och hon går i pension i vår."),
    (
        "organisational_lock_in",
        "Styrelsen träffas fyra gånger per år. Missar vi en gång går ett kvartal.",
    ),
    ("organisational_lock_in", "Våra system kan inte visa vad en resa släpper ut."),
    ("organisational_lock_in", "Hyresavtalet säger vem som betalar men inte vem som får ändra."),
    ("organisational_lock_in", "Bygglovet tog längre tid än bygget."),
    ("behaviour_change", "Vanan är stark, även när det nya är enklare."),
    ("behaviour_change", "Vi väljer det vi alltid har valt."),
    ("behaviour_change", "Det är svårt att hålla i när den första ivern är över."),
    ("behaviour_change", "Cheferna tar bilen, och då gör andra det också."),
    ("behaviour_change", "Ingen vill vara den som tar bort köttet från julbordet."),
    ("behaviour_change", "Vi pratar om klimatet på konferenser och om pengar på måndagar."),
    ("behaviour_change", "Kunderna frågar, men väljer det billigaste när det gäller."),
    ("behaviour_change", "Det känns som en kritik mot dem som har gjort jobbet i trettio år."),
    ("behaviour_change", "Folk orkar inte en förändring till den här hösten."),
    ("behaviour_change", "De nya rutinerna följs när den som skrev dem är på plats."),
    ("behaviour_change", "Alla tror att någon annan redan har räknat på det."),
    ("sub_optimisation", "Vår besparing blir grannens kostnad."),
    ("sub_optimisation", "Varje förvaltning räknar sin egen nytta."),
    ("sub_optimisation", "Lägsta pris vinner, fast driften betalar skillnaden."),
    ("sub_optimisation", "Vi flyttade utsläppen till underleverantören och kallade det minskning."),
    ("sub_optimisation", "Lagret blev effektivare och lastbilarna fler."),
    ("sub_optimisation", "Två bolag bygger var sin laddplats på samma gata."),
    ("sub_optimisation", "Vi sänkte värmen i skolan, så nu står det element i varje klassrum."),
    ("sub_optimisation", "It sparar på datorerna, och då väntar alla andra på dem."),
    ("sub_optimisation", "Snöröjningen sköts billigare per mil, och färre kan cykla."),
    ("sub_optimisation", "Varje hus är optimerat för sig. Ingen har ritat kvarteret."),
]
