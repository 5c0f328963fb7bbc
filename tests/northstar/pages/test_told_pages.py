"""The project's page, about and help: told by rows, to everybody, in both languages."""

import pytest
from django.urls import reverse
from django.utils import translation

from partners.models import ContentVersion, FocusArea
from partners.telling import writing
from tests.builders import make_funder, make_leader, make_measure, make_page, make_session
from tests.reading import read

pytestmark = pytest.mark.django_db

PAGES = ["about", "project", "help_own", "help_member", "help_coordinator", "whats_new", "news"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_page_is_there_in_both_languages_with_one_main_heading(client, name, language):
    with translation.override(language):
        page = client.get(reverse(name))
    assert page.status_code == 200
    assert page.text.count("<h1>") == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_also_where_nobody_has_written_anything(client, name):
    ContentVersion.objects.all().delete()
    assert client.get(reverse(name)).status_code == (404 if name.startswith("help") else 200)


def test_the_project_says_what_was_what_came_out_and_what_goes_on(client):
    shown = client.get(reverse("project")).text
    for words in (
        "The North Star",
        "100 klimatneutrala",
        "1 juni 2023",
        "24 månader",
        "11,6 miljoner kr",
        "Net Zero Cities",
        "RISE",
        "Umeå kommunföretag",
        "Projektet avslutas",
        "Vad som fortsätter",
        "Organisatoriska inlåsningar",
        "Suboptimering",
    ):
        assert words in shown, words


def test_the_links_of_the_page_lead_to_its_parts(client, kim):
    make_leader(kim)
    page = read(client.get(reverse("project")))
    anchors = [
        a.attributes["href"] for a in page.all("a") if a.attributes.get("href", "")[:1] == "#"
    ]
    ids = {element.attributes["id"] for element in page.all() if "id" in element.attributes}
    assert len(anchors) > 6
    assert {anchor[1:] for anchor in anchors} <= ids


def test_the_next_open_session_and_the_goal_stand_after_what_was(client):
    make_session("Öppet hus", audience="public", in_days=9)
    shown = client.get(reverse("project")).text
    assert shown.index("Projektet avslutas") < shown.index("Öppet hus") < shown.index(">2030<")
    assert 'class="goal"' in shown


def test_only_who_may_see_the_rows_gets_a_link_to_them(client, as_, ada, kim):
    def leads_to(name):
        return f'href="{reverse(name)}' in client.get(reverse("project")).text.split("chain")[-1]

    assert not leads_to("participation")
    as_(ada)
    assert not leads_to("participation")
    as_(kim)
    assert leads_to("participation")


def test_the_project_costs_the_same_queries_for_one_row_and_three(
    client, kim, bostaden, django_assert_num_queries
):
    for number in range(3):
        make_leader(kim, f"Ledare {number}")
        make_funder(kim, f"Finansiär {number}")
        make_session(in_days=number + 1, audience="public")
        make_measure(bostaden)
        client.get(reverse("project"))
        with django_assert_num_queries(10):
            client.get(reverse("project"))


def test_a_focus_area_leads_to_its_measures(client):
    area = FocusArea.objects.first()
    assert f"{reverse('measure_list')}?area={area.key}" in client.get(reverse("about")).text


def test_about_costs_two_queries(client, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(reverse("about"))


@pytest.mark.parametrize(
    ("who", "title"),
    [
        (None, "Hjälp för besökare"),
        ("ada", "Hjälp för dig som är medlem"),
        ("cai", "Hjälp för kontaktpersoner"),
        ("lo", "Hjälp för projektledare"),
        ("kim", "Hjälp för samordnare"),
    ],
)
def test_help_is_for_ones_own_role_first(client, request, who, title):
    if who:
        client.force_login(request.getfixturevalue(who))
    shown = client.get(reverse("help_own"))
    assert f"<h1>{title}</h1>" in shown.text
    assert "Hjälp för dig" in shown.text
    others = {"help_member", "help_contact", "help_lead", "help_coordinator", "help_visitor"}
    linked = {a.attributes.get("href") for a in read(shown).all("a")}
    assert sum(reverse(name) in linked for name in others) == 4


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_the_texts_link_to_is_there(client, kim, language):
    client.force_login(kim)
    for version in ContentVersion.objects.newest():
        with translation.override(language):
            body = getattr(version, f"body_{language}")
        for part in body.split("](/")[1:]:
            address = "/" + part.split(")")[0]
            assert client.get(address).status_code == 200, (version.page.key, address)


def test_a_coordinator_finds_the_way_to_edit_and_others_do_not(client, as_, ada, kim):
    address = reverse("page_edit", args=["about"])
    assert address not in client.get(reverse("about")).text
    assert address not in as_(ada).get(reverse("about")).text
    assert address in as_(kim).get(reverse("about")).text


def test_a_text_with_html_says_it_and_does_it_not(client, kim):
    page = make_page("project")
    said = writing.words_of(page.versions.latest("number"))
    bad = "<script>alert(1)</script> [klicka](javascript:alert(1))"
    writing.write(page, said | {"body_sv": bad, "title_sv": "<b>x</b>"}, seen=1, by=kim)
    shown = client.get(reverse("project")).text
    assert "<script>alert" not in shown
    assert "javascript:" not in shown
    assert "<b>x" not in shown


NEWS = "12 november 2026 | Öppet hus | Välkommen, [se träffarna](/traffar/).\nMaj 2026 | Två till\n"


@pytest.fixture
def news(kim):
    page = make_page("news")
    newest = page.versions.get()
    return writing.write(
        page,
        writing.words_of(newest) | {"body_sv": f"{NEWS}Mars 2025 | Äldst"},
        seen=newest.number,
        by=kim,
    )


def test_news_have_a_page_and_the_two_latest_stand_on_the_start_page(client, news):
    shown = read(client.get("/")).part("section", "Nyheter")
    assert shown.texts("strong") == ["Öppet hus", "Två till"]
    assert [link.attributes["href"] for link in shown.all("a")] == ["/nyheter/", "/traffar/"]
    (whole,) = read(client.get(reverse("news"))).all("ul", **{"class": "rows"})
    assert whole.texts("strong") == ["Öppet hus", "Två till", "Äldst"]


def test_where_nobody_has_written_news_the_start_page_is_silent_and_the_page_says_so(client):
    assert "Nyheter" not in read(client.get("/")).texts("h2")
    assert "Här står inget än." in client.get(reverse("news")).text


def test_what_is_new_is_linked_from_every_page_and_from_help(client):
    shown = read(client.get(reverse("help_own")))
    links = [link.attributes["href"] for link in shown.all("a")]
    assert links.count(reverse("whats_new")) == 2
    assert "För samordnare." in client.get(reverse("whats_new")).text


@pytest.mark.parametrize("name", ["whats_new", "news"])
def test_a_told_page_costs_one_query(client, news, name, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(reverse(name))
