"""The table of cards as a file: what is on the page is what is in the file."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from measures.standing import words
from measures.standing.card import Line
from measures.standing.table import Row
from partners.reading.addresses import readable
from partners.sheets.writer import Cell, Column, Kind, Sheet


def columns() -> list[Column]:
    return [
        Column(_("Organisation"), width=36),
        Column(_("Sector"), width=18),
        Column(_("Learn together"), width=16),
        Column(_("Sessions this year"), Kind.INTEGER),
        Column(_("People this year"), Kind.INTEGER),
        Column(_("Latest session"), Kind.DATE),
        Column(_("Tell every year"), width=16),
        Column(_("Report"), width=40),
        Column(_("Cut emissions"), width=16),
        Column(_("Challenges with a measure"), Kind.INTEGER),
        Column(_("Challenges at least"), Kind.INTEGER),
        Column(_("Emissions mapped for the year"), Kind.INTEGER),
        Column(_("Letter of intent signed"), Kind.DATE),
        Column(_("What is missing"), width=80),
        Column(_("Contact person"), width=30),
        Column(_("E-mail"), width=40),
    ]


def rows(found: list[Row]) -> Iterator[tuple[Cell, ...]]:
    return (_cells(row) for row in found)


def sheets(found: list[Row], chosen: list[str]) -> list[Sheet]:
    """The rows, and a sheet that says what was asked for and what counts."""
    notes = [
        (_("Read on"), timezone.localdate().isoformat()),
        (_("Filter"), "; ".join(chosen) or _("none")),
        *((str(words.NAMES[key]), str(text)) for key, text in words.RULES.items()),
    ]
    what = [Column(_("What"), width=24), Column("", width=90)]
    return [
        Sheet(_("Partners"), columns(), rows(found)),
        Sheet(_("How this is counted"), what, notes),
    ]


def _cells(row: Row) -> tuple[Cell, ...]:
    card, facts = row.card, row.card.facts
    addresses = [readable(person.email) for person in row.contacts if person.email]
    return (
        row.organisation.name,
        str(row.organisation.get_sector_display()) or None,
        _state(card.learning),
        facts.attended,
        facts.people,
        row.seen_on,
        _state(card.sharing),
        facts.report.link if facts.report else None,
        _state(card.emissions),
        card.emissions.done,
        card.asked,
        facts.target.mapped_year if facts.target else None,
        facts.letter.signed_on if facts.letter else None,
        " ".join(words.said(one) for one in card.missing) or None,
        ", ".join(person.name for person in row.contacts) or None,
        ", ".join(addresses) or None,
    )


def _state(line: Line) -> str:
    return str(words.STATES[line.state])
