"""Which start page is whose."""


def test_a_project_lead_and_a_coordinator_have_their_own(as_, lo, kim):
    for person, template in [(lo, "home_lead"), (kim, "home_coordinator")]:
        answer = as_(person).get("/")
        assert f"northstar/pages/{template}.html" in [one.name for one in answer.templates]


def test_anyone_has_the_public_one(client, db):
    assert "northstar/pages/home.html" in [one.name for one in client.get("/").templates]


def test_a_member_is_greeted_by_the_first_name(as_, ada):
    answer = as_(ada).get("/")
    assert answer.context["first_name"] == "Ada"
