"""The demo's emissions and targets of the city: made up, and saying so."""

from datetime import datetime, timedelta
from decimal import Decimal

from measures.models import CityEmission, CityTarget
from northstar.demo.data.people import Cast

SOURCE = "Påhittade siffror för demon"
FIRST = 1990
BEHIND = 2  # years until the outcome of a year is known
FALL = Decimal("0.97")  # from year to year, after those listed
# Thousand tonnes a year, from FIRST on.
OUTCOMES = """
412.0 410.8 408.5 407.9 406.2 404.1 402.6 399.8 397.9 395.0
391.7 388.9 383.4 378.2 372.1 366.8 360.3 355.2 348.1 340.6
336.4 329.9 317.8 311.2 303.5 300.6 298.1 293.9 287.0 277.3
262.4 259.7 249.1 243.8 236.0
"""
TARGETS = [
    (2030, 82_000, "Klimatneutralt 2030: högst 82 000 ton, och resten tas upp"),
    (2040, 62_000, "Högst 62 000 ton 2040"),
]


def build(cast: Cast, now: datetime) -> None:
    """Make the outcomes up to BEHIND years ago, and the targets."""
    written = {"source": SOURCE, "updated_by": cast.coordinator}
    written["updated_at"] = now - timedelta(days=40)
    published_on = (now - timedelta(days=45)).date()
    tonnes = [Decimal(text) * 1000 for text in OUTCOMES.split()]
    while FIRST + len(tonnes) <= now.year - BEHIND:
        tonnes.append(round(tonnes[-1] * FALL, -2))
    CityEmission.objects.bulk_create(
        CityEmission(
            year=year,
            tonnes=amount,
            published_on=published_on if year == now.year - BEHIND else None,
            **written,
        )
        for year, amount in enumerate(tonnes, start=FIRST)
        if year <= now.year - BEHIND
    )
    CityTarget.objects.bulk_create(
        CityTarget(year=year, tonnes=amount, wording=wording, **written)
        for year, amount, wording in TARGETS
    )
