"""Words of the pages where attendance lists come in, and an example of such a list."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from learning.intake import decisions
from learning.intake.columns import ATTENDANCE, attendance_signs
from partners.intake.columns import LEAVE_OUT, MEANING_WORDS
from partners.intake.kinds import NEW_CHOICE, NONE_CHOICE, ListKind, offer
from partners.models import ImportKind

ATTENDANCE_LIST = offer(ListKind(
    ImportKind.ATTENDANCE,
    ATTENDANCE,
    title=_("Choose an attendance list"),
    name=_("Sessions and attendance"),
    about=_("One row for each person: name, organisation, e-mail and whether they came. A sheet for"
            " each session, a column for each session, or one long list with dates."),
    page="attendance_import",
    apply_page="attendance_import_apply",
    upload_page="import_attendance",
    example_page="attendance_example",
    example_words=_("Download an example of an attendance list"),
    words={
        **MEANING_WORDS,
        "presence": _("attendance"),
        "absence": _("absence"),
        "excuse": _("sent word"),
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
    signs=attendance_signs,
    keepers={"session": decisions.keep_session, "list": decisions.keep_list},
))  # fmt: skip


def counted(counts: Mapping[str, int]) -> list[str]:
    """How many were what in a session of the list, in words; nothing of what nobody was."""
    told = {
        "registered": ngettext_lazy("%(n)s registered", "%(n)s registered", "n"),
        "walk_in": ngettext_lazy("%(n)s walk-in", "%(n)s walk-ins", "n"),
        "present": ngettext_lazy("%(n)s present", "%(n)s present", "n"),
        "absent": ngettext_lazy("%(n)s absent", "%(n)s absent", "n"),
        "excused": ngettext_lazy("%(n)s who had sent word", "%(n)s who had sent word", "n"),
        "unknown": ngettext_lazy("%(n)s not noted", "%(n)s not noted", "n"),
    }
    return [str(words % {"n": counts[what]}) for what, words in told.items() if counts.get(what)]
