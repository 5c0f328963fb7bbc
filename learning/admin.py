"""The workshop: sessions and what belongs to them, for superusers. States are read only here."""

from django.contrib import admin
from django.db import models

from learning.models import (
    Attendance,
    BarrierObservation,
    Intention,
    LearningSession,
    Material,
    Registration,
    Series,
    SurveyInvitation,
)


@admin.register(Series)
class SeriesAdmin(admin.ModelAdmin):
    list_display = ["title_sv", "title_en", "slug"]
    search_fields = ["title_sv", "title_en"]
    prepopulated_fields = {"slug": ["title_sv"]}


@admin.register(LearningSession)
class LearningSessionAdmin(admin.ModelAdmin):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["title_sv", "series", "starts_at", "capacity", "published_at", "cancelled_at"]
    list_filter = ["series", "mode", "audience"]
    list_select_related = ["series"]
    search_fields = ["title_sv", "title_en", "venue"]
    date_hierarchy = "starts_at"
    autocomplete_fields = ["series", "lead"]
    # Times, seats and state have rules (letters, the queue): the product's own pages change them.
    readonly_fields = ["starts_at", "ends_at", "capacity", "published_at", "cancelled_at"]
    readonly_fields += ["attendance_taken_at", "created_at", "created_by"]

    def has_add_permission(self, request: object) -> bool:
        return False


class Fact(admin.ModelAdmin):
    """What somebody did at a session: looked at here, changed on the product's own pages."""

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Registration)
class RegistrationAdmin(Fact):
    list_display = ["session", "person", "organisation", "state", "source", "created_at"]
    list_filter = ["state", "source"]
    list_select_related = ["session", "person", "organisation"]
    search_fields = ["person__name", "person__email", "session__title_sv", "organisation__name"]


@admin.register(Attendance)
class AttendanceAdmin(Fact):
    list_display = ["session", "person", "organisation", "status", "recorded_at"]
    list_filter = ["status"]
    list_select_related = ["session", "person", "organisation"]
    search_fields = ["person__name", "person__email", "session__title_sv", "organisation__name"]


@admin.register(Material)
class MaterialAdmin(Fact):
    list_display = ["title", "session", "kind"]
    list_filter = ["kind"]
    list_select_related = ["session"]
    search_fields = ["title", "session__title_sv"]


@admin.register(SurveyInvitation)
class SurveyInvitationAdmin(Fact):
    list_display = ["session", "person", "created_at", "closes_at", "completed_at"]
    list_select_related = ["session", "person"]
    search_fields = ["person__name", "session__title_sv"]
    exclude = ["token_hash"]


@admin.register(Intention)
class IntentionAdmin(Fact):
    list_display = ["person", "session", "then_text", "due_on", "status"]
    list_filter = ["status"]
    list_select_related = ["person", "session"]
    search_fields = ["person__name", "when_text", "then_text"]


@admin.register(BarrierObservation)
class BarrierObservationAdmin(Fact):
    list_display = ["type", "text", "organisation", "created_at"]
    list_filter = ["type"]
    list_select_related = ["organisation"]
    search_fields = ["text", "organisation__name"]
