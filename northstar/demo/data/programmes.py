"""What the demo's sessions tell of themselves: what happens when, how to prepare, how to "
"get there."""

import re
from urllib.parse import quote

# (Swedish, English) by the Swedish title: what follows the first sentence of the summary.
MORE: dict[str, tuple[str, str]] = {
    "Börja där ni är": (
        "Ta med det ni har: en elräkning, en reseräkning eller bara en gissning. Vi sorterar "
        "det i tre högar och tar reda på vilken som är störst.",
        "Bring what you have: an electricity bill, a travel bill or just a guess. We sort it in "
        "three piles and find out which one is largest.",
    ),
    "Budget som hjälper klimatet": (
        "Två ekonomichefer berättar hur de räknade, och vad som fick styrelsen att säga ja. "
        "Sedan prövar vi samma sätt på en investering från ett av borden.",
        "Two finance directors tell how they counted, and what made the board say yes. Then we "
        "try the same on an investment from one of the tables.",
    ),
    "När rutinerna står i vägen": (
        "Vi går igenom en vanlig beställning från början till slut och letar efter stället där "
        "det mer hållbara valet faller bort.",
        "We follow an ordinary order from beginning to end and look for the place where the more "
        "sustainable choice falls away.",
    ),
    "Trygghet att säga som det är": (
        "Övningarna är korta och görs två och två. Det som sägs stannar i rummet.",
        "The exercises are short and done in pairs. What is said stays in the room.",
    ),
    "Få med fler": (
        "Backens Byggvaror visar hur hälften av personalen kom att cykla till jobbet, och vad "
        "de prövade först som inte fungerade.",
        "Backens Byggvaror shows how half of the staff came to cycle to work, and what they "
        "tried first that did not work.",
    ),
    "Upphandla med klimatet": (
        "Kom gärna två från samma organisation: en som köper in och en som använder det ni köper.",
        "Come two from the same organisation if you can: one who buys and one who uses it.",
    ),
    "Det du vinner kan jag förlora": (
        "Din besparing kan bli grannens kostnad. Du spelar fastighetsägare, hyresgäst eller "
        "energibolag och får känna på hur det uppstår. Efteråt prövar vi hur man kommer runt det.",
        "What you save may be your neighbour's cost. You play the owner, the tenant or the energy "
        "company and feel how it comes about. Afterwards we try how to get round it.",
    ),
    "Från test till vardag": (
        "Tre försök som lyckades, varav ett fortfarande lever. Vi frågar oss vad skillnaden var.",
        "Three trials that went well, one of which still lives. We ask what the difference was.",
    ),
    "Mäta det som räknas": (
        "Inga förkunskaper behövs. Den som redan har ett klimatbokslut får gärna ta med det.",
        "You need to know nothing beforehand. If you have climate accounts, bring them.",
    ),
    "Klimatledning en vanlig tisdag": (
        "Vi följer en chef genom en dag och stannar upp vid fem beslut som inte såg ut som "
        "klimatbeslut.",
        "We follow a manager through a day and stop at five decisions that did not look like "
        "climate decisions.",
    ),
    "Fossilfria leveranser i stan": (
        "Lastbilen går på el sedan i våras och är i stan en gång om dagen i stället för fyra.",
        "The lorry has run on electricity since spring and comes to town once a day, not four.",
    ),
    "Värmen som blev över": (
        "Avtalet tog längre tid än rören. Du får se båda.",
        "The agreement took longer than the pipes. You will see both.",
    ),
    "Skolmat med lägre avtryck": (
        "Kocken berättar om tallriksvågen, de mindre kantinerna och måndagarna.",
        "The cook tells about the plate scales, the smaller dishes and the Mondays.",
    ),
    "Cykeln till jobbet, även i februari": (
        "Efteråt finns tid att prova vinterdäck på gården.",
        "Afterwards there is time to try winter tyres in the yard.",
    ),
    "Återbrukade inredningar": (
        "Inredaren visar hur hon letade, och vad det kostade jämfört med nytt.",
        "The designer shows how she searched, and what it cost compared with new furniture.",
    ),
    "Öppet hus: så går det för Umeå": (
        "Du behöver inte vara med i klimatfärdplanen för att komma. Fika finns, och barn är "
        "välkomna.",
        "You need not take part in the roadmap to come. There is coffee, and children are welcome.",
    ),
}

# What a programme of one kind holds; the hours are those of the kind.
WORKSHOPS = [
    (
        "08.45 Kaffe och smörgås\n09.00 {title}\nKort inledning, och vilka vi är i rummet.\n"
        "09.20 Vi prövar tillsammans\nI grupper om fyra.\n10.20 Paus\n10.30 Var händer det "
        "här hos oss?\n"
        "Samtal med var sin fråga.\n11.40 Ditt nästa steg\nDu skriver en mening: när vi … "
        "ska vi …\n"
        "12.00 Slut",
        "08:45 Coffee and a sandwich\n09:00 {title}\nA short introduction, and who is in "
        "the room.\n"
        "09:20 We try together\nIn groups of four.\n10:20 Break\n10:30 Where does this "
        "happen with us?\n"
        "Talks with a question each.\n11:40 Your next step\nYou write a sentence: when we "
        "… we will …\n"
        "12:00 End",
    ),
    (
        "08.30 Dörrarna öppnas, kaffe\n09.00 Läget: vad vi vet och vad vi gissar\n"
        "09.30 Exempel från partner\nKvarten var, med tid för frågor.\n10.15 Paus\n"
        "10.30 Räkna på ert eget\nVi som leder går runt mellan borden.\n11.30 Vad tar du "
        "med dig hem?\n"
        "12.00 Gemensam lunch för den som vill",
        "08:30 Doors open, coffee\n09:00 What we know and what we guess\n"
        "09:30 Examples from partners\nA quarter each, with time for questions.\n"
        "10:15 Break\n10:30 Work on your own case\nThose who lead walk between the tables.\n"
        "11:30 What do you take home?\n12:00 Lunch together for those who like",
    ),
    (
        "08.45 Kaffe\n09.00–09.45 Vi prövar två och två\nKorta övningar, så att alla hinner med.\n"
        "10.00 Samtal om det vi märkte\n11.00 Nästa steg, två och två\n12.00 Slut",
        "08:45 Coffee\n09:00–09:45 We try in pairs\nShort exercises, with time for all.\n"
        "10:00 Talks about what we noticed\n11:00 Next steps, in pairs\n12:00 End",
    ),
]
BREAKFASTS = [
    (
        "08.15 Välkommen\n08.25 {title}\n09.00 Frågor\n09.20 Ditt nästa steg\n09.30 Slut",
        "08:15 Welcome\n08:25 {title}\n09:00 Questions\n09:20 Your next step\n09:30 End",
    ),
    (
        "08.15 Ett exempel på tjugo minuter\n08.40 Samtal i mindre grupper\n09.15 Tre "
        "saker att pröva",
        "08:15 An example in twenty minutes\n08:40 Talks in smaller groups\n09:15 Three "
        "things to try",
    ),
]

PREPARATIONS = [
    (
        "Tänk ut ett beslut hos er där vinsten hamnade hos någon annan. Tre minuter räcker.",
        "Think of a decision of yours where somebody else got the benefit. Three minutes will do.",
    ),
    ("", ""),
    (
        "Ta med en siffra från er egen verksamhet: kilometer, kilowattimmar eller kilo mat.",
        "Bring a figure of your own: kilometres, kilowatt-hours or kilos of food.",
    ),
    ("", ""),
    (
        "Fråga en kollega vad som är svårast att ändra hos er, och ta med svaret.",
        "Ask a colleague what is hardest to change where you work, and bring the answer.",
    ),
]

# By the venue: (Swedish, English); "" is online.
DIRECTIONS: dict[str, tuple[str, str]] = {
    "Väven, plan 4": (
        "Storgatan 46, entré från älven. Hiss till plan 4, hörslinga och plats för rullstol.\n"
        "Buss till Vasaplan, fem minuter att gå. Cykelgarage under huset.",
        "Storgatan 46, entrance from the river. Lift to floor 4, hearing loop, room for "
        "wheelchairs."
        "\nBus to Vasaplan, five minutes' walk. Bicycle garage under the house.",
    ),
    "Stadshuset, rum Tallen": (
        "Skolgatan 31. Anmäl dig i receptionen, så möter vi dig där. Ramp till höger om trappan, "
        "hiss och hörslinga.\nBuss till Stadshuset.",
        "Skolgatan 31. Say your name at the desk and we meet you there. Ramp to the right of the "
        "stairs, lift and hearing loop.\nBus to Stadshuset.",
    ),
    "Lärcentrum, aulan": (
        "Nygatan 43, en trappa upp eller hiss från gården. Aulan har hörslinga och teckentolk kan "
        "bokas en vecka före.",
        "Nygatan 43, one floor up or by lift from the yard. The hall has a hearing loop, "
        "and a sign "
        "language interpreter can be booked a week ahead.",
    ),
    "Kulturhuset, stora salen": (
        "Kungsgatan 60, utan trappor. Hörslinga i hela salen.\nBuss till Rådhusesplanaden, två "
        "minuter att gå.",
        "Kungsgatan 60, without stairs. Hearing loop in the whole hall.\nBus to Rådhusesplanaden, "
        "two minutes' walk.",
    ),
    "Nya Ladan, Älvsalen": (
        "Strandgatan 14, entré från gården. Hiss, hörslinga och plats för rullstol finns.\n"
        "Buss 1 och 8 till Strandtorget, tre minuter att gå.",
        "Strandgatan 14, entrance from the yard. Lift, hearing loop and room for wheelchairs.\n"
        "Bus 1 and 8 to Strandtorget, three minutes' walk.",
    ),
    "": (
        "Länken till mötet är för den som har plats. Vi öppnar tio minuter före, så att du hinner "
        "prova ljudet. Allt textas.",
        "The link to the meeting is for those who have a seat. We open ten minutes before, so "
        "that you "
        "can try the sound. Everything is captioned.",
    ),
}
MAP = "https://www.openstreetmap.org/search?query="

# By the title: which of the programmes it has; other workshops have the first.
FITS = {
    "Budget som hjälper klimatet": 1,
    "Upphandla med klimatet": 1,
    "Från test till vardag": 1,
    "Mäta det som räknas": 1,
    "Trygghet att säga som det är": 2,
    "Få med fler": 2,
    "Fossilfria leveranser i stan": 1,
    "Skolmat med lägre avtryck": 1,
    "Återbrukade inredningar": 1,
}


def texts(
    number: int, titles: tuple[str, str], venue: str, *, is_breakfast: bool
) -> dict[str, str]:
    """What the *number*th session tells beside its summary, as fields of a session."""
    title_sv, title_en = titles
    programmes = BREAKFASTS if is_breakfast else WORKSHOPS
    programme_sv, programme_en = programmes[FITS.get(title_sv, 0)]
    preparation_sv, preparation_en = PREPARATIONS[number % len(PREPARATIONS)]
    directions_sv, directions_en = DIRECTIONS[venue]
    return {
        "programme_sv": programme_sv.format(title=title_sv),
        "programme_en": programme_en.format(title=title_en),
        "preparation_sv": preparation_sv,
        "preparation_en": preparation_en,
        "directions_sv": directions_sv,
        "directions_en": directions_en,
        "map_url": _map_of(directions_sv) if venue else "",
    }


def _map_of(directions: str) -> str:
    """Where the address is with which *directions* begin: Storgatan 46."""
    address = re.split(r"[,.]", directions, maxsplit=1)[0]
    return f"{MAP}{quote(f'{address}, Umeå')}"


def told(titles: tuple[str, str], summaries: tuple[str, str]) -> tuple[str, str]:
    """The *summaries* with what follows their first sentence."""
    more_sv, more_en = MORE.get(titles[0], ("", ""))
    summary_sv, summary_en = summaries
    return f"{summary_sv}\n\n{more_sv}".strip(), f"{summary_en}\n\n{more_en}".strip()
