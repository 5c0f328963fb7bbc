"""The workshop: sessions and what belongs to them, for superusers. States are read only here."""

from django.contrib import admin

from learning.models import (
    Attendance,
    BarrierObservation,
    Intention,
    LearningSession,
    Material,
    MaterialTelling,
    Registration,
    Series,
    SessionReminder,
    SessionReminderRun,
    SurveyInvitation,
    VisitorRequest,
)
from partners.admin import ReadOnly, Workshop


@admin.register(Series)
class SeriesAdmin(Workshop):
    list_display = ["title_sv", "title_en", "slug"]
    search_fields = ["title_sv", "title_en"]
    prepopulated_fields = {"slug": ["title_sv"]}


@admin.register(LearningSession)
class LearningSessionAdmin(ReadOnly):
    """Times, places, seats, who may come: all have rules (letters, the queue) that pages keep."""

    list_display = ["title_sv", "series", "starts_at", "capacity", "published_at", "cancelled_at"]
    list_filter = ["series", "mode", "audience"]
    list_select_related = ["series"]
    search_fields = ["title_sv", "title_en", "venue"]
    date_hierarchy = "starts_at"


@admin.register(SessionReminder)
class SessionReminderAdmin(ReadOnly):
    list_display = [
        "letter",
        "whom",
        "amount",
        "unit",
        "clock",
        "series",
        "session",
        "is_off",
        "removed_at",
    ]
    list_filter = ["letter", "whom"]
    list_select_related = ["series", "session"]
    search_fields = ["series__title_sv", "session__title_sv"]


@admin.register(SessionReminderRun)
class SessionReminderRunAdmin(ReadOnly):
    list_display = ["session", "rule", "due_at", "state", "letters", "because", "noted_at"]
    list_filter = ["state", "because"]
    list_select_related = ["session", "rule"]
    search_fields = ["session__title_sv"]


@admin.register(Registration)
class RegistrationAdmin(ReadOnly):
    list_display = [
        "session",
        "person",
        "organisation",
        "state",
        "leaves_at",
        "source",
        "created_at",
    ]
    list_filter = ["state", "source"]
    list_select_related = ["session", "person", "organisation"]
    search_fields = ["person__name", "person__email", "session__title_sv", "organisation__name"]


@admin.register(VisitorRequest)
class VisitorRequestAdmin(ReadOnly):
    list_display = ["session", "name", "email", "created_at", "confirmed_at"]
    list_select_related = ["session"]
    search_fields = ["name", "email", "session__title_sv"]
    exclude = ["token_hash"]


@admin.register(Attendance)
class AttendanceAdmin(ReadOnly):
    list_display = ["session", "person", "organisation", "status", "minutes_present", "recorded_at"]
    list_filter = ["status"]
    list_select_related = ["session", "person", "organisation"]
    search_fields = ["person__name", "person__email", "session__title_sv", "organisation__name"]


@admin.register(Material)
class MaterialAdmin(ReadOnly):
    list_display = ["title", "session", "kind"]
    list_filter = ["kind"]
    list_select_related = ["session"]
    search_fields = ["title", "session__title_sv"]


@admin.register(MaterialTelling)
class MaterialTellingAdmin(ReadOnly):
    list_display = ["session", "created_at", "created_by", "taken_back_at"]
    list_select_related = ["session", "created_by"]
    search_fields = ["session__title_sv"]


@admin.register(SurveyInvitation)
class SurveyInvitationAdmin(ReadOnly):
    list_display = ["session", "person", "created_at", "closes_at", "completed_at"]
    list_select_related = ["session", "person"]
    search_fields = ["person__name", "session__title_sv"]
    exclude = ["token_hash"]


@admin.register(Intention)
class IntentionAdmin(ReadOnly):
    list_display = ["person", "session", "then_text", "due_on", "status"]
    list_filter = ["status"]
    list_select_related = ["person", "session"]
    search_fields = ["person__name", "when_text", "then_text"]


@admin.register(BarrierObservation)
class BarrierObservationAdmin(ReadOnly):
    list_display = ["type", "text", "organisation", "created_at"]
    list_filter = ["type"]
    list_select_related = ["organisation"]
    search_fields = ["text", "organisation__name"]
