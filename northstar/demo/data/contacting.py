"""What the demo's coordinator has noted of talks with partners."""

from datetime import datetime, timedelta

from django.utils import timezone

from measures.models import ContactNote
from northstar.demo.data.people import Cast
from partners.models import Organisation

# short name, days ago, what was said, and in how many days from now to be in touch again
NOTES: list[tuple[str, int, str, int | None]] = [
    ("norrskenets-bygg", 41, "Vill visa verktygspoolen på en träff i vår", None),
    ("stigbygeln-logistik", 4, "Ny hållbarhetschef börjar i januari, hör av oss då", 46),
    ("kvarnforsens-mejeri", 19, "Rapporten är klar men inte översatt, vi hörs om den", -1),
    ("gronakers-lantbruk", 75, "Har svårt att komma på dagtid, föreslog lunchträff", None),
]


def build(cast: Cast, now: datetime) -> None:
    today = timezone.localdate(now)
    slugs = [slug for slug, _ago, _line, _ahead in NOTES]
    partners = {one.slug: one for one in Organisation.objects.filter(slug__in=slugs)}
    ContactNote.objects.bulk_create(
        ContactNote(
            organisation=partners[slug],
            on=today - timedelta(days=ago),
            line=line,
            next_on=None if ahead is None else today + timedelta(days=ahead),
            created_at=now - timedelta(days=ago),
            created_by=cast.coordinator,
        )
        for slug, ago, line, ahead in NOTES
        if slug in partners
    )
