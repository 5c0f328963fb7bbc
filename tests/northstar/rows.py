"""One row of every model of ours, for tests that walk them all."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from learning.models import (
    Attendance,
    BarrierObservation,
    BarrierType,
    Intention,
    LearningSession,
    Material,
    MaterialTelling,
    PlaceLink,
    Registration,
    Safety,
    Series,
    SessionReminder,
    SessionReminderRun,
    SurveyAnswer,
    SurveyInvitation,
    SurveyTally,
    Usefulness,
    VisitorRequest,
)
from measures.models import (
    CallPoints,
    Challenge,
    ChallengeAdoption,
    CityEmission,
    CityTarget,
    CommitmentPeriod,
    ContactNote,
    Contribution,
    CounterCommitment,
    LetterOfIntent,
    Measure,
    MeasureBarrier,
    MeasureReminder,
    MeasureReminderRun,
    MeasureReport,
    MeasureStatus,
    OwnTarget,
    Pick,
    SharedReport,
)
from measures.standing import picking
from partners.models import (
    BouncedAddress,
    ClockGap,
    ClockTick,
    ContentPage,
    ContentVersion,
    Enquiry,
    ErasureWish,
    FactorReset,
    FocusArea,
    Funder,
    ImportBatch,
    Invitation,
    InvitationBatch,
    InvitationReminder,
    JoinRequest,
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
    WithoutContact,
)
from tests.builders import (
    make_attendance,
    make_emission,
    make_enquiry,
    make_funder,
    make_import,
    make_invitation,
    make_join_request,
    make_leader,
    make_letter,
    make_letter_text,
    make_link,
    make_mailing,
    make_measure,
    make_measure_rule,
    make_measure_run,
    make_member,
    make_next_step,
    make_organisation,
    make_page,
    make_registration,
    make_rule,
    make_run,
    make_session,
    make_survey,
    make_target,
    make_visitor_request,
)
from tests.promise_builders import (
    make_adoption,
    make_challenge,
    make_contact_note,
    make_contribution,
    make_counter_commitment,
    make_letter_of_intent,
    make_own_target,
    make_period,
    make_shared_report,
)


def _told(rows):
    return MeasureReport.objects.create(
        measure=rows[Measure],
        status=MeasureStatus.PLANNED,
        text="Upphandlingen är ute.",
        created_by=rows[User],
    )


def _answer(rows):
    return SurveyAnswer.objects.create(
        invitation=rows[SurveyInvitation], usefulness=Usefulness.AT_ONCE, safety=Safety.FULLY
    )


# In an order in which each can be made of those before it.
ROWS = {
    Organisation: lambda rows: make_organisation("Bostaden"),
    User: lambda rows: make_member(rows[Organisation], "Ada Åström"),
    Membership: lambda rows: rows[User].memberships.get(),
    OrganisationAlias: lambda rows: OrganisationAlias.objects.create(
        organisation=rows[Organisation], folded="ab bostaden"
    ),
    Invitation: lambda rows: make_invitation(rows[User], rows[Organisation], by=rows[User])[0],
    InvitationBatch: lambda rows: InvitationBatch.objects.create(
        organisation=rows[Organisation], created_by=rows[User], page=uuid4()
    ),
    InvitationReminder: lambda rows: InvitationReminder.objects.create(
        invitation=rows[Invitation],
        token_hash="1" * 64,
        sent_at=timezone.now(),
        sent_by=rows[User],
    ),
    JoinRequest: lambda rows: make_join_request(rows[Organisation])[0],
    WithoutContact: lambda rows: WithoutContact.objects.create(
        organisation=rows[Organisation], told_at=timezone.now()
    ),
    Message: lambda rows: make_letter(rows[User]),
    SwitchedOff: lambda rows: SwitchedOff.objects.create(person=rows[User], topic=Topic.NEWS),
    Mailing: lambda rows: make_mailing(rows[User]),
    LetterText: lambda rows: make_letter_text(rows[User]),
    FactorReset: lambda rows: FactorReset.objects.create(person=rows[User], reset_by=rows[User]),
    BouncedAddress: lambda rows: BouncedAddress.objects.create(
        address="gone@granit.example", bounced_at=timezone.now(), said="550", letter=rows[Message]
    ),
    ClockTick: lambda rows: ClockTick.objects.create(task="deliver", ticked_at=timezone.now()),
    ClockGap: lambda rows: ClockGap.objects.create(
        began_at=timezone.now() - timedelta(hours=1), ended_at=timezone.now()
    ),
    PostStop: lambda rows: PostStop.objects.create(
        stopped_at=timezone.now(), stopped_by=rows[User]
    ),
    Enquiry: lambda rows: make_enquiry()[0],
    ErasureWish: lambda rows: ErasureWish.objects.create(person=rows[User]),
    ImportBatch: lambda rows: make_import(rows[User]),
    FocusArea: lambda rows: FocusArea.objects.first(),
    ContentPage: lambda rows: make_page(),
    ContentVersion: lambda rows: rows[ContentPage].versions.get(),
    Leader: lambda rows: make_leader(rows[User]),
    Funder: lambda rows: make_funder(rows[User]),
    LearningSession: lambda rows: make_session(),
    Series: lambda rows: rows[LearningSession].series,
    SessionReminder: lambda rows: make_rule(rows[LearningSession]),
    SessionReminderRun: lambda rows: make_run(rows[SessionReminder], rows[LearningSession]),
    Registration: lambda rows: make_registration(rows[LearningSession], rows[User]),
    PlaceLink: lambda rows: PlaceLink.objects.create(
        registration=rows[Registration], token_hash="0" * 64
    ),
    VisitorRequest: lambda rows: make_visitor_request(rows[LearningSession])[0],
    Attendance: lambda rows: make_attendance(rows[LearningSession], rows[User]),
    Material: lambda rows: make_link(rows[LearningSession]),
    MaterialTelling: lambda rows: MaterialTelling.objects.create(
        session=rows[LearningSession], created_by=rows[User], is_after=False
    ),
    SurveyInvitation: lambda rows: make_survey(rows[LearningSession], rows[User])[1],
    SurveyAnswer: _answer,
    SurveyTally: lambda rows: SurveyTally.objects.create(session=rows[LearningSession], answered=5),
    Intention: lambda rows: make_next_step(rows[LearningSession], rows[User]),
    BarrierObservation: lambda rows: BarrierObservation.objects.create(
        session=rows[LearningSession], person=rows[User], type=BarrierType.LOCK_IN
    ),
    Challenge: lambda rows: make_challenge(focus_area=rows[FocusArea]),
    CommitmentPeriod: lambda rows: make_period(),
    LetterOfIntent: lambda rows: make_letter_of_intent(rows[Organisation], by=rows[User]),
    ChallengeAdoption: lambda rows: make_adoption(
        rows[Organisation], rows[Challenge], by=rows[User]
    ),
    CounterCommitment: lambda rows: make_counter_commitment(rows[Challenge], by=rows[User]),
    OwnTarget: lambda rows: make_own_target(rows[Organisation], by=rows[User]),
    Contribution: lambda rows: make_contribution(rows[Organisation], by=rows[User]),
    SharedReport: lambda rows: make_shared_report(rows[Organisation], by=rows[User]),
    Pick: lambda rows: picking.pick([rows[Organisation]], by=rows[User]),
    ContactNote: lambda rows: make_contact_note(rows[Organisation], by=rows[User]),
    CallPoints: lambda rows: CallPoints.objects.create(
        reason="unseen", points=7, updated_by=rows[User]
    ),
    Measure: lambda rows: make_measure(rows[Organisation]),
    MeasureReport: _told,
    MeasureReminder: lambda rows: make_measure_rule(),
    MeasureReminderRun: lambda rows: make_measure_run(rows[MeasureReminder], rows[Measure]),
    MeasureBarrier: lambda rows: MeasureBarrier.objects.create(
        measure=rows[Measure], type=BarrierType.LOCK_IN
    ),
    CityEmission: lambda rows: make_emission(2024, 236_000, by=rows[User]),
    CityTarget: lambda rows: make_target(2030, 82_000, by=rows[User]),
}


def one_of_each():
    """A row of every model, by model."""
    rows = {}
    for model, make in ROWS.items():
        rows[model] = make(rows)
    return rows
