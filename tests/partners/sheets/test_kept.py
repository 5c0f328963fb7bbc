"""What is kept of a list: what is read, and why the rest is not."""

from partners.intake.columns import PARTNERS
from partners.sheets import headings, kept
from partners.sheets.reader import Grid

ROWS = [
    ["Partner 2024"],
    ["Organisation", "Org.nr", "Allergier", "Bra att veta", "Företag", "Sektor"],
    ["Granit AB", "556000-0001", "nötter", "kör elbil", "Granit AB", "Näringsliv"],
    ["Åsa Berg", "19700101-1234", "", "", "Åsa Berg", ""],
    ["", "", "skaldjur", "", "", ""],
    ["Summa", "2", "", "", "", ""],
]


def test_what_is_not_read_is_kept_by_its_heading_with_the_reason():
    found = kept.as_json(headings.find(Grid("Blad1", ROWS), PARTNERS))
    assert found["not_read"] == ["Allergier", "Bra att veta", "Företag"]
    assert (found["needless"], found["repeated"]) == (["Allergier"], ["Företag"])
    assert found["left_out"] == [(5, "", "note"), (6, "Summa", "total")]
    assert "skaldjur" not in str(found)
    assert "kör elbil" not in str(found)


def test_a_number_that_may_be_a_persons_is_cut():
    found = kept.as_json(headings.find(Grid("Blad1", ROWS), PARTNERS))
    assert [row[1] for _number, row, _apart in found["rows"]] == ["556000-0001", "197001-****"]
