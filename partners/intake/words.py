"""Words of the import pages: what columns mean, what may be answered, an example."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.intake.columns import PARTNERS, partner_signs
from partners.intake.kinds import NEW_CHOICE, NONE_CHOICE, OUT_CHOICE, ListKind, offer
from partners.models import ImportKind

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
