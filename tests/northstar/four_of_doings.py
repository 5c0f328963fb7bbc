"""Four at once at what people do: surveys and next steps, measures, sessions; and the demo."""

from datetime import timedelta

from django.utils import timezone

from learning.models import (
    Attendance,
    BarrierObservation,
    LearningSession,
    Material,
    MaterialTelling,
    PlaceLink,
    Registration,
    Series,
    SessionReminder,
    SurveyAnswer,
    VisitorRequest,
)
from measures.models import (
    STANDARD_POINTS,
    CallPoints,
    CityEmission,
    CityTarget,
    ContactNote,
    Measure,
    MeasureBarrier,
    MeasureReminder,
    MeasureReport,
    Pick,
)
from partners.models import (
    ClockTick,
    Message,
    User,
)
from tests.northstar.four import Four, is_changed_once, now
from tests.northstar.four_forms import (
    a_file,
    a_link,
    a_reminder,
    a_reminder_of_measures,
    a_removed,
    a_rule_of_the_series,
    answers_of_a_survey,
    begins_soon,
    changed_plan,
    held_today,
    just_left,
    just_told,
    not_published,
    nothing_new_is_told,
    pasted_years,
    plan_of_a_measure,
    plan_of_a_session,
    somebody_to_be,
    without_own_rules,
)

FOUR_OF_DOINGS = {
    # Surveys and next steps
    "survey": Four("anyone", answers_of_a_survey, {SurveyAnswer: 1, BarrierObservation: 1}),
    "survey_own": Four("member", answers_of_a_survey, {SurveyAnswer: 1, BarrierObservation: 1}),
    "next_step_status": Four(
        "member",
        lambda world: {"status": "done"},
        holds=lambda world: now(world["next_step"]).status == "done",
    ),
    # Measures
    "contact_notes": Four(
        "coord",
        lambda world: {"on": timezone.localdate().isoformat(), "line": "Ringde Cai"},
        {ContactNote: 1},
    ),
    "contact_note_remove": Four(
        "coord", holds=lambda world: now(world["contact_note"]).removed_at is not None
    ),
    "monday_points": Four(
        "coord",
        lambda world: {**STANDARD_POINTS, "unseen": 9},
        {CallPoints: 1},
        holds=lambda world: CallPoints.objects.by_reason()["unseen"] == 9,
    ),
    "partner_cards_write": Four(
        "coord", lambda world: {"organisation": world["organisation"].pk}, {Pick: 1}
    ),
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
    "measure_reminder_add": Four("coord", a_reminder_of_measures, {MeasureReminder: 1}),
    "measure_reminder_edit": Four(
        "coord",
        a_reminder_of_measures,
        {MeasureReminder: 1},
        holds=lambda world: now(world["measure_rule"]).removed_at,
        why="another takes the place of what it said before",
    ),
    "measure_reminder_switch": Four(
        "coord",
        lambda world: {"to": "off"},
        holds=lambda world: now(world["measure_rule"]).is_off,
    ),
    "measure_reminder_remove": Four(
        "coord", holds=lambda world: now(world["measure_rule"]).removed_at
    ),
    "measure_reminder_restore": Four(
        "coord",
        state=a_removed("measure_rule", "coord"),
        holds=lambda world: now(world["measure_rule"]).removed_at is None,
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
    "session_reminders_own": Four("lead", adds={SessionReminder: 1}, state=without_own_rules),
    "session_reminders_back": Four("lead", holds=lambda world: now(world["rule"]).removed_at),
    "session_reminder_add": Four("lead", a_reminder, {SessionReminder: 1}),
    "series_reminders_own": Four("lead", adds={SessionReminder: 1}),
    "series_reminders_back": Four(
        "lead", state=a_rule_of_the_series, holds=lambda world: now(world["of_series"]).removed_at
    ),
    "series_reminder_add": Four(
        "lead",
        a_reminder,
        {SessionReminder: 2},
        why="the usual one becomes the series’ own with it",
    ),
    "portal_reminder_add": Four("coord", a_reminder, {SessionReminder: 1}),
    "reminder_edit": Four(
        "lead",
        a_reminder,
        {SessionReminder: 1},
        holds=lambda world: now(world["rule"]).removed_at,
        why="another takes the place of what it said before",
    ),
    "reminder_switch": Four(
        "lead",
        lambda world: {"to": "off"},
        holds=lambda world: now(world["rule"]).is_off,
    ),
    "reminder_remove": Four("lead", holds=lambda world: now(world["rule"]).removed_at),
    "reminder_restore": Four(
        "lead",
        state=a_removed("rule", "lead"),
        holds=lambda world: now(world["rule"]).removed_at is None,
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
    "material_tell": Four("lead", adds={MaterialTelling: 1, Message: 1}),
    "material_tell_back": Four(
        "lead",
        state=just_told,
        holds=lambda world: (
            now(world["telling"]).taken_back_at and now(world["told"]).state == "skipped"
        ),
    ),
    "material_delete": Four("lead", lambda world: {"session": world["session"].pk}, {Material: -1}),
    # The demo
    "demo_become": Four(
        "anyone", state=somebody_to_be, arguments={"persona": "member"}, in_demo=True
    ),
    "demo_clock": Four(
        "coord",
        lambda world: {"jump": "week", "shown": world["shown"].isoformat()},
        {ClockTick: 1},
        holds=lambda world: timezone.now() - world["shown"] < timedelta(days=8),
        state=lambda world: {"shown": timezone.now()},
        in_demo=True,
    ),
}
