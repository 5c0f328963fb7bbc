"""What a list of partners looks like: the words above its columns, what stands in them, and what
the pages say of it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners import dates
from partners.intake import kinds
from partners.intake.kinds import NEW_CHOICE, NONE_CHOICE, OUT_CHOICE, ListKind, offer
from partners.models import ImportKind, OrganisationStatus, Sector
from partners.reading.organisation_numbers import org_digits
from partners.sheets import cells
from partners.sheets.rules import Rules, Test, meaning_of

# What columns of people look like in every list.
EMAIL = re.compile(r"\be ?post|epost|e ?mail|\bmail|\bmejl|mejladress")
FIRST_NAME = re.compile(r"förnamn|first ?name|given ?name|tilltalsnamn|\bfornamn")
FULL_NAME = re.compile(
    r"för ?(namn)? (och|o|&|\+) ?efter ?namn|first ?(name)? (and|&|\+) last ?name|full ?name"
    r"|fullständigt namn|hela namn"
    r"|efter ?(namn)? ?(och|o|&|\+)? ?för ?namn|last ?name ?(and|&|\+)? ?first ?name"
)
SURNAME_FIRST = re.compile(
    r"efter ?(namn)? ?(och|o|&|\+)? ?för ?namn|last ?name ?(and|&|\+)? ?first ?name"
)
LAST_NAME = re.compile(r"efternamn|last ?name|surname|family ?name")


def holds_address(text: str) -> bool:
    return "@" in text and bool(cells.addresses(text))


def may_be_address(text: str) -> bool:
    return "@" in text or bool(cells.likely_address(text))


def whole_phone(text: str) -> str:
    """A telephone number with the nought or the plus that a spreadsheet takes for nothing.

    No Swedish number begins without: 701234567 is 070-123 45 67, 46701234567 is +46 70 …
    """
    digits = text.replace(" ", "")
    if re.fullmatch(r"46[1-9]\d{7,8}", digits):
        return f"+{text}"
    return f"0{text}" if re.fullmatch(r"[1-9]\d{7,8}", digits) else text


MENDED = {"phone": whole_phone}


def may_be_phone(text: str) -> bool:
    """Whether a cell is written like a telephone number, and like nothing else."""
    return bool(re.fullmatch(r"(\+\d|0\d)[\d\s()/-]{6,20}", text)) and not org_digits(text)


_SECTOR_WORDS = {
    "offentlig", "näringsliv", "näringslivet", "privat", "ideell", "akademi", "akademin",
    "forskning", "civilsamhälle", "civilsamhället", "kommunalt bolag", "kommun", "region",
    "myndighet", "public", "private", "academia", "business", "civil society", "municipal company",
}  # fmt: skip


def is_sector_word(text: str) -> bool:
    """Whether a cell is the word for a sector and nothing else, as no organisation is called."""
    folded = cells.fold(text)
    return folded in _SECTOR_WORDS or folded.endswith((" sektor", " sektorn", " sector"))


def holds_letters(text: str) -> bool:
    return bool(re.search(r"[^\W\d]", text))


# What is written of a partnership, folded; what is neither is asked about, once a word.
_LEFT, _TO_COME = OrganisationStatus.LEFT, OrganisationStatus.PROSPECT
_IN = OrganisationStatus.ACTIVE
_NOT = re.compile(r"\b(ej|inte|icke|not|no)\b")
_STANDINGS = [
    (_LEFT, re.compile(
        r"avslut|utträ(tt|d)|\blämna|uppsagt?\b|uppsagd|sagt upp|\bslutat|\binaktiv|inactive"
        r"|tidigare|\bf d\b|\bformer|\bleft\b|\bended\b|terminated|nedlagt?\b|upphör|upplöst"
        r"|konkurs|gick ur|gått ur")),
    (_TO_COME, re.compile(
        r"intress|på gång|på väg|väntar|prospe|kontakta|inbjud|dialog|\blead\b|ansök|pending"
        r"|invited|kommande|blivande|möjlig|potenti")),
    (_IN, re.compile(
        r"(ja|j|yes|y|x|1|sant|true|ok|med|joined|current|löpande|tills ?vidare|pågår|pågående"
        r"|(är )?(ny |aktiv |active |nuvarande )?(aktiv|active|medlem|partner|member|ansluten)"
        r"|(avtal(et)? )?(är )?(undertecknat?|undertecknad|signera[td]|signed)|(har )?skrivit under"
        r"|(medlem|partner|ansluten|member) (sedan|since).*)$")),
]  # fmt: skip
_NEGATED = [
    (_LEFT, re.compile(r"längre|no longer|any ?more|(ej|inte|not) (aktiv|active)")),
    (_TO_COME, re.compile(r"ännu|\bän\b|\byet\b|(ej|inte|not) (undertecknat?|undertecknad|signe)")),
]  # fmt: skip
_YES = {"ja", "j", "yes", "y", "x", "1", "sant", "true"}


def _fits(standing: OrganisationStatus, words: re.Pattern[str], folded: str) -> bool:
    """Whether words stand in a cell; a partner it is only where they are all it says."""
    return bool(words.match(folded) if standing == _IN else words.search(folded))


@lru_cache(maxsize=500)
def standing_of(text: str) -> OrganisationStatus | None:
    """Where an organisation stands by the word of a cell; None if that is not plain."""
    folded = cells.fold(text)
    known = _NEGATED if _NOT.search(folded) else _STANDINGS
    found = (standing for standing, words in known if _fits(standing, words, folded))
    return next(found, None)


def has_left(text: str) -> bool | None:
    """What a word says where a day of leaving is written; None if that is not plain."""
    folded = cells.fold(text)
    if folded in {"", "nej", "no", "n", "0"}:
        return False
    standing = standing_of(text)
    if folded in _YES or standing == OrganisationStatus.LEFT:
        return True
    return False if standing == OrganisationStatus.ACTIVE else None


_BESIDE_NAME = re.compile(r"\s*(?:\(([^()]+)\)|[–—-]\s+([^()–—]+))\s*$")


def beside_name(name: str) -> tuple[str, OrganisationStatus | None]:
    """An organisation's name without a word behind it that it has left, or is to come; that word.

    "Bostaden (avslutat 2023)", "OK AB - vilande"; all else behind a name may belong to it.
    """
    found = _BESIDE_NAME.search(name)
    words = (found[1] or found[2]) if found else ""
    standing = standing_of(words)
    if not found or standing not in {_LEFT, _TO_COME}:
        return name, None
    return name[: found.start()].strip(), standing


def may_be_standing(text: str) -> bool:
    """Whether a cell may say where an organisation stands, rather than tell a story."""
    return bool(standing_of(text)) or len(text) <= 30


NO_ADDRESSES: tuple[str, Test, float] = ("email", may_be_address, 0.2)

# A day of leaving is none of joining, and a partner that has left is none.
_LEAVING = re.compile(
    r"^lämna|\blämnat\b|utträd|avslut|upphör|^slutat|^left\b|\bended?\b|slutdatum|end date"
    r"|gäller (till|t o m)|\b(t o m|tom|till och med|until)$|löper ut|gick ur|^ute\b"
    r"|^slut(at|ade)?$"
    r"|(medlem|partner|member|avtal) (till|t o m|tom|until)\b|^uppsagd|^utgå(r|ng)|sista dag"
    r"|^(ej|inte|icke) aktiv|^inaktiv|^inactive|^vilande"
)

PARTNERS = Rules(
    headings=[
        ("left_on", _LEAVING),
        (
            "standing",
            re.compile(
                r"^(medlems|partner|anslutnings|avtals|membership |partner )?status\b"
                r"|^aktiv( (partner|medlem))?$|^active( (partner|member))?$"
            ),
        ),
        (
            "org_number",
            re.compile(
                r"org\w* ?(nr|no|num)|orgnr|reg\w* ?(nr|no|num)|company (no|num|id)|vat|momsnr"
            ),
        ),
        ("email", EMAIL),
        ("phone", re.compile(r"\btel|mobil|phone|\bcell\b|\btfn|nummer till")),
        ("website", re.compile(r"webb|hemsida|website|\burl\b|www|homepage")),
        ("contact", FULL_NAME),
        ("first_name", FIRST_NAME),
        ("last_name", LAST_NAME),
        (
            "joined_on",
            re.compile(
                r"anslöt|anslut(en|it|n)|medlem sedan|gick med|joined|joining|member since|inträd"
                r"|medlem fr|partner since|partner sedan|startdatum|start date|\bsedan\b"
                r"|^datum|^date|sign\w* (on|date)|undertecknad|skrev under|med sedan|\bsince\b"
            ),
        ),
        ("focus_areas", re.compile(r"fokus|focus|område|\bareas?\b|inriktning|tema|theme")),
        (
            "sector",
            re.compile(r"sektor|sector|bransch|\btyp\b|\btype\b|kategori|category|industry"),
        ),
        (
            "contact",
            re.compile(r"kontakt|contact|ansvarig|responsible|representant|representative|person"),
        ),
        (
            "organisation",
            re.compile(
                r"organi[sz]ation|företag|bolag|aktör|company|partner|medlem|member|arbetsgiv|employer"
                r"|firma|verksamhet|förening|\borg\b|actor|entity|anslutna|^account( name)?$|^kund"
            ),
        ),
        ("contact", re.compile(r"\bnamn|\bname")),
    ],
    contents=[
        ("email", holds_address, 0.6),
        ("org_number", org_digits, 0.6),
        ("organisation", cells.has_company_form, 0.25),
    ],
    bare=[
        ("joined_on", dates.cell_date, 0.7),
        ("sector", is_sector_word, 0.6),
        ("phone", may_be_phone, 0.7),
        ("website", re.compile(r"(https?://|www\.)", re.I).match, 0.7),
    ],
    person="contact",
    employer="organisation",
    doubts=[
        NO_ADDRESSES,
        ("organisation", holds_letters, 0.3),
        ("contact", holds_letters, 0.3),
        ("standing", may_be_standing, 0.8),
    ],
    subject="organisation",
    said_by=frozenset({"organisation"}),
    enough=[frozenset({"organisation"})],
    rival="contact",
    rival_parts=frozenset({"first_name"}),
    tells_subject=frozenset(
        {"org_number", "sector", "website", "focus_areas", "contact", "first_name"}
    ),
    repeatable=frozenset({"email", "phone"}),
    numbered=frozenset({"contact"}),
    mended=MENDED,
    turned=SURNAME_FIRST,
    days=frozenset({"joined_on", "left_on"}),
    wanted=_LEAVING,
)

_WEIGHTS = {"org_number": 2, "focus_areas": 2, "sector": 1, "joined_on": 1, "website": 1}
_CONTACT = re.compile(r"kontaktperson|contact person|kontakt (hos|på)")


def partner_signs(table: dict[str, Any]) -> int:
    """How plainly a file is a list of partners: by what only such lists tell of organisations."""
    headings = kinds.headings_in(table)
    told = {meaning_of(heading, PARTNERS) for heading in headings if not is_plain_date(heading)}
    weights = sum(weight for meaning, weight in _WEIGHTS.items() if meaning in told)
    return weights + any(_CONTACT.search(cells.fold(heading)) for heading in headings)


def is_plain_date(heading: str) -> bool:
    """Whether a heading says "date" and no more, as lists of every kind have it."""
    return bool(re.match(r"datum|date\b", cells.fold(heading)))


# Focus areas in a cell

_PARTS = re.compile(r"[;,/|\n]")
_NO_AREA = {"", "saknas", "ingen", "inga", "inget", "none", "n a", "okänt"}
_AND = {"och", "and", "samt", "&", "+"}


def unknown_areas(text: str, areas: Iterable[list[str]]) -> list[str]:
    """What a cell names beside the *areas* that the portal has, each by its folded titles."""
    known = [titles for titles in areas if text and names_area(titles, text)]
    titles = sorted((title for each in known for title in each if title), key=len, reverse=True)
    if cells.fold(text) in _NO_AREA or cells.fold(text) in titles:
        return []
    unknown = (_beside(part, titles) for part in _PARTS.split(text))
    return list(dict.fromkeys(filter(None, unknown)))


def _beside(part: str, titles: list[str]) -> str:
    """The words of *part* that are of no title, as they are written."""
    rest = cells.fold(part)
    if rest in {title.split()[0] for title in titles} or any(rest in title for title in titles):
        return ""
    for title in titles:
        rest = rest.replace(title, " ")
    left = {word for word in rest.split() if word not in _AND}
    return " ".join(word for word in part.split() if set(cells.fold(word).split()) & left)


def names_area(titles: list[str], text: str) -> bool:
    """Whether a cell names the area of these titles, among others, whole or by its first word."""
    folded = cells.fold(text)
    if any(title in folded for title in titles):
        return True
    parts = map(cells.fold, _PARTS.split(text))
    return any(part and part in {t.split()[0] for t in titles} for part in parts)


_SECTORS = [
    (Sector.MUNICIPAL_COMPANY, ("kommunalt bolag", "kommunala bolag", "kommunalägt",
                                "municipal comp", "kommunbolag", "offentligt bolag")),
    (Sector.PUBLIC, ("offentlig", "kommun", "region", "myndighet", "public", "stat", "municipal",
                     "government")),
    (Sector.ACADEMIA, ("akademi", "universitet", "högskol", "forskning", "academ", "utbildning",
                       "skola", "research", "universit", "education", "institut")),
    (Sector.CIVIL_SOCIETY, ("civil", "ideell", "förening", "stiftelse", "ngo", "non profit",
                            "nonprofit", "association", "tredje sektor", "foundation", "samfund")),
    (Sector.BUSINESS, ("näringsliv", "företag", "privat", "business", "private", "industri",
                       "company", "corporate", "enterprise", "handel", "bygg", "fastighet")),
]  # fmt: skip


@lru_cache(maxsize=500)
def sector_of(text: str) -> str:
    """The sector a word stands for, or ""."""
    folded = cells.fold(text)
    for sector, words in _SECTORS:
        if folded and any(word in folded for word in words):
            return sector
    return ""


# What is said of it

MEANING_WORDS: dict[str, str | Promise] = {
    "organisation": _("organisation"),
    "org_number": _("organisation number"),
    "sector": _("sector"),
    "contact": _("contact person"),
    "person": _("person's name"),
    "first_name": _("first name"),
    "last_name": _("last name"),
    "email": _("e-mail"),
    "phone": _("telephone"),
    "website": _("website"),
    "joined_on": _("joined on"),
    "left_on": _("left on"),
    "standing": _("status"),
    "focus_areas": _("focus areas"),
}
LEAVE_OUT = (OUT_CHOICE, _("Leave the row out"))
PARTNER_LIST = offer(ListKind(
    ImportKind.PARTNERS,
    PARTNERS,
    title=_("Choose a list of partners"),
    name=_("Partners and contact persons"),
    about=_("One row for each organisation: its name, and as much as you have of organisation"
            " number, sector, contact person, e-mail, telephone, joining date and focus areas."),
    page="import_detail",
    apply_page="import_apply",
    upload_page="import_partners",
    example_page="import_example",
    example_words=_("Download an example of a list of partners"),
    words=MEANING_WORDS,
    example=(
        "Organisation;Organisationsnummer;Sektor;Kontaktperson;E-post;Telefon;Anslöt;Fokusområden\n"
        "Exempelbolaget AB;556000-0001;Näringsliv;Åsa Berg;asa.berg@exempelbolaget.example;"
        "090-12 34 56;2024-01-31;Energi och byggd miljö\n"
    ),
    answers=[(NEW_CHOICE, _("Add as a new partner")), LEAVE_OUT],
    signs=partner_signs,
))  # fmt: skip


def meaning_choices(kind: ListKind) -> list[tuple[str, str | Promise]]:
    """What a column of a list of *kind* may mean, for a select."""
    known = [(meaning, kind.words[meaning]) for meaning in kind.rules.meanings]
    return [*known, (NONE_CHOICE, _("not read"))]
