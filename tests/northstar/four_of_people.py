"""Four at once at what is partners': login, people, questions, pages in their words, lists."""

from django.utils import timezone

from learning.models import (
    Attendance,
    LearningSession,
    Registration,
    Series,
)
from partners.choices import choosing
from partners.models import (
    BouncedAddress,
    ContentVersion,
    Enquiry,
    ErasureWish,
    Funder,
    ImportBatch,
    Invitation,
    Leader,
    LetterText,
    Mailing,
    Membership,
    Message,
    Organisation,
    OrganisationAlias,
    PostStop,
    SwitchedOff,
    Topic,
    User,
)
from tests.northstar.four import TOGETHER, Four, now
from tests.northstar.four_forms import (
    PARTNERS,
    WHO_CAME,
    a_code_is_asked_for,
    a_list,
    a_list_that_is_decided,
    a_question,
    a_text_written_over,
    a_wish_to_join,
    another_organisation,
    code_of,
    comes_back,
    everybody_who_asked_gets_in,
    facts_of_the_member,
    facts_of_the_organisation,
    given_up,
    one_before,
    post_is_stopped,
    somebody_new,
    stopped,
    surveys_are_off,
    to_be_sent,
    waits_for_a_try,
    who_came_decided,
    words_of_a_letter,
    words_of_a_mailing,
    words_of_a_page,
    words_of_the_organisation,
    words_to_partners,
    written_over,
)

FOUR_OF_PEOPLE = {
    # Login and one's own details
    "account_login": Four(
        "anyone",
        lambda world: {"email": world["people"]["member"].email},
        {Message: 1},
        browsers=TOGETHER,
        holds=everybody_who_asked_gets_in,
        why="the late one has logged in by then",
    ),
    "account_login elsewhere": Four(
        "anyone",
        lambda world: {"email": world["people"]["member"].email},
        {Message: 3},
        letters=3,
        why="each browser has a code of its own, to five of an address; the last letter leaves",
    ),
    "account_request_login_code": Four(
        "anyone",
        lambda world: {"email": world["people"]["member"].email},
        {Message: 1},
        browsers=TOGETHER,
        holds=everybody_who_asked_gets_in,
        why="the late one has logged in by then",
    ),
    "account_confirm_login_code": Four(
        "anyone",
        lambda world: {"code": code_of(world["people"]["member"])},
        state=a_code_is_asked_for,
        browsers=TOGETHER,
        holds=lambda world: all(b.get("/").wsgi_request.user.pk for b in world["browsers"]),
        why="the code is right however often it is given: only wrong ones are counted",
    ),
    "account_confirm_login_code resend": Four(
        "anyone",
        lambda world: {"action": "resend"},
        {Message: 1},
        state=a_code_is_asked_for,
        browsers=TOGETHER,
        holds=everybody_who_asked_gets_in,
    ),
    "account_logout": Four("member"),
    "send_again": Four("member"),  # nothing is kept here: what is goes on to its own address
    "accept_invitation": Four(
        "anyone",
        adds={Message: 1},
        browsers=TOGETHER,
        holds=everybody_who_asked_gets_in,
        why="the late one has logged in by then",
    ),
    "own_data_file": Four("member", answers=frozenset({200})),
    "own_erasure": Four("member", adds={ErasureWish: 1, Message: 1}),
    "own_erasure_withdraw": Four(
        "other", holds=lambda world: now(world["erasure"]).withdrawn_at is not None
    ),
    "erasure": Four(
        "coord",
        adds={Message: 2},
        holds=lambda world: now(world["erasure"]).carried_out_by == world["people"]["coord"],
    ),
    "profile": Four(
        "member",
        lambda world: {
            "name": "Ada Ås",
            "phone": "090-16 00 00",
            "language": "en",
            "colour_scheme": "dark",
        },
        holds=lambda world: now(world["people"]["member"]).language == "en",
    ),
    "email_choices": Four(
        "member",
        lambda world: {"wanted": ["places", "news"]},
        {SwitchedOff: 2},
    ),
    "unsubscribe": Four(
        "anyone",
        adds={SwitchedOff: 1},
        answers=frozenset({200}),
        holds=lambda world: choosing.is_off(world["people"]["member"], [Topic.SURVEYS]),
        why="a mail program waits for no other page",
    ),
    "subscribe_again": Four(
        "anyone",
        adds={SwitchedOff: -1},
        state=surveys_are_off,
    ),
    # Partners and their people
    "person_edit": Four(
        "coord",
        facts_of_the_member,
        {Message: 2},
        why="one letter to the former address, and one to the new",
    ),
    "organisation_edit": Four(
        "coord",
        facts_of_the_organisation,
        {OrganisationAlias: 1},
        holds=lambda world: now(world["organisation"]).name == "Bostaden i Umeå",
    ),
    "organisation_words": Four(
        "contact",
        words_of_the_organisation,
        holds=lambda world: now(world["organisation"]).description_sv == "Vi bygger hem.",
    ),
    "membership_move": Four(
        "coord",
        lambda world: {"organisation": world["target"].slug},
        {Membership: 1},
        state=another_organisation,
        holds=lambda world: now(world["membership"]).ended_at,
    ),
    "people_invite": Four(
        "coord",
        lambda world: {"membership": [world["membership"].pk]},
        {Invitation: 1, Message: 1},
        state=somebody_new,
    ),
    "outbox_put_away": Four(
        "coord", state=given_up, holds=lambda world: now(world["letter"]).state == "skipped"
    ),
    "outbox_retry": Four(
        "coord", state=given_up, holds=lambda world: now(world["letter"]).state == "waiting"
    ),
    "outbox_retry_all": Four(
        "coord", state=given_up, holds=lambda world: now(world["letter"]).state == "waiting"
    ),
    "outbox_stop": Four("coord", holds=lambda world: now(world["letter"]).state == "stopped"),
    "outbox_let_go": Four(
        "coord", state=stopped, holds=lambda world: now(world["letter"]).state == "waiting"
    ),
    "outbox_stop_all": Four(
        "coord",
        lambda world: {"q": "", "last": world["letter"].pk},
        holds=lambda world: now(world["letter"]).decided_by == world["people"]["coord"],
    ),
    "outbox_let_all_go": Four(
        "coord",
        lambda world: {"q": "", "last": world["letter"].pk},
        state=stopped,
        holds=lambda world: now(world["letter"]).state == "waiting",
    ),
    "desk_stop": Four("coord", lambda world: {"why": "Fel länk"}, {PostStop: 1}),
    "desk_start": Four(
        "coord", state=post_is_stopped, holds=lambda world: now(world["stop"]).lifted_by
    ),
    "desk_try_now": Four(
        "coord",
        state=waits_for_a_try,
        holds=lambda world: now(world["letter"]).next_try_at <= timezone.now(),
    ),
    "service_tells": Four(
        "anyone",
        answers=frozenset({404}),
        browsers=TOGETHER,
        why="there is none without a service; what one tells again is tried in its own tests",
    ),
    "address_works": Four(
        "coord",
        state=comes_back,
        holds=lambda world: not BouncedAddress.objects.standing().exists(),
    ),
    # Written by people without an account
    "ask": Four("anyone", a_question, {Enquiry: 1, Message: 1}),
    "join": Four("anyone", a_wish_to_join, {Enquiry: 1, Message: 1}),
    "enquiry_confirm": Four(
        "anyone",
        adds={Message: 1},
        holds=lambda world: now(world["unconfirmed"]).confirmed_at,
    ),
    "enquiry_detail": Four(
        "coord",
        lambda world: {"state": "answered", "note": "Ringde.", "version": "1"},
        holds=lambda world: now(world["enquiry"]).version == 2,
    ),
    "enquiry_take": Four("coord", holds=lambda world: now(world["enquiry"]).taken_by),
    # Mailings
    "mailing_create": Four("coord", words_to_partners, {Mailing: 1}),
    "mailing_edit": Four(
        "lead", words_of_a_mailing, holds=lambda world: now(world["mailing"]).version == 2
    ),
    "mailing_test": Four(
        "lead", adds={Message: 2}, letters=2, why="one in each language that it is written in"
    ),
    "mailing_send": Four(
        "lead",
        lambda world: {"when": "now", "seen": "1"},
        holds=lambda world: now(world["mailing"]).state == "queued",
    ),
    "mailing_stop": Four(
        "lead", state=to_be_sent, holds=lambda world: now(world["mailing"]).state == "draft"
    ),
    "mailing_remove": Four(
        "lead",
        adds={Mailing: -1},
        answers=frozenset({302, 404}),
        why="the draft is gone: one who comes late finds nothing",
    ),
    # What the e-mails of the portal say
    "letter_text": Four("coord", words_of_a_letter, {LetterText: 1}),
    "letter_text_preview": Four(
        "coord", words_of_a_letter, answers=frozenset({200}), why="nothing is kept: it is shown"
    ),
    "letter_text_test": Four(
        "coord",
        words_of_a_letter,
        {Message: 1},
        letters=1,
        answers=frozenset({200}),
        why="the page stays, with what is written in it",
    ),
    "letter_text_original": Four("coord", adds={LetterText: 1}),
    "letter_text_restore": Four("coord", state=a_text_written_over, adds={LetterText: 1}),
    # What the portal says about itself
    "page_edit": Four("coord", words_of_a_page, {ContentVersion: 1}),
    "page_preview": Four(
        "coord", words_of_a_page, answers=frozenset({200}), why="nothing is kept: it is shown"
    ),
    "page_restore": Four("coord", state=written_over, adds={ContentVersion: 1}),
    "leader_add": Four("coord", lambda world: {"name": "Eva Ek"}, {Leader: 1}),
    "leader_edit": Four(
        "coord",
        lambda world: {"name": "Eva Ek", "picture_alt_sv": "Eva Ek"},
        holds=lambda world: now(world["leader"]).name == "Eva Ek",
    ),
    "leader_move": Four(
        "coord",
        lambda world: {"place": "1"},
        state=one_before,
        holds=lambda world: now(world["leader"]).position == 1,
    ),
    "leader_remove": Four(
        "coord",
        adds={Leader: -1},
        answers=frozenset({302, 404}),
        why="the row is gone: one who comes late finds nothing",
    ),
    "funder_add": Four("coord", lambda world: {"name": "Vinnova"}, {Funder: 1}),
    "funder_edit": Four(
        "coord",
        lambda world: {"name": "Vinnova"},
        holds=lambda world: now(world["funder"]).name == "Vinnova",
    ),
    "funder_move": Four(
        "coord",
        lambda world: {"place": "1"},
        state=one_before,
        holds=lambda world: now(world["funder"]).position == 1,
    ),
    "funder_remove": Four(
        "coord",
        adds={Funder: -1},
        answers=frozenset({302, 404}),
        why="as leader_remove",
    ),
    # Lists
    "import_partners": Four("coord", a_list(PARTNERS), {ImportBatch: 1}),
    "import_detail": Four(
        "coord",
        lambda world: {"organisation:granit ab": "new"},
        holds=lambda world: now(world["partner_import"]).decisions["organisations"],
    ),
    "import_apply": Four(
        "coord",
        lambda world: {"organisation:granit ab": "new"},
        {Organisation: 1, User: 1, Membership: 1},
        state=a_list_that_is_decided,
        holds=lambda world: now(world["partner_import"]).applied_at,
    ),
    "import_remove": Four(
        "coord",
        adds={ImportBatch: -1},
        answers=frozenset({302, 404}),
        why="the list is gone with all that was in it: one who comes late finds nothing",
    ),
    "import_attendance": Four("coord", a_list(WHO_CAME), {ImportBatch: 1}),
    "attendance_import": Four(
        "coord",
        lambda world: {"organisation:prov granit ab": "new"},
        state=who_came_decided,
        holds=lambda world: now(world["attendance_import"]).decisions["organisations"],
    ),
    "attendance_import_apply": Four(
        "coord",
        lambda world: {"organisation:prov granit ab": "new"},
        {
            Organisation: 1,
            User: 1,
            Membership: 1,
            Series: 1,
            LearningSession: 1,
            Registration: 1,
            Attendance: 1,
        },
        state=who_came_decided,
    ),
}
