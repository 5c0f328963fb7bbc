"""The list of partners, end to end."""

from pathlib import Path

import pytest
from django.http import QueryDict

from partners.intake import batches, partner_lists, plans
from partners.intake.columns import PARTNER_LIST
from partners.models import FocusArea, Membership, MembershipRole, Organisation, User
from tests.builders import make_import, make_organisation

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def batch(kim):
    data = (DATA / "partners.xlsx").read_bytes()
    return batches.open_batch(PARTNER_LIST, "partners.xlsx", data, by=kim)


def test_the_list_of_partners_gives_56_partners(batch, kim):
    plan = partner_lists.plan(batch)
    assert plan.counts() == {"new": 53, "wrong": 3, "repeated": 1}

    partner_lists.apply(batch, by=kim)

    assert Organisation.objects.partners().count() == 56
    assert Membership.objects.contact_persons().count() == 56
    assert User.objects.filter(memberships__isnull=False, email__isnull=True).count() == 1
    assert partner_lists.plan(batch).changes_nothing


def line_of(batch, name):
    return next(line for line in partner_lists.plan(batch).lines if line.name.startswith(name))


def test_what_is_wrong_is_said_at_its_cell(batch):
    assert set(line_of(batch, "Vindeln Vård").problems) == {"org_number"}
    wrong = line_of(batch, "Holmön Konsult")
    assert set(wrong.problems) == {"email"}
    assert wrong.proposals == {"email": "ola.nordstrom@holmon-konsult-ab.example"}
    assert "info@appelparken-akeri-ab.example" in line_of(batch, "Äppelparken Åkeri").notes[0]


def test_a_correction_on_the_page_is_used(batch, kim):
    partner_lists.apply(batch, by=kim)
    key = line_of(batch, "Holmön Konsult").record.key
    said = QueryDict(mutable=True)
    said["use"] = f"{key}:email ola.nordstrom@holmon-konsult-ab.example"

    plans.decide(batch, PARTNER_LIST, said)
    partner_lists.apply(batch, by=kim)

    person = User.objects.get(email="ola.nordstrom@holmon-konsult-ab.example")
    assert person.memberships.get().role == MembershipRole.CONTACT_PERSON
    assert Membership.objects.contact_persons().count() == 56
    assert partner_lists.plan(batch).changes_nothing


def test_a_formula_is_no_name_and_the_words_it_shows_are_proposed(batch, kim):
    line = line_of(batch, "Vindeln Folk")
    assert (line.status, set(line.problems)) == ("wrong", {"contact"})
    assert line.proposals["contact"] == "Yngve Hägglund"

    partner_lists.apply(batch, by=kim)
    person = User.objects.get(email="yngve.hagglund@vindeln-folkhogskola.example")
    assert person.name == ""

    said = QueryDict(mutable=True)
    said["use"] = f"{line.record.key}:contact Yngve Hägglund"
    plans.decide(batch, PARTNER_LIST, said)
    partner_lists.apply(batch, by=kim)
    person.refresh_from_db()
    assert person.name == "Yngve Hägglund"


def planned(kim, *rows, headings="Organisation;Kontaktperson;E-post", **said):
    batch = make_import(kim, "\n".join([headings, *rows, ""]))
    batch.decisions = said
    return partner_lists.plan(batch)


def people(plan):
    return [(p.name, p.email) for p in plan.register.new_people]


@pytest.mark.parametrize(
    ("contact", "email", "found"),
    [
        ("Anna Berg och Erik Ek", "anna@g.example, erik@g.example",
         [("Anna Berg", "anna@g.example"), ("Erik Ek", "erik@g.example")]),
        ("Karin Lund, VD", "karin@g.example", [("Karin Lund", "karin@g.example")]),
        ("Löfgren, Bo (VD)", "bo@g.example", [("Bo Löfgren", "bo@g.example")]),
        ("Karin Lund, RISE", "karin@g.example", [("Karin Lund", "karin@g.example")]),
        ("Anna Berg", "anna@g.example; info@g.example", [("Anna Berg", "anna@g.example")]),
        ("", "anna@g.example", [("", "anna@g.example")]),
    ],
)  # fmt: skip
def test_who_a_cell_names_is_read_whole(kim, contact, email, found):
    text = f'Granit AB;"{contact}";"{email}"'
    assert people(planned(kim, text)) == found


def test_two_names_without_an_address_each_are_asked_about(kim):
    plan = planned(kim, 'Granit AB;"Anna Berg, Erik Ek";anna@g.example')
    [line] = plan.lines
    assert (line.status, list(line.problems)) == ("wrong", ["contact"])
    assert "Erik Ek" in line.problems["contact"]
    assert [c.name for c in line.corrections] == ["0-2:contact", "0-2:email"]
    assert "Erik" not in str(people(plan))


def test_a_mailbox_for_two_is_the_first_ones_and_the_second_is_a_person_too(kim):
    plan = planned(kim, "Granit AB;Eva Al;info@g.example", "Granit AB;Ola Ek;info@g.example")
    assert people(plan) == [("Eva Al", "info@g.example"), ("Ola Ek", None)]
    assert "Eva Al" in plan.lines[1].notes[0]
    assert plan.lines[1].status == "changed"


def test_a_mailbox_of_another_organisations_contact_is_not_taken(kim):
    plan = planned(kim, "Granit AB;Ola Ek;info@g.example", "Kvarts AB;Eva Al;info@g.example")
    acting = [(m.person.name, m.organisation.name) for m in plan.register.new_memberships]
    assert acting == [("Ola Ek", "Granit AB"), ("Eva Al", "Kvarts AB")]


@pytest.mark.parametrize(("answer", "acts_for"), [("", 1), ("no", 1), ("yes", 2)])
def test_a_contact_person_of_two_organisations_is_asked_about_once(kim, answer, acts_for):
    rows = ["Granit AB;Eva Al;eva@g.example", "Kvarts AB;Eva Al;eva@g.example"]
    plan = planned(kim, *rows, asks={"contact:eva@g.example:kvarts ab": answer})
    assert len(plan.register.new_memberships) == acts_for
    assert plan.undecided == (0 if answer else 1)
    assert [ask.rows for ask in plan.asks] == [["Kvarts AB"]]
    assert plan.lines[1].status == ("new" if answer else "decision")


@pytest.mark.parametrize(("answer", "known"), [("yes", 1), ("no", 2)])
def test_a_name_that_may_be_another_persons_is_asked_about(kim, answer, known):
    rows = ["Granit AB;Anna Berg;anna@g.example", "Granit AB;Anna Ek;anna@g.example"]
    plan = planned(kim, *rows)
    assert plan.lines[1].status == "decision"
    [ask] = plan.asks
    assert len(people(planned(kim, *rows, asks={ask.key: answer}))) == known


def test_the_fullest_name_of_an_address_is_used_and_said(kim):
    rows = ["Granit AB;Aino Essen;aino@g.example", "Granit AB;Aino von Essen;aino@g.example"]
    plan = planned(kim, *rows)
    assert people(plan) == [("Aino von Essen", "aino@g.example")]
    assert "Aino von Essen" in plan.lines[0].notes[0]


def test_a_name_that_begins_with_a_partners_is_asked_about_also_with_a_number(kim):
    make_organisation("RISE")
    plan = planned(
        kim,
        "RISE Research Institutes of Sweden AB;556464-6874",
        headings="Organisation;Organisationsnummer",
    )
    assert (plan.lines[0].status, [o.name for o in plan.lines[0].alike]) == ("decision", ["RISE"])


def test_everything_that_will_be_written_is_shown(kim):
    plan = planned(
        kim,
        "Granit AB;556000-0001;Näringsliv;701234567;30/11 2023;Mat och jordbruk",
        headings="Organisation;Organisationsnummer;Sektor;Telefon;Anslöt;Fokusområden",
    )
    facts = " ".join(plan.lines[0].facts())
    for said in ("556000-0001", "näringsliv", "2023-11-30", "070-123 45 67", "Mat och jordbruk"):
        assert said in facts


@pytest.mark.parametrize("text", ["3/2024", "2024/25", "våren 2024"])
def test_a_date_that_is_not_one_is_asked_about(kim, text):
    plan = planned(kim, f"Granit AB;{text}", headings="Organisation;Anslöt")
    assert list(plan.lines[0].problems) == ["joined_on"]


def test_focus_areas_that_differ_are_said(kim):
    granit = make_organisation("Granit AB")
    granit.focus_areas.set(FocusArea.objects.filter(key="food"))
    plan = planned(kim, "Granit AB;Mobilitet", headings="Organisation;Fokusområden")
    assert "Mobilitet och transporter" in plan.lines[0].notes[0]
    assert planned(kim, "Granit AB;Mat", headings="Organisation;Fokusområden").lines[0].notes == []


def test_two_columns_for_telephones_are_one_number_and_the_other_is_said(kim):
    plan = planned(
        kim,
        "Alm AB;Anna Berg;anna@alm.example;090-16 10 00;070-123 45 67",
        "Ek AB;Karl Ek;karl@ek.example;;070-123 45 68",
        "Al AB;Eva Al, Bo Ek;eva@al.example, bo@al.example;090-161001;090-161002",
        headings="Organisation;Kontaktperson;E-post;Telefon;Mobil",
    )
    assert [person.phone for person in plan.register.new_people] == [
        "090-16 10 00", "070-123 45 68", "090-16 10 01", "090-16 10 02"
    ]  # fmt: skip
    assert [len(line.notes) for line in plan.lines] == [1, 0, 0]
    assert "070-123 45 67" in plan.lines[0].notes[0]


def test_a_cell_that_says_that_nothing_is_known_is_empty(kim):
    plan = planned(
        kim,
        "Alm AB;-;saknas;–;n/a;?",
        "Ek AB;Vakant (tillsätts i höst);info@ek.example;;;",
        headings="Organisation;Kontaktperson;E-post;Telefon;Org.nr;Anslöt",
    )
    assert [dict(line.problems) for line in plan.lines] == [{}, {}]
    assert people(plan) == [("", "info@ek.example")]


@pytest.mark.parametrize(
    ("contact", "email", "wrong"),
    [
        ("Karl Ek", "anna berg@alm.example", "email"),
        ("Anna & Karl Berg", "anna@alm.example, karl@alm.example", "contact"),
        ("Anna Berg m.fl.", "anna@alm.example", "contact"),
        ("Se hemsidan", "info@alm.example", "contact"),
    ],
)
def test_half_of_what_a_cell_says_is_never_taken(kim, contact, email, wrong):
    plan = planned(kim, f"Alm AB;{contact};{email}")
    assert set(plan.lines[0].problems) == {wrong}


def test_two_with_one_surname_are_proposed_whole(kim):
    plan = planned(kim, "Alm AB;Anna & Karl Berg;anna@alm.example, karl@alm.example")
    assert plan.lines[0].proposals["contact"] == "Anna Berg och Karl Berg"


def test_an_organisation_behind_a_comma_is_nobody(kim):
    make_organisation("Umeå Energi")
    plan = planned(
        kim,
        "Alm AB;Anna Berg, Umeå Energi;anna@alm.example",
        "Ekens Livs AB;Eva Al, Ekens Livs;eva@ek.example",
    )
    assert people(plan) == [("Anna Berg", "anna@alm.example"), ("Eva Al", "eva@ek.example")]


@pytest.mark.parametrize("text", ["60000", "2090-01-01"])
def test_a_day_of_joining_that_has_not_been_is_asked_about(kim, text):
    plan = planned(kim, f"Alm AB;{text}", headings="Organisation;Anslöt")
    assert set(plan.lines[0].problems) == {"joined_on"}
    assert plan.register.new_organisations[0].joined_on is None


def test_the_address_that_is_understood_is_shown(kim):
    plan = planned(kim, "Alm AB;BERG, ANNA;mailto:ANNA@alm.example")
    assert "Kontaktperson: ANNA BERG, anna@alm.example" in plan.lines[0].facts()


@pytest.mark.parametrize(
    ("answer", "organisations", "statuses"),
    [
        ("", [], {"decision": 2}),
        ("organisation", ["Anna Berg", "Karl Ek"], {"new": 2}),
        ("contact", [], {"wrong": 2}),
    ],
)
def test_a_list_of_names_and_addresses_is_asked_whose_they_are(
    kim, answer, organisations, statuses
):
    rows = ("Anna Berg;anna@alm.example", "Karl Ek;karl@ek.example")
    plan = planned(kim, *rows, headings="Namn;E-post", asks={"subject:0": answer})
    assert [o.name for o in plan.register.new_organisations] == organisations
    assert plan.counts() == statuses
    assert [ask.key for ask in plan.asks] == ["subject:0"]


def test_names_that_are_plainly_companies_are_not_asked_about(kim):
    plan = planned(kim, "Alm AB;info@alm.example", headings="Namn;E-post")
    assert plan.asks == []


@pytest.mark.parametrize(
    ("said", "unknown"),
    [
        ("Rymden", ["Rymden"]),
        ("Energi och byggd miljö; Rymden", ["Rymden"]),
        ("Energi och byggd miljö och Rymden", ["Rymden"]),
        ("Energi, Havet / Rymden", ["Havet", "Rymden"]),
        ("Energi och byggd miljö", []),
        ("energi", []),
        ("saknas", []),
        ("-", []),
    ],
)
def test_a_focus_area_the_portal_does_not_have_is_said_in_its_row(kim, said, unknown):
    batch = make_import(kim, f'Organisation;E-post;Fokusområde\nGranit AB;a@b.example;"{said}"\n')
    notes = line_of(batch, "Granit").notes
    assert notes == [
        f"”{name}” är inget fokusområde i portalen och läses inte." for name in unknown
    ]


@pytest.mark.parametrize(("said", "wrong"), [("vår sida", {"website"}), ("-", set())])
def test_a_web_address_that_is_none_is_said_at_its_cell(kim, said, wrong):
    batch = make_import(kim, f"Organisation;E-post;Webb\nGranit AB;a@b.example;{said}\n")
    assert set(line_of(batch, "Granit").problems) == wrong


def test_a_row_with_nothing_but_an_address_is_asked_for_its_name(kim):
    rows = "Granit AB;Åsa Berg;a@b.example\nTegs AB;Bo Ek;b@c.example\n;;ensam@x.example\n"
    batch = make_import(kim, f"Organisation;Kontaktperson;E-post\n{rows}")
    *_others, alone = partner_lists.plan(batch).lines
    assert (alone.record.get("email"), alone.status) == ("ensam@x.example", "wrong")
    assert set(alone.problems) == {"organisation"}


@pytest.mark.parametrize(
    "heading", ["Efternamn Förnamn", "Efternamn, förnamn", "Efter- och förnamn"]
)
def test_names_below_surname_and_first_name_are_turned_round_or_asked_about(kim, heading):
    plan = planned(
        kim,
        "Granit AB;Berg Åsa;asa@granit.example",
        "Ripan AB;Lind Jon Olof;jon@ripan.example",
        headings=f"Organisation;{heading};E-post",
    )
    assert plan.lines[0].person.name == "Åsa Berg"
    jon = plan.lines[1]
    assert jon.status == "wrong"
    assert jon.proposals["contact"] == "Jon Olof Lind"


@pytest.mark.parametrize(
    "headings",
    [
        "Organisation;Kontaktperson 1;E-post 1;Kontaktperson 2;E-post 2",
        "Organisation;Kontaktperson;E-post;Kontaktperson;E-post",
        "Organisation;Kontakt 1;E-post kontakt 1;Kontakt 2;E-post kontakt 2",
    ],
)
def test_a_second_contact_person_in_columns_of_their_own_has_their_own_address(kim, headings):
    rows = ["Granit AB;Anna Berg;anna@g.example;Erik Ek;erik@g.example",
            "Lera AB;Karin Lund;karin@l.example;;"]  # fmt: skip
    plan = planned(kim, *rows, headings=headings)
    assert (plan.asks, [line.problems for line in plan.lines]) == ([], [{}, {}])
    assert people(plan) == [
        ("Anna Berg", "anna@g.example"),
        ("Erik Ek", "erik@g.example"),
        ("Karin Lund", "karin@l.example"),
    ]


def test_a_second_contact_person_without_an_address_is_asked_about(kim):
    headings = "Organisation;Kontaktperson 1;E-post 1;Kontaktperson 2;E-post 2"
    plan = planned(kim, "Granit AB;Anna Berg;anna@g.example;Erik Ek;", headings=headings)
    assert list(plan.lines[0].problems) == ["contact"]
    assert people(plan) == []


def test_one_column_of_contact_persons_twice_is_one(kim):
    headings = "Organisation;Kontaktperson;E-post;Kontaktperson"
    plan = planned(kim, "Granit AB;Anna Berg;anna@g.example;Anna Berg", headings=headings)
    assert people(plan) == [("Anna Berg", "anna@g.example")]


def test_two_columns_that_may_be_the_contact_person_are_still_asked_about(kim):
    headings = "Organisation;Kontaktperson;Ansvarig;E-post"
    plan = planned(kim, "Granit AB;Anna Berg;Erik Ek;anna@g.example", headings=headings)
    assert len(plan.asks) == 1
