from datetime import date

import pytest

from measures.models import Challenge, Measure
from partners.models import FocusArea
from tests.builders import make_attendance, make_measure, make_next_step, make_session
from tests.reading import read

pytestmark = pytest.mark.django_db
NEW = "/atgarder/ny/"


def typed(**fields):
    area = FocusArea.objects.first()
    return {
        "title": "Solceller på taket",
        "focus_area": area.pk,
        "status": "planned",
        "reduction_t": "12,5",
        "method": "calculated",
    } | fields


def address(measure, what=""):
    return f"/atgarder/{measure.pk}/{what}"


# New


def test_a_member_saves_a_draft(as_, ada, bostaden):
    response = as_(ada).post(NEW, typed(then="draft"))
    measure = Measure.objects.get()
    assert response["Location"] == address(measure)
    assert (measure.organisation, measure.created_by) == (bostaden, ada)
    assert measure.published_at is None
    assert measure.reduction_t == 12.5


def test_a_member_publishes_at_once(as_, ada):
    as_(ada).post(NEW, typed(then="publish"))
    assert Measure.objects.get().published_at is not None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2 kton", "Förväntad effekt: 2 000 ton CO₂e per år."),
        ("ca 12,500 ton CO2", "Förväntad effekt: 12,5 ton CO₂e per år."),
        ("0", "Förväntad effekt: 0 ton CO₂e per år."),
    ],
)
def test_what_was_understood_is_said_back(as_, ada, written, said):
    page = as_(ada).post(NEW, typed(then="publish", reduction_t=written), follow=True)
    assert said in read(page).text
    page = as_(ada).post(
        address(Measure.objects.get(), "andra/"),
        typed(reduction_t=written, version="1"),
        follow=True,
    )
    assert said in read(page).text


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("300 g", "”g” är ingen enhet för det här fältet. Skriv ton per år, till exempel 12,5."),
        ("12 MWh", "”mwh” är ingen enhet"),
        ("100 000 kr", "”kr” är ingen enhet"),
        ("10 %", "”%” är ingen enhet"),
        ("500 kg", "Ange effekten i ton"),
        ("1.000 ton", "Menar du 1000 eller 1,0? Skriv det du menar."),
        ("10–20 ton", "Skriv ett tal, till exempel 12"),
        ("½", "12,5"),
        ("9" * 10_000, "Talet är för långt."),
        ("5 miljoner", "mer än hela staden"),
    ],
)
def test_another_unit_is_refused_and_explained(as_, ada, written, why):
    answer = as_(ada).post(NEW, typed(reduction_t=written))
    assert answer.status_code == 422
    assert why in read(answer).text
    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    ("written", "tonnes"),
    [
        ("12,5", 12.5),
        ("1 200", 1200),
        ("1\u00a0200,5", 1200.5),
        ("ca 8", 8),
        ("8 ton", 8),
        ("0", 0),
    ],
)
def test_figures_are_read_the_way_people_write_them(as_, ada, written, tonnes):
    assert as_(ada).post(NEW, typed(reduction_t=written)).status_code == 302
    assert Measure.objects.get().reduction_t == tonnes


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 151),
        ("title", "a\0b"),
        ("focus_area", ""),
        ("focus_area", "99999999999999999999"),
        ("status", "unheard"),
        ("method", "guessed"),
        ("reduction_t", "-3"),
        ("reduction_t", "NaN"),
        ("reduction_t", "Infinity"),
        ("reduction_t", "1e5"),
        ("reduction_t", "1000001"),
        ("reduction_t", "9" * 400),
        ("reduction_t", "500 kg"),
        ("reduction_t", "mycket"),
        ("reduction_t", ""),
        ("start_on", "31 februari"),
        ("start_on", "99999-01-01"),
        ("origin_session", "12345"),
        ("origin_session", "'; DROP TABLE"),
    ],
)
def test_bad_input_gets_a_sentence_beside_the_field_and_keeps_the_rest(as_, ada, field, value):
    response = as_(ada).post(NEW, typed(**{field: value}) | {"description": "Kvar"})
    assert response.status_code == 422
    page = read(response)
    assert page.faulty() == [field]
    assert page.value("description") == "Kvar"
    assert not Measure.objects.exists()


def test_a_figure_without_method_and_an_end_before_the_start(as_, ada):
    wrong = typed(method="not_quantified", start_on="2026-05-01", end_on="2026-04-30")
    response = as_(ada).post(NEW, wrong)
    assert set(read(response).faulty()) == {"method", "end_on"}
    assert "Slutdatum är före startdatum" in response.content.decode()


def test_not_quantified_is_an_answer(as_, ada):
    as_(ada).post(NEW, typed(reduction_t="", method="not_quantified"))
    assert Measure.objects.get().reduction_t is None


def test_what_the_form_does_not_ask_cannot_be_set(as_, ada, bo, norrbyggen):
    smuggled = {
        "organisation": norrbyggen.pk,
        "published_at": "2020-01-01",
        "created_by": bo.pk,
        "version": "7",
    }
    response = as_(ada).post(NEW, typed(**smuggled))
    assert response.status_code == 422
    del smuggled["organisation"]
    as_(ada).post(NEW, typed(**smuggled))
    measure = Measure.objects.get()
    assert (measure.published_at, measure.created_by, measure.version) == (None, ada, 1)


def test_who_acts_for_two_chooses_which(as_, ada, norrbyggen):
    ada.memberships.create(organisation=norrbyggen)
    assert as_(ada).post(NEW, typed()).status_code == 422
    as_(ada).post(NEW, typed(organisation=norrbyggen.pk))
    assert Measure.objects.get().organisation == norrbyggen


def test_barriers_are_ticked_or_just_written_about(as_, ada):
    as_(ada).post(
        NEW, typed(has_behaviour_change="on", text_organisational_lock_in="Budgeten är årlig")
    )
    assert dict(Measure.objects.get().barriers.values_list("type", "text")) == {
        "organisational_lock_in": "Budgeten är årlig",
        "behaviour_change": "",
    }


def test_a_challenge_belongs_to_the_focus_area(as_, ada):
    first, second, *_rest = FocusArea.objects.all()
    challenge = Challenge.objects.create(focus_area=second, title_sv="Halvera matsvinnet")
    response = as_(ada).post(NEW, typed(challenge=challenge.pk))
    assert read(response).faulty() == ["challenge"]
    assert not Measure.objects.exists()
    as_(ada).post(NEW, typed(challenge=challenge.pk, focus_area=second.pk))
    assert Measure.objects.get().challenge == challenge


def test_a_next_step_becomes_a_measure(as_, ada, bostaden):
    session = make_session(in_days=-3)
    step = make_next_step(session, ada)
    page = read(as_(ada).get(f"{NEW}?intention={step.pk}"))
    assert page.value("title").lower() == step.then_text.lower()
    assert page.value("origin_session") == str(session.pk)
    as_(ada).post(NEW, typed(intention=step.pk, origin_session=session.pk))
    measure = Measure.objects.get()
    assert (measure.origin_intention, measure.origin_session) == (step, session)


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
    assert as_(bo).post(NEW, typed(intention=step.pk)).status_code == 422
    assert not Measure.objects.exists()


def test_sessions_one_was_at_come_first(as_, ada):
    make_session("Annan")
    own = make_session("Egen", in_days=-400)
    make_attendance(own, ada)
    (choice,) = read(as_(ada).get(NEW)).all("select", name="origin_session")
    first, *_others = choice.all("optgroup")
    assert [option.attributes["value"] for option in first.all("option")] == [str(own.pk)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_costs_the_same_however_many_sessions(
    as_, ada, bostaden, rows, django_assert_num_queries
):
    measure = make_measure(bostaden)
    for _number in range(rows):
        make_session()
    client = as_(ada)
    with django_assert_num_queries(7):
        client.get(NEW)
    with django_assert_num_queries(8):
        client.get(address(measure, "andra/"))


# Change


def test_a_colleague_changes_it_and_others_cannot(as_, cai, bo, bostaden):
    measure = make_measure(bostaden)
    as_(cai).post(address(measure, "andra/"), typed(title="Nytt", version="1"))
    measure.refresh_from_db()
    assert (measure.title, measure.updated_by) == ("Nytt", cai)
    assert as_(bo).post(address(measure, "andra/"), typed(version="2")).status_code == 403
    draft = make_measure(bostaden, published_at=None)
    for what in ("", "andra/", "rapportera/"):
        assert as_(bo).get(address(draft, what)).status_code == 404


def test_two_who_change_at_once_see_both_versions(as_, ada, cai, bostaden):
    measure = make_measure(bostaden, created_by=ada, updated_by=ada)
    edit = address(measure, "andra/")
    as_(cai).post(edit, typed(title="Cais ord", version="1"))

    response = as_(ada).post(edit, typed(title="Adas ord", status="completed", version="1"))

    page = read(response)
    assert response.status_code == 422
    assert "Cai Öberg" in page.text
    differing = [cells[1:] for cells in page.part("table", "Det här skiljer sig").rows()]
    assert differing == [["Cais ord", "Adas ord"], ["planerad", "genomförd"]]
    again = typed(title="Adas ord", version=page.value("version"))
    assert as_(ada).post(edit, again).status_code == 302
    measure.refresh_from_db()
    assert measure.title == "Adas ord"


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "99999999999999999999"])
def test_a_form_that_lost_its_version_saves_nothing(as_, ada, bostaden, version):
    measure = make_measure(bostaden)
    changes = typed(title="Ny rubrik", version=version)
    response = as_(ada).post(address(measure, "andra/"), changes)
    assert response.status_code == 422
    assert read(response).value("title") == "Ny rubrik"
    kept = Measure.objects.get()
    assert (kept.title, kept.version) == (measure.title, 1)


def test_the_organisation_of_a_measure_stays(as_, ada, bostaden, norrbyggen):
    measure = make_measure(bostaden)
    ada.memberships.create(organisation=norrbyggen)
    as_(ada).post(address(measure, "andra/"), typed(organisation=norrbyggen.pk, version="1"))
    measure.refresh_from_db()
    assert measure.organisation == bostaden


def test_what_is_shown_in_the_form_can_be_saved_as_it_is(as_, ada, bostaden):
    measure = make_measure(bostaden, reduction_t="1234.125", start_on=date(2026, 1, 2))
    client = as_(ada)
    sent = read(client.get(address(measure, "andra/"))).part("main", "Ändra åtgärden").values()
    assert sent["start_on"] == "2026-01-02"
    assert sent["reduction_t"] == "1234,125"
    assert client.post(address(measure, "andra/"), sent).status_code == 302
    measure.refresh_from_db()
    assert (measure.version, str(measure.reduction_t)) == (1, "1234.125")


def test_ten_times_what_was_saved_is_asked_about_once(as_, ada, bostaden):
    measure = make_measure(bostaden)  # 12.5 tonnes
    client, edit = as_(ada), address(measure, "andra/")
    answer = client.post(edit, typed(reduction_t="1,5 kton", version="1"))
    page = read(answer)
    assert (answer.status_code, page.faulty()) == (422, ["sure"])
    assert (
        "1 500 ton CO₂e per år, 120 gånger så mycket som de 12,5 ton som var sparade" in page.text
    )
    (box,) = page.all("input", name="sure")
    sure = typed(reduction_t="1,5 kton", version="1", sure=box.attributes["value"])
    assert client.post(edit, sure).status_code == 302
    measure.refresh_from_db()
    assert measure.reduction_t == 1500
    # Much less than before is somebody's correction.
    assert client.post(edit, typed(reduction_t="1", version=measure.version)).status_code == 302


def test_the_tick_is_no_difference_between_two_who_change_at_once(as_, ada, cai, bostaden):
    measure = make_measure(bostaden)
    edit = address(measure, "andra/")
    as_(cai).post(edit, typed(title="Emellan", version="1"))
    sure = typed(reduction_t="1 500", version="1", sure="1500")
    answer = as_(ada).post(edit, sure)
    assert answer.status_code == 422
    assert "Ja, siffran stämmer" not in [row[0] for row in read(answer).rows()]
    assert read(answer).value("sure") == "1500"
