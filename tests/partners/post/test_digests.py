"""Several letters to one person as one, and what becomes of them."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from partners.models import HIDDEN, Message, SwitchedOff, Topic
from partners.post import delivery, digests, gathering, outbox, stopping
from tests.builders import make_person
from tests.partners.post.asked_nothing import here, put_survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_thursday(time_machine):
    time_machine.move_to(here("2027-04-08T10:00"), tick=False)


@pytest.fixture
def two(ada):
    """Two surveys that are due now."""
    return [put_survey(ada, "Budget", key="test:1:")[0], put_survey(ada, "Resor", key="test:2:")[0]]


def gathered():
    gathering.gather(timezone.now())
    return Message.objects.get(letter="partners/digest", state="waiting")


def test_a_digest_has_the_subject_words_and_actions_of_each_and_greets_once(two):
    digest = gathered()
    assert digest.subject == "Fyra frågor om Budget, och 1 till"
    assert digest.text.startswith("Hej Ada!\n\nVi har samlat 2 mejl i ett")
    assert digest.text.count("Hej") == 1
    for title in ("Budget", "Resor"):
        assert f"\nFyra frågor om {title}\n-----" in digest.text
        assert f">Fyra frågor om {title}</h2>" in digest.html
    assert digest.html.count(">Direkt</a>") == 2
    assert digest.text.count("Välj vilka mejl du får") == 1
    assert digest.html.count(">Välj vilka mejl du får</a>") == 1
    assert "&lt;" not in digest.html


def test_a_digest_is_in_the_language_of_its_reader():
    eve = make_person("Eve", language="en")
    put_survey(eve, "Budget")
    put_survey(eve, "Travel")
    digest = gathered()
    assert digest.subject == "Four questions about Budget, and 1 more"
    assert "Here are 2 e-mails in one" in digest.text
    assert digest.text.count("Choose which e-mail you get") == 1


def test_the_links_of_each_still_open_what_they_did(ada, client):
    tokens = [put_survey(ada, title)[1] for title in ("Budget", "Resor")]
    gathered()
    delivery.deliver_all()
    (sent,) = mail.outbox
    html = sent.alternatives[0].content
    for token in tokens:
        assert f"/enkat/{token}/?usefulness=at_once" in sent.body
        assert f'href="http://localhost:8000/enkat/{token}/?usefulness=soon"' in html
    assert sent.message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_people_typed_makes_no_button_in_a_digest(ada):
    put_survey(ada, "Budget: https://evil.example/a")
    put_survey(ada, "[Logga in | https://evil.example/a]")
    digest = gathered()
    assert 'href="https://evil' not in digest.html
    assert "\n" not in digest.subject


def test_those_in_it_wait_until_it_has_left_and_then_say_that_they_went_along(two):
    digest = gathered()
    assert set(digest.parts.values_list("state", "held")) == {("waiting", True)}
    delivery.deliver_all()
    assert len(mail.outbox) == 1
    gathering.gather(timezone.now())
    assert set(digest.parts.values_list("state", "last_error")) == {("skipped", digests.WENT_ALONG)}
    assert all(f"/enkat/{HIDDEN}/" in part.text for part in digest.parts.all())
    digest.refresh_from_db()
    assert digest.state == "sent"
    assert not re.search("/enkat/[A-Za-z0-9_-]{43}/", digest.text)
    delivery.deliver_all()
    gathering.gather(timezone.now())
    assert len(mail.outbox) == 1


def untrue_by_dropping(ada):
    outbox.drop("test:1:")


def untrue_by_choice(ada):
    SwitchedOff.objects.create(person=ada, topic=Topic.NEWS)
    outbox.drop_these(["test:1:"])


def untrue_by_time(ada):
    Message.objects.filter(key="test:1:").update(useless_after=timezone.now())


@pytest.mark.parametrize("happens", [untrue_by_dropping, untrue_by_choice, untrue_by_time])
def test_a_digest_with_one_that_is_true_no_more_does_not_leave_but_the_other_does(
    ada, two, happens
):
    digest = gathered()
    happens(ada)
    delivery.deliver_all()
    digest.refresh_from_db()
    assert (digest.state, mail.outbox) == ("skipped", [])
    gathering.gather(timezone.now())
    delivery.deliver_all()
    assert [letter.subject for letter in mail.outbox] == ["Fyra frågor om Resor"]


def test_of_three_the_two_that_are_still_true_are_gathered_anew(ada, two):
    put_survey(ada, "Mat", key="test:3:")
    first = gathered()
    outbox.drop("test:2:")
    delivery.deliver_all()
    second = gathered()
    assert second.pk != first.pk
    delivery.deliver_all()
    (sent,) = mail.outbox
    assert "Resor" not in sent.body
    assert sent.subject == "Fyra frågor om Budget, och 1 till"


def test_a_digest_that_was_given_up_keeps_its_letters_for_another_try(two):
    digest = gathered()
    Message.objects.filter(pk=digest.pk).update(state="failed", last_error="550 no")
    gathering.gather(timezone.now())
    assert set(digest.parts.values_list("state", flat=True)) == {"waiting"}
    digest.refresh_from_db()
    assert outbox.try_again(digest)
    delivery.deliver_all()
    assert len(mail.outbox) == 1


def test_a_digest_that_somebody_stopped_keeps_its_letters_until_it_is_let_go(two, kim):
    digest = gathered()
    assert stopping.stop(digest, by=kim)
    gathering.gather(timezone.now())
    assert set(digest.parts.values_list("state", flat=True)) == {"waiting"}
    digest.refresh_from_db()
    assert stopping.let_go(digest, by=kim)
    delivery.deliver_all()
    assert len(mail.outbox) == 1


def test_a_digest_is_useless_with_the_first_of_its_letters(two):
    Message.objects.filter(key="test:2:").update(useless_after=here("2027-04-08T12:00"))
    assert gathered().useless_after == here("2027-04-08T12:00")
