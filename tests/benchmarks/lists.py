"""How long the preview of a long list takes, and how that grows with the list."""

import random
import time

from django.db import transaction

from partners.intake import batches, partner_lists
from partners.intake.columns import PARTNER_LIST

BEGINNINGS = ["Norr", "Stor", "Gran", "Tall", "Björk", "Älv", "Skog", "Berg", "Sten", "Fors"]
ENDINGS = ["hatten", "vik", "fors", "näs", "torp", "hem", "holm", "ström", "kulla", "gård", "sund"]
TRADES = ["Bygg", "Livs", "Konsult", "Energi", "Fastighet", "Transport", "Media", "Vård", "Teknik"]
HEADINGS = "Organisation;Sektor;Kontaktperson;E-post;Telefon;Anslöt;Fokusområden"


def partners(size):
    """A list of *size* made-up partners, none of whom the portal knows."""
    dice = random.Random(size)
    rows = [
        f"{dice.choice(BEGINNINGS)}{dice.choice(ENDINGS)}{number:x} {dice.choice(TRADES)} AB;"
        f"Näringsliv;Åsa Berg;info@nr{number}.example;090-12 34 56;2024-01-31;Mat och jordbruk"
        for number in range(size)
    ]
    return "\n".join([HEADINGS, *rows, ""])


def seconds_of_preview(size, *, by):
    """Reading *size* rows that are kept already, against what the portal knows."""
    with transaction.atomic():
        batch = batches.open_batch(PARTNER_LIST, "lista.csv", partners(size).encode(), by=by)
        began = time.perf_counter()
        partner_lists.plan(batch)
        taken = time.perf_counter() - began
        transaction.set_rollback(True)
    return taken
