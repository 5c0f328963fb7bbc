"""The world of the walk: one person a role, what the URLs are about, and what each URL needs."""

from partners.models import ErasureWish, MembershipRole, StaffRole, Topic
from partners.post import unsubscribing
from tests.builders import (
    PICTURE,
    make_emission,
    make_enquiry,
    make_file,
    make_funder,
    make_import,
    make_invitation,
    make_join_request,
    make_leader,
    make_letter,
    make_letter_text,
    make_mailing,
    make_measure,
    make_measure_rule,
    make_member,
    make_next_step,
    make_organisation,
    make_page,
    make_person,
    make_place_link,
    make_registration,
    make_rule,
    make_session,
    make_survey,
    make_target,
    make_visitor_request,
)
from tests.northstar.promised import addresses_of_promises, promises
from tests.promise_builders import make_contact_note

ABOUT_A_SESSION = [
    "session_detail",
    "session_calendar",
    "register",
    "register_colleague",
    "visitor_ask",
    "visitor_asked",
    "session_edit",
    "session_publish",
    "session_cancel",
    "participants",
    "participants_list",
    "session_letters",
    "session_reminders",
    "session_reminders_own",
    "session_reminders_back",
    "session_reminder_add",
    "attendance",
    "walk_in",
    "walk_in_new",
    "material_upload",
    "material_link",
    "material_tell",
    "material_tell_back",
]

ABOUT_A_MEASURE = [
    "measure_detail",
    "measure_edit",
    "measure_name",
    "measure_state",
    "measure_effect",
    "measure_barriers",
    "measure_origin",
    "measure_description",
    "measure_report",
    "measure_nothing_new",
    "measure_nothing_new_undo",
    "measure_unpublish",
]


def make_world():
    """Make one person a role and what the URLs are about; `addresses` says what each URL needs."""
    organisation = make_organisation("Bostaden", org_number="556500-4600")
    people = {
        "anyone": None,
        "member": make_member(organisation, "Ada Åström"),
        "contact": make_member(organisation, "Cai Öberg", role=MembershipRole.CONTACT_PERSON),
        "other": make_member(make_organisation("Norrbyggen"), "Bo Berg"),
        "lead": make_person("Lo Lind", staff_role=StaffRole.PROJECT_LEAD),
        "coord": make_person("Kim Krans", staff_role=StaffRole.COORDINATOR),
    }
    _, invitation_token = make_invitation(people["member"], organisation, by=people["coord"])
    asked, asking_token = make_invitation(
        make_person("Nina Nord"), organisation, by=people["contact"], name="Nina", role="member"
    )
    held = make_session(in_days=-1)
    survey_token, _ = make_survey(held, people["member"])
    session = make_session(audience="public", capacity=40, lead=people["lead"])
    place = make_registration(session, people["member"])
    visitor, visitor_token = make_visitor_request(session)
    enquiry, _ = make_enquiry()
    unconfirmed, unconfirmed_token = make_enquiry(confirmed_at=None)
    unconfirmed_request, request_token = make_join_request(organisation, confirmed_at=None)
    return {
        "session": session,
        "rule": make_rule(session),
        "measure_rule": make_measure_rule(),
        "place": place,
        "place_token": make_place_link(place),
        "visitor": visitor,
        "visitor_token": visitor_token,
        "material": make_file(session),
        "people": people,
        "organisation": organisation,
        "membership": people["member"].memberships.get(),
        "invitation_token": invitation_token,
        "asked": asked,
        "asking_token": asking_token,
        "held": held,
        "survey_token": survey_token,
        "choice_token": unsubscribing.token_of(people["member"].pk, [Topic.SURVEYS]),
        "next_step": make_next_step(held, people["member"]),
        "letter": make_letter(people["member"]),
        "session_letter": make_letter(
            people["member"], key=f"learning.session_reminder:{session.pk}:{place.person_id}:x"
        ),
        "mailing": make_mailing(people["lead"], session, subject_en="New room", text_en="Väven."),
        "letter_text": make_letter_text(people["coord"]),
        "enquiry": enquiry,
        "unconfirmed": unconfirmed,
        "unconfirmed_token": unconfirmed_token,
        "join_request": make_join_request(organisation)[0],
        "unconfirmed_request": unconfirmed_request,
        "request_token": request_token,
        "erasure": ErasureWish.objects.create(person=people["other"]),
        "page": make_page(),
        "leader": make_leader(
            people["coord"], picture=PICTURE, picture_type="image/png", picture_alt_sv="I keps"
        ),
        "funder": make_funder(people["coord"], picture=PICTURE, picture_type="image/png"),
        "measure": make_measure(organisation),
        "draft": make_measure(organisation, published_at=None),
        "contact_note": make_contact_note(organisation, by=people["coord"]),
        "emission": make_emission(2024, 236_000, by=people["coord"]),
        "target": make_target(2030, 82_000, by=people["coord"]),
        **promises(organisation, people),
        "partner_import": make_import(people["coord"]),
        "attendance_import": make_import(
            people["coord"], "Namn;E-post;Närvaro\nÅsa;asa@granit.example;x\n", "attendance"
        ),
    }


def addresses(world):
    """Arguments of the URLs that need some, from *world*: things that belong to `member`."""
    organisation = {"slug": world["organisation"].slug}
    membership = {"pk": world["membership"].pk}
    session = {"pk": world["session"].pk}
    series = {"slug": world["session"].series.slug}
    rule = {"pk": world["rule"].pk}
    material = {"pk": world["material"].pk}
    measure = {"pk": world["measure"].pk}
    asked = {"pk": world["asked"].pk}
    leader, funder = {"pk": world["leader"].pk}, {"pk": world["funder"].pk}
    page = {"key": world["page"].key}
    mailing = {"pk": world["mailing"].pk}
    text = {"app": "learning", "name": "seat_confirmed", "language": "sv"}
    return {
        **addresses_of_promises(world),
        **dict.fromkeys(["page_edit", "page_preview", "page_history"], page),
        **{f"mailing_{what}": mailing for what in ("edit", "detail", "letter", "test", "send")},
        **{f"mailing_{what}": mailing for what in ("stop", "remove")},
        "letter_text": text,
        **{f"letter_text_{what}": text for what in ("preview", "test", "mail", "original")},
        "letter_text_history": text,
        **{f"letter_text_{what}": text | {"number": 1} for what in ("version", "restore")},
        **dict.fromkeys(["page_version", "page_restore"], page | {"number": 1}),
        **{f"leader_{what}": leader for what in ("edit", "move", "remove", "picture")},
        **{f"funder_{what}": funder for what in ("edit", "move", "remove", "picture")},
        **dict.fromkeys(ABOUT_A_SESSION, session),
        **{f"series_reminder{what}": series for what in ("s", "s_own", "s_back", "_add")},
        **{f"reminder_{what}": rule for what in ("edit", "switch", "remove", "restore")},
        "withdraw": {"pk": world["place"].pk},
        "stay": {"pk": world["place"].pk},
        "visitor_confirm": {"token": world["visitor_token"]},
        "withdraw_by_link": {"token": world["place_token"]},
        "stay_by_link": {"token": world["place_token"]},
        "participants_file": {**session, "ending": "csv"},
        "material_file": material,
        "material_delete": material,
        **dict.fromkeys(["emission_edit", "emission_remove"], {"year": 2024}),
        **dict.fromkeys(["target_edit", "target_remove"], {"year": 2030}),
        "measure_file": {"ending": "csv"},
        "partner_cards_file": {"ending": "csv"},
        **dict.fromkeys(ABOUT_A_MEASURE, measure),
        **{
            f"measure_reminder_{what}": {"pk": world["measure_rule"].pk}
            for what in ("edit", "switch", "remove", "restore")
        },
        "measure_publish": {"pk": world["draft"].pk},
        "accept_invitation": {"token": world["invitation_token"]},
        "attendance_import": {"pk": world["attendance_import"].pk},
        "attendance_import_apply": {"pk": world["attendance_import"].pk},
        "import_apply": {"pk": world["partner_import"].pk},
        "import_remove": {"pk": world["partner_import"].pk},
        "import_detail": {"pk": world["partner_import"].pk},
        "enquiry_confirm": {"token": world["unconfirmed_token"]},
        **dict.fromkeys(["ask_to_act", "ask_to_act_sent"], organisation),
        "ask_to_act_confirm": {"token": world["request_token"]},
        "join_request": {"pk": world["join_request"].pk},
        "enquiry_detail": {"pk": world["enquiry"].pk},
        "enquiry_take": {"pk": world["enquiry"].pk},
        "erasure": {"pk": world["erasure"].pk},
        "own_data_kind": {"kind": "memberships"},
        "partner_detail": organisation,
        "contact_notes": organisation,
        "contact_note_remove": {"pk": world["contact_note"].pk},
        "partner_story": organisation,
        "partner_story_text": organisation,
        "partner_people": organisation,
        "invite": organisation,
        **dict.fromkeys(["invite_many", "invitation_list", "invitations_chosen"], organisation),
        "membership_role": membership,
        "membership_end": membership,
        "hand_over": membership,
        "membership_invite": membership,
        "factor_reset": {"pk": world["people"]["member"].pk},
        "factor_remove": {"pk": world["people"]["member"].pk},  # none: whoever asks is asked first
        **dict.fromkeys(["person_edit", "address_works"], {"pk": world["people"]["member"].pk}),
        "organisation_edit": organisation,
        "organisation_words": organisation,
        "membership_move": membership,
        "invitation_withdraw": asked,
        "invitation_agree": asked,
        "invitation_decline": asked,
        "decline_invitation": {"token": world["asking_token"]},
        "survey": {"token": world["survey_token"]},
        **dict.fromkeys(["unsubscribe", "subscribe_again"], {"token": world["choice_token"]}),
        "survey_done": {"token": world["survey_token"]},
        "survey_own": {"pk": world["held"].pk},
        "survey_results": {"pk": world["held"].pk},
        "next_step_status": {"pk": world["next_step"].pk},
        "outbox_letter": {"pk": world["letter"].pk},
        "outbox_put_away": {"pk": world["letter"].pk},
        "outbox_retry": {"pk": world["letter"].pk},
        "outbox_stop": {"pk": world["letter"].pk},
        "outbox_let_go": {"pk": world["letter"].pk},
        "session_letter": {"pk": world["session"].pk, "letter": world["session_letter"].pk},
        "participation_file": {"ending": "csv"},
        "participation_rows_file": {"ending": "xlsx"},
    }
