"""Addresses of learning; Swedish and English by translated parts."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from learning import next_step_views, report_views, survey_views

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("survey/<str:token>/"), survey_views.survey, name="survey"),
    path(_("survey/<str:token>/thanks/"), survey_views.survey_done, name="survey_done"),
    path(_("sessions/<int:pk>/answers/"), survey_views.survey_results, name="survey_results"),
    path(_("next-steps/"), next_step_views.next_steps, name="next_steps"),
    path(
        _("next-steps/<int:pk>/status/"), next_step_views.next_step_status, name="next_step_status"
    ),
    path(_("reports/participation/"), report_views.participation, name="participation"),
    path(
        _("reports/participation/file.<str:ending>"),
        report_views.participation_file,
        name="participation_file",
    ),
    path(
        _("reports/participation/rows/"), report_views.participation_rows, name="participation_rows"
    ),
    path(
        _("reports/participation/rows/file.<str:ending>"),
        report_views.participation_rows_file,
        name="participation_rows_file",
    ),
]
