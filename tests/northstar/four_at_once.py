"""What four clicks at once come to: every address that takes a POST, with the one outcome it has.

Each is sent four times at the same moment, as somebody who may: twice in one browser, as a double
click does, and in two browsers more; and once again later. However they meet, what is written is
what one alone would have written, each reader gets one letter, and nobody meets an error. Where one
address is sent several things, a word follows its name. The workshop of superusers (admin) is not
of the product: its forms are Django's own.

adds      how many rows more (or fewer) there are of each model, letters among them; of others, none
answers   the status codes that are right; by default each goes on to the next page
holds     what is true afterwards
why       where several are meant, or a second click is answered otherwise: the reason
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from learning.models import (
    Attendance,
    BarrierObservation,
    LearningSession,
    Material,
    PlaceLink,
    Registration,
    Series,
    SurveyAnswer,
    VisitorRequest,
)
from measures.models import CityEmission, CityTarget, Measure, MeasureBarrier, MeasureReport
from partners.models import (
    ContentVersion,
    Enquiry,
    Funder,
    ImportBatch,
    Invitation,
    Leader,
    Membership,
    MembershipRole,
    Message,
    Organisation,
    OrganisationAlias,
    User,
)
from tests.northstar.four_forms import (
    PARTNERS,
    WHO_CAME,
    a_code_is_asked_for,
    a_file,
    a_link,
    a_list,
    a_list_that_is_decided,
    a_question,
    a_wish_to_join,
    another_organisation,
    answers_of_a_survey,
    asked,
    begins_soon,
    changed_plan,
    code_of,
    everybody_who_asked_gets_in,
    facts_of_the_member,
    facts_of_the_organisation,
    given_up,
    held_today,
    just_left,
    not_published,
    nothing_new_is_told,
    one_before,
    pasted_years,
    plan_of_a_measure,
    plan_of_a_session,
    somebody_new,
    somebody_to_be,
    who_came_decided,
    words_of_a_page,
    words_of_the_organisation,
    written_over,
)

APART = (0, 0, 1, 2)  # the browser of each of the four: the first two click in one
TOGETHER = (0, 0, 0, 0)


def nothing(world):
    return {}


@dataclass(frozen=True)
class Four:
    """One address, as four send to it."""

    role: str  # of the walk; a key of `people` in its world
    data: Callable[[dict[str, Any]], dict[str, Any]] = nothing
    adds: dict[type, int] = field(default_factory=dict)
    answers: frozenset[int] = frozenset({302})
    holds: Callable[[dict[str, Any]], object] = lambda world: True
    state: Callable[[dict[str, Any]], dict[str, Any]] = nothing  # what it needs besides the walk's
    browsers: tuple[int, ...] = APART
    letters: int = 1  # the most that a reader gets of one letter
    arguments: dict[str, str] = field(default_factory=dict)  # of the address; or as the walk's
    in_demo: bool = False
    why: str = ""


def now(row):
    """The row as it is in the database."""
    return type(row).objects.get(pk=row.pk)


def is_changed_once(world):
    return now(world["measure"]).version == 2


MEMBER = MembershipRole.MEMBER.value
CONTACT = MembershipRole.CONTACT_PERSON.value

FOUR = {
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
    # Partners and their people
    "invite": Four(
        "contact",
        lambda world: {"name": "Eva Ek", "email": "eva@granit.example", "role": MEMBER},
        {User: 1, Invitation: 1, Message: 1},
    ),
    "membership_role": Four(
        "contact",
        lambda world: {"role": CONTACT},
        holds=lambda world: now(world["membership"]).role == CONTACT,
    ),
    "membership_end": Four(
        "contact",
        holds=lambda world: now(world["membership"]).ended_at,
    ),
    "invitation_withdraw": Four(
        "contact",
        holds=lambda world: now(world["asked"]).withdrawn_at,
    ),
    "invitation_agree": Four("asked", adds={Membership: 1}, state=asked),
    "invitation_decline": Four(
        "asked", state=asked, holds=lambda world: now(world["asked"]).declined_at
    ),
    "decline_invitation": Four(
        "anyone",
        answers=frozenset({200}),
        holds=lambda world: now(world["asked"]).declined_at,
    ),
    "membership_invite": Four("contact", adds={Invitation: 1, Message: 1}, state=somebody_new),
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
    "outbox_retry": Four(
        "coord", state=given_up, holds=lambda world: now(world["letter"]).state == "waiting"
    ),
    "outbox_retry_all": Four(
        "coord", state=given_up, holds=lambda world: now(world["letter"]).state == "waiting"
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
    # Surveys and next steps
    "survey": Four("anyone", answers_of_a_survey, {SurveyAnswer: 1, BarrierObservation: 1}),
    "survey_own": Four("member", answers_of_a_survey, {SurveyAnswer: 1, BarrierObservation: 1}),
    "next_step_status": Four(
        "member",
        lambda world: {"status": "done"},
        holds=lambda world: now(world["next_step"]).status == "done",
    ),
    # Measures
    "measure_create": Four("member", plan_of_a_measure, {Measure: 1}),
    "measure_name": Four("member", plan_of_a_measure, holds=is_changed_once),
    "measure_state": Four(
        "member",
        lambda world: plan_of_a_measure(world) | {"status": "completed"},
        holds=is_changed_once,
    ),
    "measure_effect": Four(
        "member",
        lambda world: plan_of_a_measure(world) | {"reduction_t": "14"},
        holds=is_changed_once,
    ),
    "measure_barriers": Four(
        "member", plan_of_a_measure, {MeasureBarrier: 1}, holds=is_changed_once
    ),
    "measure_origin": Four(
        "member",
        lambda world: {"origin_session": world["held"].pk, "version": "1"},
        holds=is_changed_once,
    ),
    "measure_description": Four(
        "member", lambda world: {"description": "Vi byter.", "version": "1"}, holds=is_changed_once
    ),
    "measure_nothing_new": Four(
        "member",
        adds={MeasureReport: 1},
        holds=lambda world: now(world["measure"]).version == 1,
    ),
    "measure_nothing_new_undo": Four(
        "member",
        lambda world: {"report": world["told"].pk},
        {MeasureReport: -1},
        state=nothing_new_is_told,
    ),
    "measure_report": Four(
        "member",
        lambda world: plan_of_a_measure(world) | {"text": "Taket är klart."},
        {MeasureReport: 1, MeasureBarrier: 1},
        holds=lambda world: now(world["measure"]).version == 2,
    ),
    "measure_publish": Four("member", holds=lambda world: now(world["draft"]).published_at),
    "measure_unpublish": Four(
        "member", holds=lambda world: now(world["measure"]).published_at is None
    ),
    "emission_add": Four(
        "coord",
        lambda world: {"year": "2023", "tonnes": "243 800", "source": "RUS"},
        {CityEmission: 1},
    ),
    "emission_edit": Four(
        "coord",
        lambda world: {"year": "2024", "tonnes": "235 000", "source": "RUS"},
        holds=lambda world: now(world["emission"]).tonnes == 235_000,
    ),
    "emission_remove": Four(
        "coord",
        adds={CityEmission: -1},
        answers=frozenset({302, 404}),
        why="the year is gone: one who comes late finds nothing",
    ),
    "emissions_paste": Four("coord", pasted_years, {CityEmission: 2}),
    "target_add": Four(
        "coord",
        lambda world: {"year": "2040", "tonnes": "62 000", "source": "Planen"},
        {CityTarget: 1},
    ),
    "target_edit": Four(
        "coord",
        lambda world: {"year": "2030", "tonnes": "80 000", "source": "Planen"},
        holds=lambda world: now(world["target"]).tonnes == 80_000,
    ),
    "target_remove": Four(
        "coord",
        adds={CityTarget: -1},
        answers=frozenset({302, 404}),
        why="the year is gone: one who comes late finds nothing",
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
    # Sessions
    "register": Four("other", adds={Registration: 1, PlaceLink: 1, Message: 1}),
    "register_colleague": Four(
        "member",
        lambda world: {"person": world["people"]["contact"].pk},
        {Registration: 1, PlaceLink: 1, Message: 1},
    ),
    "withdraw": Four("member", holds=lambda world: now(world["place"]).leaves_at),
    "withdraw late": Four(
        "member",
        adds={Message: 1},
        state=begins_soon,
        holds=lambda world: now(world["place"]).withdrawn_at,
    ),
    "stay": Four(
        "member", state=just_left, holds=lambda world: now(world["place"]).leaves_at is None
    ),
    "visitor_ask": Four(
        "anyone",
        lambda world: {"full_name": "Vera Vik", "email": "vera@visitors.example"},
        {VisitorRequest: 1, Message: 1},
    ),
    "visitor_confirm": Four(
        "anyone",
        adds={User: 1, Registration: 1, PlaceLink: 1, Message: 1},
        holds=lambda world: now(world["visitor"]).confirmed_at,
    ),
    "withdraw_by_link": Four("anyone", holds=lambda world: now(world["place"]).leaves_at),
    "withdraw_by_link late": Four(
        "anyone",
        adds={Message: 1},
        answers=frozenset({200, 404}),
        state=begins_soon,
        holds=lambda world: now(world["place"]).withdrawn_at,
        why="the link ends with the place: one who comes late finds nothing",
    ),
    "stay_by_link": Four(
        "anyone", state=just_left, holds=lambda world: now(world["place"]).leaves_at is None
    ),
    "session_create": Four("lead", plan_of_a_session, {LearningSession: 1, Series: 1}),
    "session_edit": Four(
        "lead",
        changed_plan,
        {PlaceLink: 1, Message: 1},
        holds=lambda world: (
            (now(world["session"]).version, now(world["session"]).ical_sequence)
            == (2, world["session"].ical_sequence + 1)
        ),
    ),
    "session_publish": Four(
        "lead", state=not_published, holds=lambda world: now(world["session"]).published_at
    ),
    "session_cancel": Four(
        "lead",
        lambda world: {"text": "Föreläsaren är sjuk.", "sure": "on"},
        {Message: 1},
        holds=lambda world: (
            now(world["session"]).ical_sequence == world["session"].ical_sequence + 1
        ),
    ),
    "attendance": Four(
        "lead",
        lambda world: {
            f"person-{world['people']['member'].pk}": "present",
            f"person-{world['people']['contact'].pk}": "absent",
        },
        {Attendance: 2},
        state=held_today,
        holds=lambda world: now(world["session"]).attendance_taken_at,
    ),
    "walk_in": Four(
        "lead",
        lambda world: {"person": world["people"]["other"].pk},
        {Attendance: 1},
        state=held_today,
    ),
    "walk_in_new": Four(
        "lead", lambda world: {"full_name": "Eva Ek"}, {User: 1, Attendance: 1}, state=held_today
    ),
    "material_upload": Four("lead", a_file, {Material: 1}),
    "material_link": Four("lead", a_link, {Material: 1}),
    "material_delete": Four("lead", lambda world: {"session": world["session"].pk}, {Material: -1}),
    # The demo
    "demo_become": Four(
        "anyone", state=somebody_to_be, arguments={"persona": "member"}, in_demo=True
    ),
    "demo_clock": Four(
        "coord",
        lambda world: {"jump": "week", "shown": world["shown"].isoformat()},
        holds=lambda world: timezone.now() - world["shown"] < timedelta(days=8),
        state=lambda world: {"shown": timezone.now()},
        in_demo=True,
    ),
}
