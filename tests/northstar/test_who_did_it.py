"""Whoever changes a row is named: operations that write ask for `by`, or say here why not."""

import inspect

import pytest

from tests.operations import writing_operations

OPERATIONS = {
    f"{app}.{name}": made
    for app in ("partners", "learning", "measures")
    for name, made in writing_operations(app).items()
}
LETTER = "a letter about what somebody did: the operation that calls it says who"
CLOCK = "the clock does it, nobody"

# Operations that write and do not say who did it. The last two words of a name are its module's
# and its own.
NOBODY = {
    "partners.mails.invitation": LETTER,
    "partners.mails.invitations_to_act": LETTER,
    "partners.mails.invitations_again": LETTER,
    "partners.mails.forget_invitation": LETTER,
    "partners.membership.accept": "the person themselves, by logging in",
    "partners.membership.person_with": "the operation that asks for a person says who",
    "partners.partnership.let_go": CLOCK,
    "partners.mails.confirm_address": LETTER,
    "partners.mails.confirm_request": LETTER,
    "partners.mails.tell_those_who_decide": LETTER,
    "partners.mails.forget_telling": LETTER,
    "partners.mails.said_yes": LETTER,
    "partners.mails.said_no": LETTER,
    "partners.mails.without_contact": LETTER,
    "partners.requesting.ask": "somebody without an account, whose address is not shown yet",
    "partners.requesting.confirm": "whoever reads the address: the link is theirs",
    "partners.requesting.forget_old": CLOCK,
    "partners.watching.tell_of_no_contact": CLOCK,
    "partners.mails.enquiry_received": LETTER,
    "partners.mails.new_enquiries": LETTER,
    "partners.mails.forget": LETTER,
    "partners.mails.tell": LETTER,
    "partners.mails.mailing_test": LETTER,
    "partners.mails.mailing_to_nobody": LETTER,
    "partners.mails.text_test": LETTER,
    "partners.sending.send_due": CLOCK,
    "partners.enquiries.write": "somebody without an account, whose address is not shown yet",
    "partners.enquiries.confirm": "whoever reads the address: the link is theirs",
    "partners.enquiries.tell": CLOCK,
    "partners.enquiries.forget_unconfirmed": CLOCK,
    "partners.noting.note": "a mail server said so: the row keeps its words",
    "partners.noting.note_outcomes": "as note, within it",
    "partners.noting.note_told": "as note: a sending service said so",
    "partners.noting.note_unwanted": "as note: the reader said so to the service",
    "partners.outbox.forget": "the clock does it, through the room that forgets the rows",
    "partners.outbox.put_to_stranger": "as put",
    "partners.outbox.put": "the row that the letter is about names who wrote it",
    "partners.outbox.send_to": "as put: of the same letter",
    "partners.outbox.drop_these": "as put: withdrawn by the operation that calls it",
    "partners.outbox.put_written": "as put",
    "partners.reaching.forget": "within what ends a membership or lets a partner leave",
    "partners.outbox.drop": "as put: withdrawn by the operation that calls it",
    "partners.alike.keep": "within put_to_many",
    "partners.outbox.put_to_many": "as put: each row that a letter is about names who wrote it",
    "partners.outbox.put_first": "the person themselves, who waits for their code",
    "partners.outbox.try_now": "decides nothing: the letters are sent in any case",
    "partners.outbox.try_all_again": "decides nothing: the letters were decided on before",
    "partners.outbox.forget_secrets": CLOCK,
    "partners.outbox.drop_unwanted": "as put: within choosing",
    "partners.choosing.choose": "the person themselves: nobody else may choose for them",
    "partners.choosing.switch_off": "whoever reads the letters: the link is theirs",
    "partners.choosing.switch_on": "as choosing.switch_off",
    "partners.digests.settle": CLOCK,
    "partners.gathering.gather": CLOCK,
    "partners.gathering.gather_all": CLOCK,
    "partners.pauses.end": "the mail server did it, by taking a letter",
    "partners.postman.go_round": CLOCK,
    "partners.claims.claim": CLOCK,
    "partners.delivery.deliver": CLOCK,
    "partners.delivery.deliver_all": CLOCK,
    "partners.outbox.try_again": "decides nothing: the letter was decided on before",
    "partners.plans.decide": "a draft: who applies the list answers for it (applied_by)",
    "partners.ticks.tick": CLOCK,
    "learning.mails.session_reminder": LETTER,
    "learning.mails.reminder_skipped": LETTER,
    "learning.mails.session_material": LETTER,
    "learning.mails.own_tokens": LETTER,
    "learning.putting.put": CLOCK,
    "learning.mails.survey_invitation": LETTER,
    "learning.mails.seat_confirmed": LETTER,
    "learning.mails.seat_from_queue": LETTER,
    "learning.mails.place_in_queue": LETTER,
    "learning.mails.session_moved": LETTER,
    "learning.mails.session_cancelled": LETTER,
    "learning.mails.place_forfeited": LETTER,
    "learning.mails.place_passed_on": LETTER,
    "learning.mails.forget_place": LETTER,
    "learning.leaving.give_on": CLOCK,
    "learning.leaving.end_due": CLOCK,
    "learning.visiting.ask": "somebody whom nobody knows yet",
    "learning.visiting.confirm": "the owner of the address: the link is theirs",
    "learning.visiting.forget": CLOCK,
    "learning.mails.confirm_visit": LETTER,
    "learning.mails.forget": "within visiting.forget",
    "learning.leaving.stay": "takes back what was done: nothing is left of which to say who did it",
    "learning.registration.keep": "as leaving.stay, within it",
    "learning.telling.drop_untrue": "within keeping.remove",
    "learning.withdrawing.not_there": "within taking, whose rows say who noted it",
    "learning.keeping.sweep_orphans": CLOCK,
    "learning.running.remind": CLOCK,
    "learning.asking.ask": CLOCK,
    "learning.answering.answer": "the person who was invited: the link is theirs",
    "learning.tallying.tally": "adds up what others answered, when it is time",
    "learning.waitlist.fill_free_seats": "the rule does it, after something somebody did",
    "learning.waitlist.seat_as_held": "each place says who made it: created_by",
    "measures.running.remind": CLOCK,
    "measures.mails.overtaken": "within what tells of a measure or takes it back",
    "measures.mails.drop": "as overtaken, and by the clock",
    "measures.planning.note_barriers": "a part of a plan or a report, which say who wrote them",
}


def test_the_walk_finds_what_writes():
    assert OPERATIONS.keys() >= {"partners.membership.invite", "partners.membership.shut_out"}
    assert OPERATIONS.keys() >= {"partners.partner_lists.apply", "partners.batches.open_batch"}
    assert OPERATIONS.keys() >= {
        "learning.registration.register",
        "learning.attendance_lists.apply",
    }
    assert OPERATIONS.keys() >= {"measures.planning.create", "measures.reporting.report_progress"}
    assert OPERATIONS.keys() >= NOBODY.keys(), "a reason stands here for what writes nothing"


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_writes_asks_who_does_it(name):
    asked = inspect.signature(OPERATIONS[name]).parameters
    if name in NOBODY:
        assert "by" not in asked, f"{name} asks who does it now: the reason can go"
        return
    assert "by" in asked, f"{name} writes, and does not ask who does it"
    assert asked["by"].kind is inspect.Parameter.KEYWORD_ONLY
    assert asked["by"].default is inspect.Parameter.empty
