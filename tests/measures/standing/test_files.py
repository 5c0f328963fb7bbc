from django.utils import timezone

from measures.standing import files, table
from tests.promise_builders import make_own_target, make_period, make_shared_report


def test_the_file_says_what_the_page_says(bostaden, cai):
    make_period()
    make_shared_report(bostaden)
    make_own_target(bostaden, mapped_year=None)
    (row,) = table.rows({}, "name", timezone.now())
    heads = [column.title for column in files.columns()]
    (cells,) = files.rows([row])
    told = dict(zip(heads, cells, strict=True))
    assert told["Organisation"] == "Bostaden"
    assert (told["Berätta varje år"], told["Minska utsläppen"]) == ("uppfyllt", "på väg")
    assert told["Rapport"] == "https://example.org/hallbarhet"
    assert told["Utsläpp kartlagda för året"] is None
    assert "Utsläppen är inte kartlagda än." in told["Det som saknas"]
    assert told["Kontaktperson"] == "Cai Öberg"


def test_the_sheet_beside_it_says_what_was_asked_for(db):
    _rows, about = files.sheets([], ["Sektor: näringsliv"])
    assert ("Urval", "Sektor: näringsliv") in list(about.rows)
