from northstar.pages import partner_figures
from partners.models import FocusArea
from tests.builders import make_organisation


def test_small_and_large_letters_are_one(db):
    for name in ("åsen", "Ålidhem", "Berg"):
        make_organisation(name)
    found = partner_figures.letters(partner_figures.Organisation.objects.partners(), 1)
    assert [(one.letter, one.page) for one in found] == [("B", 1), ("Å", 2)]


def test_who_shares_no_focus_area_is_like_nobody(bostaden, norrbyggen):
    energy, food = (FocusArea.objects.get(key=key) for key in ("energy", "food"))
    bostaden.focus_areas.set([energy, food])
    norrbyggen.focus_areas.set([energy])
    (one,) = partner_figures.alike(bostaden)
    assert (one.area, one.others) == (energy, 1)
