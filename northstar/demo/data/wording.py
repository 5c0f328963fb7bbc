"""An e-mail of the demo whose words the coordinator has changed, twice."""

from datetime import datetime, timedelta

from partners.models import LetterText, User
from partners.post import texts
from partners.wording import editing

LETTER, LANGUAGE = "learning/seat_confirmed", "sv"
SEAT, FACTS = "Du har en plats på träffen.", "\n\nTräff: "
COFFEE = f"{SEAT} Vi bjuder på fika från en halvtimme före."
HELP = "Behöver du något för att delta, till exempel hörslinga? Svara på mejlet, så ordnar vi det."


def build(coordinator: User, now: datetime) -> None:
    """What is sent from now on; the e-mails that have left said what the portal came with."""
    own = texts.original(LETTER, LANGUAGE)
    first = own.text.replace(SEAT, COFFEE, 1)
    second = first.replace(FACTS, f"\n\n{HELP}{FACTS}", 1)
    for number, (text, days) in enumerate([(first, 41), (second, 12)]):
        said = texts.edited(own, own.subject, text)
        row = editing.write(LETTER, LANGUAGE, said, seen=number, by=coordinator)
        assert row is not None
        written_at = now - timedelta(days=days, hours=2)
        LetterText.objects.filter(pk=row.pk).update(written_at=written_at)
