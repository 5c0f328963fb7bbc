"""The workshop: challenges and measures, for superusers."""

from django.contrib import admin

from measures.models import (
    Challenge,
    Measure,
    MeasureReminder,
    MeasureReminderRun,
    MeasureReport,
)
from partners.admin import ReadOnly, Workshop


@admin.register(Challenge)
class ChallengeAdmin(Workshop):
    list_display = ["title_sv", "title_en", "focus_area", "position"]
    list_filter = ["focus_area"]
    list_select_related = ["focus_area"]
    search_fields = ["title_sv", "title_en"]


@admin.register(Measure)
class MeasureAdmin(ReadOnly):
    list_display = ["title", "organisation", "focus_area", "status", "reduction_t", "published_at"]
    list_filter = ["status", "focus_area", "method"]
    list_select_related = ["organisation", "focus_area"]
    search_fields = ["title", "organisation__name"]


@admin.register(MeasureReport)
class MeasureReportAdmin(ReadOnly):
    list_display = ["measure", "status", "reduction_t", "created_at", "created_by"]
    list_filter = ["status"]
    list_select_related = ["measure", "created_by"]
    search_fields = ["measure__title", "text"]


@admin.register(MeasureReminder)
class MeasureReminderAdmin(ReadOnly):
    list_display = ["amount", "clock", "is_off", "counts_from", "removed_at"]
    list_filter = ["is_off"]


@admin.register(MeasureReminderRun)
class MeasureReminderRunAdmin(ReadOnly):
    list_display = ["measure", "rule", "due_at", "state", "whom", "because", "noted_at"]
    list_filter = ["state", "whom", "because"]
    list_select_related = ["measure", "rule"]
    search_fields = ["measure__title"]
