"""Partners that are picked are an occasion with groups to write to."""

from measures.standing import groups as its_groups
from measures.standing import picking
from partners.models import OrganisationStatus
from partners.writing import groups
from tests.builders import make_member, make_organisation


def test_the_picked_are_two_groups(bostaden, norrbyggen, ada, cai, bo, kim):
    gone = make_organisation("Lämnade")
    make_member(gone, "Gun", role="contact_person")
    picked = picking.pick([bostaden, gone], by=kim)
    gone.status = OrganisationStatus.LEFT
    gone.save()
    occasion = groups.about(its_groups.key_of(picked))
    contacts, everybody = occasion.groups
    assert set(contacts.people()) == {cai}
    assert set(everybody.people()) == {ada, cai}
    assert (occasion.title, str(occasion.heading)) == (
        "2 valda partner",
        "Skriv till partner du har valt",
    )
    assert contacts.why() == "du är kontaktperson hos en partner"
    assert groups.titles([occasion.key]) == {occasion.key: "2 valda partner"}


def test_what_is_no_pick_is_none(db):
    for key in ("measures.picked:", "measures.picked:x", "measures.picked:07", "measures.picked:9"):
        assert groups.about(key) is None


def test_project_leads_do_not_write_to_the_picked(bostaden, kim, lo):
    key = its_groups.key_of(picking.pick([bostaden], by=kim))
    assert groups.may_write(kim, key)
    assert not groups.may_write(lo, key)
