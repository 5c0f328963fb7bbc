import pytest

from tests.builders import make_person


@pytest.mark.parametrize(
    ("role", "template"),
    [("project_lead", "home_lead"), ("coordinator", "home_coordinator")],
)
def test_staff_have_a_start_page_of_their_role(as_, role, template):
    answer = as_(make_person("Lo Lind", staff_role=role)).get("/")
    assert f"northstar/pages/{template}.html" in [one.name for one in answer.templates]


def test_anyone_has_the_public_one(client, db):
    assert "northstar/pages/home.html" in [one.name for one in client.get("/").templates]


def test_a_member_is_greeted_by_the_first_name(as_, ada):
    answer = as_(ada).get("/")
    assert answer.context["first_name"] == "Ada"
