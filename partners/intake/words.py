"""Words of the import pages: what columns mean, what becomes of rows, lists as examples."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.intake.batches import NONE_CHOICE
from partners.models import ImportKind
from partners.sheets import headings

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
    "focus_areas": _("focus areas"),
    "presence": _("attendance"),
    "registered": _("registered or not"),
    "date": pgettext_lazy("of a session", "date"),
    "session": _("session"),
}
EXAMPLES: dict[ImportKind, str] = {
    ImportKind.PARTNERS: (
        "Organisation;Organisationsnummer;Sektor;Kontaktperson;E-post;Telefon;Anslöt;Fokusområden\n"
        "Exempelbolaget AB;556000-0001;Näringsliv;Åsa Berg;asa.berg@exempelbolaget.example;"
        "090-12 34 56;2024-01-31;Energi och byggd miljö\n"
    ),
    ImportKind.ATTENDANCE: (
        "Träff;Datum;Namn;Organisation;E-post;Närvaro\n"
        "Lärandeträff 1;2024-02-07 kl. 09.00–12.00;Åsa Berg;Exempelbolaget AB;"
        "asa.berg@exempelbolaget.example;ja\n"
        "Lärandeträff 1;2024-02-07 kl. 09.00–12.00;Jon Lind;Exempelbolaget AB;"
        "jon.lind@exempelbolaget.example;nej\n"
    ),
}


def meaning_choices(kind: str) -> list[tuple[str, str | Promise]]:
    """What a column of a list of *kind* may mean, for a select."""
    known = [(meaning, MEANING_WORDS[meaning]) for meaning in headings.MEANINGS[kind]]
    return [*known, (NONE_CHOICE, _("not read"))]
