"""What a page says is kept in versions, and nobody's words are lost."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from partners.models import ContentKey, ContentPage, ContentVersion
from partners.models.telling import shipped
from partners.telling import writing
from partners.telling.markdown import render, rows
from tests.builders import make_page, make_person
from tests.northstar import four_forms
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db):
    return make_page()


def words(page, **changed):
    return writing.words_of(page.versions.latest("number")) | changed


def post(client, page, name="page_edit", **said):
    return client.post(reverse(name, args=[page.key]), said)


def test_a_new_portal_has_every_page_filled_in_in_both_languages():
    now = ContentVersion.objects.now(*ContentKey.values)
    assert now.keys() == set(ContentKey.values)
    for key, version in now.items():
        assert version.written_by is None
        assert writing.words_of(version) == shipped(key)
        for language in ("sv", "en"):
            assert getattr(version, f"title_{language}")
            body = getattr(version, f"body_{language}")
            if key == "news":  # nothing has happened yet
                assert body == ""
            elif key in writing.IS_A_LIST:
                assert len(rows(body)) > 4
            else:
                assert render(body).sections


def test_planting_again_changes_nothing(page, kim):
    writing.write(page, words(page, title_sv="Om oss"), seen=1, by=kim)
    ContentPage.objects.plant()
    assert page.versions.count() == 2


def test_a_version_is_added_and_the_newest_counts(page, kim):
    written = writing.write(page, words(page, title_sv="Om oss"), seen=1, by=kim)
    assert (written.number, written.written_by) == (2, kim)
    assert ContentVersion.objects.now("about")["about"].title == "Om oss"
    assert page.versions.get(number=1).title_sv == "Om klimatfärdplanen"


def test_saying_the_same_is_no_version(page, kim):
    assert writing.write(page, words(page), seen=7, by=kim).number == 1


def test_who_writes_second_is_refused_and_told_of_whom(page, kim):
    writing.write(page, words(page, title_sv="Kims"), seen=1, by=kim)
    with pytest.raises(ValidationError, match="Kim Krans ändrade") as refusal:
        writing.write(page, words(page, title_sv="Mina"), seen=1, by=make_person("Ulla"))
    assert refusal.value.code == "changed"


def test_a_version_is_brought_back_as_the_newest(page, kim):
    writing.write(page, words(page, title_sv="Om oss"), seen=1, by=kim)
    back = writing.bring_back(page.versions.get(number=1), by=kim)
    assert (back.number, back.title_sv) == (3, "Om klimatfärdplanen")
    assert writing.bring_back(page.versions.get(number=1), by=kim) == back


def test_the_page_is_shown_in_the_language_of_the_reader_and_otherwise_the_other(page, kim):
    version = writing.write(page, words(page, title_en="", title_sv="Om oss"), seen=1, by=kim)
    with translation.override("en"):
        assert version.title == "Om oss"


def test_from_the_form_to_the_page(as_, page, kim):
    client = as_(kim)
    form = client.get(reverse("page_edit", args=["about"])).context["form"]
    said = form.initial | {"body_sv": "## Nytt\r\n\r\nMed **ord**.", "title_sv": "Om oss"}
    answer = post(client, page, **said)
    assert answer.status_code == 302
    shown = client.get(reverse("about")).text
    assert "<h1>Om oss</h1>" in shown
    assert '<h2 id="om-nytt">Nytt</h2>\n<p>Med <strong>ord</strong>.</p>' in shown
    assert page.versions.latest("number").body_sv == "## Nytt\n\nMed **ord**."


def test_saving_the_form_as_it_came_is_no_version(as_, page, kim):
    client = as_(kim)
    said = client.get(reverse("page_edit", args=["about"])).context["form"].initial
    said |= {name: said[name].replace("\n", "\r\n") for name in ("body_sv", "body_en")}
    assert post(client, page, **said).status_code == 302
    assert page.versions.count() == 1


def test_a_preview_shows_both_languages_and_keeps_nothing(as_, page, kim):
    said = words(page, body_sv="**fet**", body_en="*kursiv*", seen=1)
    shown = post(as_(kim), page, "page_preview", **said)
    assert shown.status_code == 200
    assert "<strong>fet</strong>" in shown.text
    assert "<em>kursiv</em>" in shown.text
    assert read(shown).value("body_sv") == "**fet**"
    assert page.versions.count() == 1


def test_the_second_of_two_coordinators_sees_both_versions_and_may_decide(as_, page, kim):
    said = words(page, title_sv="Mina ord", seen=1)
    writing.write(page, words(page, title_sv="Kims ord"), seen=1, by=kim)
    client = as_(kim)
    answer = post(client, page, **said)
    assert answer.status_code == 422
    assert "Kim Krans ändrade sidan" in answer.text
    assert ("Rubrik på svenska", "Kims ord", "Mina ord") in [
        (str(label).capitalize(), saved, typed)
        for label, saved, typed in answer.context["differing"]
    ]
    assert read(answer).value("title_sv") == "Mina ord"
    again = post(client, page, **said | {"seen": read(answer).value("seen")})
    assert again.status_code == 302
    assert page.versions.latest("number").title_sv == "Mina ord"


def test_a_megabyte_is_refused_with_the_number_it_may_have(as_, page, kim):
    answer = post(as_(kim), page, **words(page, body_sv="a" * 1_000_000, seen=1))
    assert answer.status_code == 422
    assert "20000" in answer.text.replace("\xa0", "")
    assert page.versions.count() == 1


def test_a_title_of_300_letters_is_refused_and_kept_on_the_page(as_, page, kim):
    answer = post(as_(kim), page, **words(page, title_sv="å" * 300, seen=1))
    assert answer.status_code == 422
    assert read(answer).value("title_sv") == "å" * 300


def test_the_history_says_who_and_when_and_what(as_, page, kim):
    writing.write(page, words(page, title_sv="Om oss"), seen=1, by=kim)
    client = as_(kim)
    listed = client.get(reverse("page_history", args=["about"])).text
    assert listed.index("Version 2") < listed.index("Version 1")
    assert "Kim Krans" in listed
    assert "följde med portalen" in listed
    first = client.get(reverse("page_version", args=["about", 1])).text
    assert "Om klimatfärdplanen" in first
    assert "Ta tillbaka den här versionen" in first
    assert "Ta tillbaka" not in client.get(reverse("page_version", args=["about", 2])).text
    assert client.get(reverse("page_version", args=["about", 9])).status_code == 404


@pytest.mark.parametrize("name", ["page_list", "page_edit", "page_history", "page_version"])
def test_a_page_costs_the_same_queries_with_three_versions(
    as_, page, kim, name, django_assert_num_queries
):
    costs = {"page_list": 1, "page_edit": 2, "page_history": 2, "page_version": 3}
    arguments = {"page_list": [], "page_version": ["about", 1]}.get(name, ["about"])
    client = as_(kim)
    client.get(reverse(name, args=arguments))
    for number in (1, 2, 3):
        with django_assert_num_queries(2 + costs[name]):
            client.get(reverse(name, args=arguments))
        said = words(page, title_sv=f"Nummer {number}")
        writing.write(page, said, seen=number, by=make_person(f"Nummer {number}"))


def test_what_four_send_is_what_the_form_asks_for(page, kim):
    sent = four_forms.words_of_a_page({"page": page})
    assert set(sent) == {*writing.FIELDS, "seen"}
