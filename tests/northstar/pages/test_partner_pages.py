from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.models import EffectMethod, MeasureStatus
from northstar.pages import partner_pages
from partners.models import FocusArea, OrganisationStatus
from tests.builders import (
    make_attendance,
    make_measure,
    make_member,
    make_organisation,
    make_session,
)
from tests.promise_builders import make_adoption, make_challenge
from tests.reading import read


def page_of(client, organisation):
    return client.get(reverse("partner_detail", args=[organisation.slug]))


def part(page, tag, kind):
    return next(read(page).all(tag, **{"class": kind}))


def names(page):
    return [partner.name for partner in page.context["page"]]


def test_partners_are_listed_in_swedish_order_with_letters_to_jump_to(client, db):
    for name in ["Östra", "Zeta", "Ålidhem", "älven", "Bostaden"]:
        make_organisation(name)
    make_organisation("Lämnade", status=OrganisationStatus.LEFT)
    page = client.get(reverse("partner_list"))
    assert [one.letter for one in page.context["letters"]] == ["B", "Z", "Å", "Ä", "Ö"]
    assert names(page) == ["Bostaden", "Zeta", "Ålidhem", "älven", "Östra"]
    assert 'href="#letter-Ö"' in page.content.decode()
    assert 'id="letter-Ö"' in page.content.decode()


def test_partners_are_found_by_name_sector_and_focus_area(client, bostaden, norrbyggen):
    area = FocusArea.objects.first()
    bostaden.focus_areas.add(area)
    make_organisation("Kommunen", sector="public")

    def found(**query):
        return names(client.get(reverse("partner_list"), query))

    assert found(q="bygg") == ["Norrbyggen"]
    assert found(sector="public") == ["Kommunen"]
    assert found(focus=area.key) == ["Bostaden"]
    assert found(q="finns inte") == []
    assert len(found(sector="nonsense")) == 3


def test_a_search_says_what_was_looked_for(client, bostaden):
    found = client.get(reverse("partner_list"), {"q": "bostad"}).content.decode()
    assert "på ”bostad”" in found
    nothing = read(client.get(reverse("partner_list"), {"q": "granatten"}))
    assert nothing.part("section", "Ingen partner heter ”granatten”").texts("a") == [
        "Visa alla partner"
    ]


def test_a_row_says_what_a_partner_does_and_how_much(client, bostaden, norrbyggen, ada):
    make_measure(bostaden, reduction_t="100")
    make_measure(bostaden, reduction_t="20.5")
    make_measure(bostaden, reduction_t="7", status=MeasureStatus.IDEA)
    make_measure(bostaden, reduction_t="900", published_at=None)
    first, second = read(client.get(reverse("partner_list"))).rows()
    today = timezone.localdate()
    assert first[1:5] == ["Bostaden", "näringsliv", "3 åtgärder", "120,5 ton"]
    assert first[5].startswith(f"aktiv {today.day} ")
    assert second[1:] == ["Norrbyggen", "näringsliv", "ingen åtgärd än", "ingen siffra än", ""]


def test_partners_come_by_letter_tonnes_or_activity(client, bostaden, norrbyggen, bo):
    make_measure(norrbyggen, reduction_t="9")
    sleeping = make_organisation("Aldrig")
    make_attendance(make_session(in_days=-3), make_member(bostaden))
    orders = {
        "": ["Aldrig", "Bostaden", "Norrbyggen"],
        "tonnes": ["Norrbyggen", "Aldrig", "Bostaden"],
        "active": ["Norrbyggen", "Bostaden", "Aldrig"],
        "nonsense": ["Aldrig", "Bostaden", "Norrbyggen"],
    }
    for sort, expected in orders.items():
        page = client.get(reverse("partner_list"), {"sort": sort} if sort else {})
        assert names(page) == expected, sort
    heads = read(client.get(reverse("partner_list"), {"sort": "tonnes"})).all("th", scope="col")
    assert [head.attributes.get("aria-sort") for head in heads] == [
        None,
        None,
        None,
        "descending",
        None,
    ]
    assert sleeping.name in orders[""]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("sort", ["name", "tonnes"])
def test_the_list_of_partners_costs_the_same(client, db, rows, sort, django_assert_num_queries):
    for number in range(rows):
        make_measure(make_organisation(f"Org {number}"))
    queries = {"name": 4, "tonnes": 3}  # how many, partners, letters, focus areas of the filter
    with django_assert_num_queries(queries[sort]):
        client.get(reverse("partner_list"), {"sort": sort})


def test_partners_come_a_page_at_a_time_and_letters_lead_to_theirs(client, db, monkeypatch):
    monkeypatch.setattr(partner_pages, "ROWS_A_PAGE", 2)
    for name in ["Adam", "Anton", "Arvid", "Bo"]:
        make_organisation(name)

    def shown(**query):
        page = client.get(reverse("partner_list"), query)
        letters = [(one.letter, one.page) for one in page.context["letters"]]
        return page.context["count"], names(page), letters

    assert shown() == (4, ["Adam", "Anton"], [("A", 1), ("B", 2)])
    assert shown(page=2) == (4, ["Arvid", "Bo"], [("A", 1), ("B", 2)])
    assert shown(q="a", page=2) == (3, ["Arvid"], [("A", 1)])
    assert 'href="?page=2#letter-B"' in client.get(reverse("partner_list")).content.decode()


def test_a_partner_page_shows_what_is_published_and_no_names(client, bostaden, ada):
    make_measure(bostaden, "Öppen åtgärd")
    make_measure(bostaden, "Hemligt utkast", published_at=None)
    session = make_session(in_days=-2)
    make_attendance(session, ada)
    page = page_of(client, bostaden)
    text = page.content.decode()
    assert "Öppen åtgärd" in text
    assert "Hemligt utkast" not in text
    assert ada.name not in text
    assert page.context["card"].facts.attended_ever == 1


def test_the_measures_of_a_partner_stand_on_one_scale(client, bostaden, ada):
    big = make_measure(bostaden, "Stor", reduction_t="60", status=MeasureStatus.IN_PROGRESS)
    make_measure(bostaden, "Liten", reduction_t="15")
    make_measure(bostaden, "Okänd", reduction_t=None)
    big.reports.create(
        status="in_progress",
        text="Halvvägs.",
        reduction_t="30",
        method=EffectMethod.MEASURED,
        created_by=ada,
    )
    page = page_of(client, bostaden)
    rows = [
        (row.measure.title, row.expected_ends, row.achieved_ends) for row in page.context["rows"]
    ]
    assert rows == [("Stor", "100", "50"), ("Liten", "25", ""), ("Okänd", "", "")]
    figures = [item.text for item in part(page, "ul", "figures").all("li")]
    assert figures == [
        "3 åtgärder 2 planerad, 1 pågående",
        "75 ton väntas de ge per år 2 av 3 åtgärder har en siffra",
        "30 ton per år har de gett hittills varav 30 ton är uppmätta",
    ]


def test_the_story_tells_the_newest_first_and_of_sessions_what_the_reader_may_see(
    client, as_, bostaden, ada
):
    bostaden.joined_on = date(2022, 12, 1)
    bostaden.save()
    make_attendance(make_session("Få med fler", in_days=-9), ada)
    measure = make_measure(bostaden, "Elbilar")
    measure.reports.create(status="completed", text="Klart.", created_by=ada)

    def told(client):
        return [
            item.text.split(" ", 3)[3]
            for item in part(page_of(client, bostaden), "ol", "timeline").all("li")
        ]

    assert told(client) == [
        "Elbilar är genomförd Klart.",
        "Publicerade åtgärden Elbilar",
        "Var med på en lärandeträff",
        "Gick med i klimatfärdplanen",
    ]
    assert told(as_(ada))[2] == "Var med på Få med fler, 1 person"


def test_others_with_the_same_promise_are_a_click_away(client, bostaden, norrbyggen):
    area = FocusArea.objects.get(key="energy")
    for organisation in (bostaden, norrbyggen, make_organisation("Tredje")):
        organisation.focus_areas.add(area)
    make_organisation("Lämnade", status=OrganisationStatus.LEFT).focus_areas.add(area)
    alike = read(page_of(client, bostaden)).part("section", "Gör ni något liknande?")
    assert alike.texts("a") == ["2 andra partner arbetar med Energi och byggd miljö"]


def test_an_empty_page_has_a_way_on_for_its_own_people(client, as_, bostaden, ada):
    assert "Här samlas det ni gör" not in page_of(client, bostaden).content.decode()
    assert "Här samlas det ni gör" in page_of(as_(ada), bostaden).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_partner_page_costs_the_same(client, bostaden, ada, rows, django_assert_num_queries):
    for number in range(rows):
        make_attendance(make_session(in_days=-2 - number), make_member(bostaden))
        make_measure(bostaden).reports.create(status="completed", text="Klart.", created_by=ada)
        bostaden.focus_areas.add(FocusArea.objects.all()[number])
        make_adoption(bostaden, make_challenge(f"Utmaning {number}"))
    with django_assert_num_queries(20):
        page_of(client, bostaden)


def test_the_card_is_open_to_all_but_ways_on_are_for_those_who_can_go_them(
    client, as_, kim, bostaden
):
    make_adoption(bostaden, make_challenge("Återbruk först"))
    card = read(page_of(client, bostaden)).part("aside", "Tre löften")
    assert card.texts("h3") == [
        "Lära tillsammans att göra",
        "Berätta varje år att göra",
        "Minska utsläppen på väg",
    ]
    assert "Återbruk först har ingen åtgärd än." in card.text
    assert "4 utmaningar att välja" in card.text
    assert card.texts("a") == []
    assert "Avsiktsförklaringen" not in card.text
    known = read(page_of(as_(kim), bostaden)).part("aside", "Tre löften")
    assert "Lägg till en åtgärd" in known.texts("a")
    assert "Avsiktsförklaringen" in known.text


def test_an_organisation_that_is_no_partner_is_not_public(client, as_, kim):
    gone = make_organisation("Lämnade", status=OrganisationStatus.LEFT)
    link = reverse("partner_detail", args=[gone.slug])
    assert client.get(link).status_code == 404
    assert as_(kim).get(link).status_code == 200


def test_the_web_address_of_a_partner_is_never_a_script(client, bostaden):
    bostaden.website = "javascript:alert(1)"
    bostaden.save()
    page = client.get(reverse("partner_detail", args=[bostaden.slug]))
    assert 'href="javascript' not in page.content.decode()


def test_a_partner_says_who_it_is(client, as_, bostaden, bo, ada):
    bostaden.description_sv = "Vi bygger hem."
    bostaden.website = "https://www.bostaden.example/"
    bostaden.save()
    text = page_of(client, bostaden).content.decode()
    assert "Vi bygger hem." in text
    assert ">bostaden.example</a>" in text


def test_old_measures_fall_asleep(client, bostaden):
    make_session(in_days=-3)
    measure = make_measure(bostaden)
    type(measure).objects.update(updated_at=timezone.now() - timedelta(days=100))
    page = page_of(client, bostaden)
    assert page.context["active_at"] < timezone.now() - timedelta(days=99)


def test_a_slip_of_the_pen_finds_what_was_meant(client, bostaden, norrbyggen):
    page = client.get(reverse("partner_list"), {"q": "bosstaden"})
    assert names(page) == ["Bostaden"]
    assert "Menade du" in page.content.decode()
