from datetime import date

import pytest

from learning.models import BarrierType
from measures.models import Challenge, Measure
from partners.models import FocusArea
from tests.builders import make_attendance, make_measure, make_next_step, make_session
from tests.measures.planning.sending import NEW, PARTS, address, counted, named, part
from tests.reading import read

pytestmark = pytest.mark.django_db


# New


def test_two_facts_are_enough_for_a_draft(as_, ada, bostaden):
    response = as_(ada).post(NEW, named(), follow=True)
    measure = Measure.objects.get()
    assert response.redirect_chain == [(address(measure, "andra/"), 302)]
    assert (measure.organisation, measure.created_by) == (bostaden, ada)
    assert (measure.published_at, measure.reduction_t) == (None, None)
    said = "Bara ni på Bostaden och samordnarna ser det tills ni publicerar."
    assert said in read(response).text


def test_a_new_measure_asks_for_no_more_than_two_facts_and_chooses_nothing(as_, ada):
    page = read(as_(ada).get(NEW)).part("main", "Lägg till en åtgärd")
    asked = {e.attributes["name"] for e in page.all("input") if e.attributes["type"] != "hidden"}
    assert asked == {"title", "focus_area"}
    assert page.value("focus_area") is None
    assert "Resor, transporter, bilar och leveranser" in page.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 151),
        ("title", "a\0b"),
        ("focus_area", ""),
        ("focus_area", "99999999999999999999"),
        ("focus_area", "'; DROP TABLE"),
    ],
)
def test_a_bad_fact_gets_a_sentence_and_the_other_is_kept(as_, ada, field, value):
    response = as_(ada).post(NEW, named(**{field: value}))
    assert response.status_code == 422
    page = read(response)
    assert page.faulty() == [field]
    kept = {"title", "focus_area"} - {field}
    assert all(page.value(name) for name in kept)
    assert not Measure.objects.exists()


def test_what_the_form_does_not_ask_cannot_be_set(as_, ada, bo, norrbyggen):
    smuggled = {
        "organisation": norrbyggen.pk,
        "published_at": "2020-01-01",
        "created_by": bo.pk,
        "version": "7",
    }
    response = as_(ada).post(NEW, named(**smuggled))
    assert response.status_code == 422
    del smuggled["organisation"]
    as_(ada).post(NEW, named(**smuggled))
    measure = Measure.objects.get()
    assert (measure.published_at, measure.created_by, measure.version) == (None, ada, 1)


def test_who_acts_for_two_chooses_which(as_, ada, norrbyggen):
    ada.memberships.create(organisation=norrbyggen)
    page = read(as_(ada).get(NEW))
    assert page.value("organisation") is None
    assert as_(ada).post(NEW, named()).status_code == 422
    as_(ada).post(NEW, named(organisation=norrbyggen.pk))
    assert Measure.objects.get().organisation == norrbyggen


def test_a_next_step_becomes_a_measure(as_, ada, bostaden):
    session = make_session(in_days=-3)
    step = make_next_step(session, ada)
    page = read(as_(ada).get(f"{NEW}?intention={step.pk}"))
    assert page.value("title").lower() == step.then_text.lower()
    assert page.value("origin_session") == str(session.pk)
    as_(ada).post(NEW, named(intention=step.pk))
    measure = Measure.objects.get()
    assert (measure.origin_intention, measure.origin_session) == (step, session)
    assert step.then_said in measure.description


def test_a_session_is_where_the_idea_came_from(as_, ada):
    session = make_session(in_days=-3)
    page = read(as_(ada).get(f"{NEW}?session={session.pk}"))
    as_(ada).post(NEW, named(origin_session=page.value("origin_session")))
    assert Measure.objects.get().origin_session == session


@pytest.mark.parametrize("query", ["intention=x", "intention=9999999999999999999999", "session=-1"])
def test_an_address_with_nonsense_opens_an_empty_form(as_, ada, query):
    page = read(as_(ada).get(f"{NEW}?{query}"))
    assert page.value("title") is None
    assert page.value("origin_session") is None


def test_the_next_step_of_others_is_neither_shown_nor_taken(as_, bo, ada):
    step = make_next_step(make_session(in_days=-3), ada)
    page = read(as_(bo).get(f"{NEW}?intention={step.pk}"))
    assert page.value("title") is None
    assert step.then_text not in page.text
    assert as_(bo).post(NEW, named(intention=step.pk)).status_code == 422
    assert not Measure.objects.exists()


# The parts


def test_the_parts_say_what_is_filled_in_and_publish_from_there(as_, ada, bostaden):
    measure = make_measure(bostaden, "Elbilar", published_at=None)
    page = read(as_(ada).get(address(measure, "andra/")))
    rows = page.part("section", "Delarna").texts("li")
    assert [row.rpartition(" ")[2] for row in rows] == ["ifyllt"] * 6
    assert [row for row in rows if "inte ifyllt" not in row] == [rows[0], rows[2]]
    assert "12,5 ton CO₂e per år, beräknat" in rows[2]
    assert "Publicera åtgärden" in page.texts("button")
    as_(ada).post(address(measure, "publicera/"))
    page = read(as_(ada).get(address(measure, "andra/")))
    assert "Publicera åtgärden" not in page.texts("button")


def test_each_part_says_what_it_is_for_and_leads_to_the_next(as_, ada, bostaden):
    measure = make_measure(bostaden)
    client = as_(ada)
    pages = [read(client.get(part(measure, name))) for name in PARTS]
    numbers = [f"Del {number} av 5, frivillig" in page.text for number, page in enumerate(pages)]
    assert numbers == [False, True, True, True, True, True]
    skipping = [
        link.attributes["href"]
        for page in pages
        for link in page.all("a")
        if link.text == "Hoppa över"
    ]
    assert skipping == [
        *(part(measure, name) for name in PARTS[2:]),
        address(measure, "andra/"),
    ]


@pytest.mark.parametrize(
    ("name", "sent", "saved"),
    [
        ("namn", {"title": "Nytt"}, {"title": "Nytt"}),
        (
            "lage",
            {"status": "completed", "start_on": "2026-01-02"},
            {"status": "completed", "start_on": date(2026, 1, 2), "end_on": None},
        ),
        ("effekt", {"reduction_t": "9", "method": "measured"}, {"reduction_t": 9}),
        ("beskrivning", {"description": "Vi byter."}, {"description": "Vi byter."}),
    ],
)
def test_a_part_saves_its_own_facts_and_leaves_the_rest(as_, ada, bostaden, name, sent, saved):
    measure = make_measure(bostaden, title="Elbilar", focus_area=FocusArea.objects.first())
    sent |= {"version": "1"} | ({"focus_area": measure.focus_area_id} if name == "namn" else {})
    response = as_(ada).post(part(measure, name), sent)
    assert response["Location"] == address(measure, "andra/")
    kept = Measure.objects.get()
    facts = ("title", "description", "status", "start_on", "end_on", "reduction_t")
    changed = {fact for fact in facts if getattr(kept, fact) != getattr(measure, fact)}
    assert changed <= saved.keys()
    assert {fact: getattr(kept, fact) for fact in saved} == saved
    assert (kept.version, kept.updated_by) == (2, ada)


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("namn", "title", ""),
        ("lage", "status", "unheard"),
        ("lage", "start_on", "31 februari"),
        ("lage", "start_on", "99999-01-01"),
        ("effekt", "method", "guessed"),
        ("effekt", "reduction_t", "-3"),
        ("effekt", "reduction_t", "NaN"),
        ("effekt", "reduction_t", "Infinity"),
        ("effekt", "reduction_t", "1e5"),
        ("effekt", "reduction_t", "1000001"),
        ("effekt", "reduction_t", "9" * 400),
        ("effekt", "reduction_t", "500 kg"),
        ("effekt", "reduction_t", "mycket"),
        ("effekt", "reduction_t", ""),
        ("ide", "origin_session", "12345"),
        ("ide", "origin_session", "'; DROP TABLE"),
        ("ide", "challenge", "12345"),
        ("beskrivning", "description", "x" * 5001),
    ],
)
def test_bad_input_gets_a_sentence_beside_the_field(as_, ada, bostaden, name, field, value):
    measure = make_measure(bostaden)
    sent = named(status="planned", **counted()) | {field: value}
    response = as_(ada).post(part(measure, name), sent)
    assert response.status_code == 422
    assert read(response).faulty() == [field]
    assert Measure.objects.get().version == 1


def test_an_end_before_the_start_is_refused(as_, ada, bostaden):
    sent = {"status": "planned", "start_on": "2026-05-01", "end_on": "2026-04-30", "version": "1"}
    response = as_(ada).post(part(make_measure(bostaden), "lage"), sent)
    assert read(response).faulty() == ["end_on"]
    assert "Slutdatum är före startdatum" in response.content.decode()


def test_barriers_are_ticked_or_just_written_about(as_, ada, bostaden):
    measure = make_measure(bostaden)
    said = {"has_behaviour_change": "on", "text_organisational_lock_in": "Budgeten är årlig"}
    as_(ada).post(part(measure, "hinder"), said | {"version": "1"})
    assert dict(measure.barriers.values_list("type", "text")) == {
        "organisational_lock_in": "Budgeten är årlig",
        "behaviour_change": "",
    }
    page = read(as_(ada).get(part(measure, "hinder")))
    assert page.value("text_organisational_lock_in") == "Budgeten är årlig"


def test_a_challenge_is_one_of_the_focus_area_and_does_not_follow_to_another(as_, ada, bostaden):
    first, second, *_rest = FocusArea.objects.all()
    foreign = Challenge.objects.create(focus_area=second, title_sv="Halvera matsvinnet")
    own = Challenge.objects.create(focus_area=first, title_sv="Fossilfria resor")
    measure = make_measure(bostaden, focus_area=first)
    client = as_(ada)
    refused = client.post(part(measure, "ide"), {"challenge": foreign.pk, "version": "1"})
    assert read(refused).faulty() == ["challenge"]
    client.post(part(measure, "ide"), {"challenge": own.pk, "version": "1"})
    measure.refresh_from_db()
    assert measure.challenge == own
    client.post(part(measure, "namn"), named(version="2"))
    measure.refresh_from_db()
    assert measure.challenge == own
    client.post(part(measure, "namn"), named(focus_area=second.pk, version="3"))
    measure.refresh_from_db()
    assert (measure.focus_area, measure.challenge) == (second, None)


def test_sessions_one_was_at_come_first(as_, ada, bostaden):
    make_session("Annan")
    own = make_session("Egen", in_days=-400)
    make_attendance(own, ada)
    page = read(as_(ada).get(part(make_measure(bostaden), "ide")))
    (choice,) = page.all("select", name="origin_session")
    first, *_others = choice.all("optgroup")
    assert [option.attributes["value"] for option in first.all("option")] == [str(own.pk)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_forms_cost_the_same_however_many_sessions(
    as_, ada, bostaden, rows, django_assert_num_queries
):
    measure = make_measure(bostaden)
    for number in range(rows):
        make_session()
        Challenge.objects.create(focus_area=measure.focus_area, title_sv=f"Nr {number}")
    for kind in BarrierType.values[:rows]:
        measure.barriers.create(type=kind)
    client = as_(ada)
    for where, queries in [
        (NEW, 5),
        (address(measure, "andra/"), 5),
        (part(measure, "namn"), 6),
        (part(measure, "lage"), 5),
        (part(measure, "effekt"), 5),
        (part(measure, "hinder"), 5),
        (part(measure, "ide"), 7),
    ]:
        with django_assert_num_queries(queries):
            client.get(where)


def test_a_colleague_changes_it_and_others_cannot(as_, cai, bo, bostaden):
    measure = make_measure(bostaden)
    as_(cai).post(part(measure, "namn"), named(title="Nytt", version="1"))
    measure.refresh_from_db()
    assert (measure.title, measure.updated_by) == ("Nytt", cai)
    draft = make_measure(bostaden, published_at=None)
    for name in PARTS:
        assert as_(bo).post(part(measure, name), named(version="2")).status_code == 403
        assert as_(bo).get(part(draft, name)).status_code == 404
    for what in ("", "andra/", "rapportera/"):
        assert as_(bo).get(address(draft, what)).status_code == 404


def test_two_who_change_at_once_see_both_versions(as_, ada, cai, bostaden):
    measure = make_measure(bostaden, created_by=ada, updated_by=ada)
    edit = part(measure, "lage")
    as_(cai).post(edit, {"status": "paused", "start_on": "2026-01-02", "version": "1"})

    response = as_(ada).post(edit, {"status": "completed", "version": "1"})

    page = read(response)
    assert response.status_code == 422
    assert "Cai Öberg" in page.text
    differing = [cells[1:] for cells in page.part("table", "Det här skiljer sig").rows()]
    assert differing == [["Pausad", "Genomförd"], ["2026-01-02", ""]]
    again = {"status": "completed", "version": page.value("version")}
    assert as_(ada).post(edit, again).status_code == 302
    measure.refresh_from_db()
    assert measure.status == "completed"


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "99999999999999999999"])
def test_a_form_that_lost_its_version_saves_nothing(as_, ada, bostaden, version):
    measure = make_measure(bostaden)
    response = as_(ada).post(part(measure, "namn"), named(title="Ny rubrik", version=version))
    assert response.status_code == 422
    assert read(response).value("title") == "Ny rubrik"
    kept = Measure.objects.get()
    assert (kept.title, kept.version) == (measure.title, 1)


def test_what_is_shown_in_the_forms_can_be_saved_as_it_is(as_, ada, bostaden):
    measure = make_measure(bostaden, reduction_t="1234.125", start_on=date(2026, 1, 2))
    client = as_(ada)
    for name, question in (
        ("lage", "Hur långt har den kommit?"),
        ("effekt", "Hur mycket ger åtgärden?"),
    ):
        sent = read(client.get(part(measure, name))).part("main", question).values()
        assert sent.get("start_on", "2026-01-02") == "2026-01-02"
        assert sent.get("reduction_t", "1234,125") == "1234,125"
        assert client.post(part(measure, name), sent).status_code == 302
    measure.refresh_from_db()
    assert (measure.version, str(measure.reduction_t)) == (1, "1234.125")


def test_unpublishing_says_first_what_is_lost(as_, ada, bo, bostaden):
    measure = make_measure(bostaden, reduction_t="12.5")
    where = address(measure, "avpublicera/")
    page = read(as_(ada).get(where))
    assert "Dess 12,5 ton per år försvinner ur de öppna siffrorna." in page.text
    assert "Inget tas bort" in page.text
    assert as_(bo).get(address(measure)).status_code == 200
    as_(ada).post(where)
    assert as_(bo).get(address(measure)).status_code == 404
    assert "Det är redan ett utkast." in read(as_(ada).get(where)).text


def test_what_does_not_count_leaves_no_sum(as_, ada, bostaden):
    measure = make_measure(bostaden, status="idea", reduction_t="12.5")
    page = read(as_(ada).get(address(measure, "avpublicera/")))
    assert "öppna siffrorna" not in page.text
