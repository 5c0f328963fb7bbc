"""What the demo's partners can take on, and what the city promises back; all made up."""

# By the challenge's Swedish title: what taking it on means, in both languages.
MEANINGS = {
    "Fossilfria tjänsteresor": (
        "Vi reser med tåg, buss, cykel eller elbil i tjänsten. Flyg bara när resan annars tar mer "
        "än en arbetsdag, och då med chefens ja.",
        "We travel by train, bus, bicycle or electric car for work. We fly only when the journey "
        "would otherwise take more than a working day, and with a manager's yes.",
    ),
    "Samordnade leveranser": (
        "Vi beställer så att varor kommer samlade högst två gånger i veckan, och vi frågar efter "
        "fossilfri transport varje gång.",
        "We order so that goods arrive together, at most twice a week, and ask for fossil-free "
        "transport every time.",
    ),
    "Fler cyklar till jobbet": (
        "Det finns tak över cyklarna, dusch och verktyg. Vi räknar cyklarna i maj och i november.",
        "There is a roof over the bicycles, a shower and tools. We count the bicycles in May and "
        "November.",
    ),
    "Halverad energi i lokaler": (
        "Vi mäter energin per kvadratmeter varje månad och halverar den till 2030, räknat från "
        "2020.",
        "We measure energy per square metre every month, and halve it by 2030 from 2020.",
    ),
    "Egen solel": (
        "Vi utreder våra tak och sätter upp solceller där de betalar sig inom femton år.",
        "We look into our roofs, and put up solar panels where they pay off within fifteen years.",
    ),
    "Bygg om i stället för nytt": (
        "Innan vi bygger nytt visar vi varför det inte går att bygga om, och hur mycket det "
        "skulle släppa ut.",
        "Before we build anew we show why rebuilding will not do, and what it would emit.",
    ),
    "Återbruk först": (
        "Vi letar begagnat innan vi köper nytt: möbler, datorer, arbetskläder och byggmaterial.",
        "We look for used things before we buy new ones: furniture, computers, workwear and "
        "building materials.",
    ),
    "Klimatkrav i inköp": (
        "I varje upphandling över 500 000 kronor finns minst ett krav på utsläppen, och vi följer "
        "upp det.",
        "Every procurement above SEK 500,000 has at least one requirement on emissions, and we "
        "follow it up.",
    ),
    "Halverat matsvinn": (
        "Vi väger det som slängs i köket och på tallriken, och halverar det på tre år.",
        "We weigh what is thrown away in the kitchen and from plates, and halve it in three years.",
    ),
    "Mer växtbaserat": (
        "Det växtbaserade är det vi bjuder på först: på möten, konferenser och i restaurangen.",
        "Plant-based food is what we offer first: at meetings, conferences and in the restaurant.",
    ),
    "Klimatmål i ledningen": (
        "Ledningen har ett klimatmål bredvid budgeten och följer upp båda varje kvartal.",
        "Management has a climate goal beside the budget, and follows up both every quarter.",
    ),
    "Kolsänka på egen mark": (
        "Vi planterar eller vårdar mark så att den binder mer kol än den släpper ut, och mäter "
        "hur det går.",
        "We plant or tend land so that it binds more carbon than it emits, and measure how it "
        "goes.",
    ),
}

# Challenge, Swedish, English, who answers, state, days from now until it is to be kept.
PROMISED_BACK = [
    (
        "Fossilfria tjänsteresor",
        "Laddplatser för tjänstebilar i alla parkeringshus",
        "Charging points for company cars in all multi-storey car parks",
        "Upab",
        "ongoing",
        210,
    ),
    (
        "Samordnade leveranser",
        "En gemensam omlastning för leveranser till centrum",
        "A shared hub for deliveries to the city centre",
        "Samhällsbyggnad",
        "planned",
        400,
    ),
    (
        "Fler cyklar till jobbet",
        "Snön röjd på huvudcykelstråken före klockan sex",
        "Snow cleared from the main cycle routes before six o'clock",
        "Gator och parker",
        "ongoing",
        -40,
    ),
    (
        "Fler cyklar till jobbet",
        "Nytt cykelstråk mellan Ersboda och universitetet",
        "A new cycle route between Ersboda and the university",
        "Gator och parker",
        "kept",
        -120,
    ),
    (
        "Halverad energi i lokaler",
        "Gratis genomgång av lokalernas energi för partner",
        "A free review of the energy of premises, for partners",
        "Umeå Energi",
        "ongoing",
        150,
    ),
    (
        "Egen solel",
        "Besked om bygglov för solceller inom tre veckor",
        "An answer on building permits for solar panels within three weeks",
        "Samhällsbyggnad",
        "planned",
        60,
    ),
    (
        "Bygg om i stället för nytt",
        "Markanvisningar där ombyggnad ger poäng",
        "Land allocations in which rebuilding gives points",
        "Samhällsbyggnad",
        "planned",
        330,
    ),
    (
        "Återbruk först",
        "En gemensam återbruksportal för möbler, öppen för alla partner",
        "A shared portal for used furniture, open to all partners",
        "Vakin",
        "kept",
        -200,
    ),
    (
        "Klimatkrav i inköp",
        "Mallar för klimatkrav som partner får använda",
        "Templates of climate requirements that partners may use",
        "Upphandlingsbyrån",
        "ongoing",
        90,
    ),
    (
        "Halverat matsvinn",
        "Insamling av matavfall hos alla verksamheter",
        "Collection of food waste from all businesses",
        "Vakin",
        "ongoing",
        270,
    ),
    (
        "Klimatmål i ledningen",
        "En kväll om året där kommunens ledning möter partnernas",
        "An evening a year on which the city's leaders meet those of the partners",
        "Kommunledningskontoret",
        "ongoing",
        180,
    ),
]
TITLES = ["vd", "verkställande direktör", "kanslichef", "verksamhetschef", "ordförande", "rektor"]
CONTRIBUTIONS = [
    ("summit", "Talade på klimattoppmötet om återbruk i byggen"),
    ("summit", "Visade sin lastcykel på klimattoppmötet"),
    ("thematic_group", "Med i den tematiska gruppen om transporter"),
    ("thematic_group", "Ledde ett möte i den tematiska gruppen om energi"),
    ("strategic_group", "Med i den strategiska gruppen"),
    ("published", "Skrev om sina klimatkrav i inköpsnätverkets tidning"),
]
REASONS = [
    "Vi har sålt lagret, så leveranserna är inte längre våra.",
    "Vi hyr lokalen och får inte ändra i den.",
]
