"""What no list needs is left behind by its heading."""

import pytest

from partners.sheets import cells, unwanted


@pytest.mark.parametrize(
    "heading",
    ["Allergi/specialkost", "Personnummer", "Tidstämpel", "Timestamp", "Slutförandetid", "Starttid",
     "Completion time", "Senast ändrad", "Last modified time", "Antal deltagare", "Totalt", "ID",
     "Participant ID (UPN)", "In-Meeting Duration", "Jag godkänner att min e-post sparas",
     "Får vi spara ditt namn?", "Din roll i organisationen", "Titel", "Job title", "Orderdatum",
     "Anmälningsdatum", "Registration date", "Created", "E-post chef", "Chefens e-post",
     "E-post till närmaste chef", "Telefon handläggare", "Telefon kommunens handläggare",
     "E-post (anmäld av)", "Anmäld av", "Booked by email", "Manager's email"],
)  # fmt: skip
def test_left_behind(heading):
    assert unwanted.is_unwanted(cells.fold(heading))


@pytest.mark.parametrize(
    "heading",
    ["Namn", "E-post för faktura", "E-post kontaktperson", "Kontaktpersonens e-post", "Anmäld",
     "E-post", "Telefon", "Hållbarhetschefens e-post", "Mejl till deltagare", "Anmälda deltagare",
     "Anslutningsdatum", "Datum", "Organisation", "Tid",
     "Vilken organisation jobbar du på?", "Organisation och avdelning", "Namn och titel"],
)  # fmt: skip
def test_needed(heading):
    assert not unwanted.is_unwanted(cells.fold(heading))
