"""Words of the pages where attendance lists come in, and an example of such a list."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.intake import decisions
from learning.intake.columns import ATTENDANCE
from partners.intake.kinds import NEW_CHOICE, NONE_CHOICE, ListKind
from partners.intake.words import LEAVE_OUT, MEANING_WORDS
from partners.models import ImportKind

ATTENDANCE_LIST = ListKind(
    ImportKind.ATTENDANCE,
    ATTENDANCE,
    title=_("Choose an attendance list"),
    page="attendance_import",
    words={
        **MEANING_WORDS,
        "presence": _("attendance"),
        "registered": _("registered or not"),
        "date": pgettext_lazy("of a session", "date"),
        "session": _("session"),
    },
    example=(
        "Träff;Datum;Namn;Organisation;E-post;Närvaro\n"
        "Lärandeträff 1;2024-02-07 kl. 09.00–12.00;Åsa Berg;Exempelbolaget AB;"
        "asa.berg@exempelbolaget.example;ja\n"
        "Lärandeträff 1;2024-02-07 kl. 09.00–12.00;Jon Lind;Exempelbolaget AB;"
        "jon.lind@exempelbolaget.example;nej\n"
    ),
    answers=[
        (NEW_CHOICE, _("Add as an organisation that is not yet a partner")),
        (NONE_CHOICE, _("Keep the people, without an organisation")),
        LEAVE_OUT,
    ],
    keepers={"session": decisions.keep_session, "list": decisions.keep_list},
)
