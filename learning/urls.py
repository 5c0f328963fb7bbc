"""Addresses of learning; Swedish and English by translated parts."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from learning.attendance import views as attendance_views
from learning.intake import views as import_views
from learning.letters import views as letter_views
from learning.material import views as material_views
from learning.next_steps import views as next_step_views
from learning.participation import views as report_views
from learning.places import views as registration_views
from learning.reminders import views as reminder_views
from learning.sessions import planning_views
from learning.sessions import views as session_views
from learning.surveys import views as survey_views
from learning.visitors import views as visitor_views

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("sessions/"), session_views.session_list, name="session_list"),
    path(_("sessions/new/"), planning_views.session_create, name="session_create"),
    path(_("sessions/<int:pk>/calendar/"), session_views.session_calendar, name="session_calendar"),
    path(_("sessions/<int:pk>/register/"), registration_views.register, name="register"),
    path(
        _("sessions/<int:pk>/colleague/"),
        registration_views.register_colleague,
        name="register_colleague",
    ),
    path(_("sessions/<int:pk>/visitor/"), visitor_views.visitor_ask, name="visitor_ask"),
    path(_("sessions/<int:pk>/visitor/sent/"), visitor_views.visitor_asked, name="visitor_asked"),
    path(_("visitor/<str:token>/"), visitor_views.visitor_confirm, name="visitor_confirm"),
    path(_("places/<int:pk>/withdraw/"), registration_views.withdraw, name="withdraw"),
    path(_("places/<int:pk>/stay/"), registration_views.stay, name="stay"),
    path(_("withdraw/<str:token>/"), registration_views.withdraw_by_link, name="withdraw_by_link"),
    path(_("withdraw/<str:token>/stay/"), registration_views.stay_by_link, name="stay_by_link"),
    path(_("sessions/<int:pk>/edit/"), planning_views.session_edit, name="session_edit"),
    path(_("sessions/<int:pk>/publish/"), planning_views.session_publish, name="session_publish"),
    path(_("sessions/<int:pk>/cancel/"), planning_views.session_cancel, name="session_cancel"),
    path(_("sessions/<int:pk>/participants/"), planning_views.participants, name="participants"),
    path(
        _("sessions/<int:pk>/participants/list/"),
        planning_views.participants_list,
        name="participants_list",
    ),
    path(
        _("sessions/<int:pk>/participants/file.<str:ending>"),
        planning_views.participants_file,
        name="participants_file",
    ),
    path(_("sessions/<int:pk>/e-mails/"), letter_views.session_letters, name="session_letters"),
    path(
        _("sessions/<int:pk>/e-mails/<int:letter>/"),
        letter_views.session_letter,
        name="session_letter",
    ),
    path(
        _("sessions/<int:pk>/reminders/"),
        reminder_views.session_reminders,
        name="session_reminders",
    ),
    path(
        _("sessions/<int:pk>/reminders/own/"),
        reminder_views.session_reminders_own,
        name="session_reminders_own",
    ),
    path(
        _("sessions/<int:pk>/reminders/back/"),
        reminder_views.session_reminders_back,
        name="session_reminders_back",
    ),
    path(
        _("sessions/<int:pk>/reminders/new/"),
        reminder_views.session_reminder_add,
        name="session_reminder_add",
    ),
    path(
        _("series/<slug:slug>/reminders/"),
        reminder_views.series_reminders,
        name="series_reminders",
    ),
    path(
        _("series/<slug:slug>/reminders/own/"),
        reminder_views.series_reminders_own,
        name="series_reminders_own",
    ),
    path(
        _("series/<slug:slug>/reminders/back/"),
        reminder_views.series_reminders_back,
        name="series_reminders_back",
    ),
    path(
        _("series/<slug:slug>/reminders/new/"),
        reminder_views.series_reminder_add,
        name="series_reminder_add",
    ),
    path(_("reminders/"), reminder_views.portal_reminders, name="portal_reminders"),
    path(_("reminders/new/"), reminder_views.portal_reminder_add, name="portal_reminder_add"),
    path(_("reminders/<int:pk>/edit/"), reminder_views.reminder_edit, name="reminder_edit"),
    path(_("reminders/<int:pk>/switch/"), reminder_views.reminder_switch, name="reminder_switch"),
    path(_("reminders/<int:pk>/remove/"), reminder_views.reminder_remove, name="reminder_remove"),
    path(
        _("reminders/<int:pk>/restore/"), reminder_views.reminder_restore, name="reminder_restore"
    ),
    path(_("sessions/<int:pk>/attendance/"), attendance_views.attendance, name="attendance"),
    path(_("sessions/<int:pk>/walk-in/"), attendance_views.walk_in, name="walk_in"),
    path(_("sessions/<int:pk>/walk-in/new/"), attendance_views.walk_in_new, name="walk_in_new"),
    path(_("sessions/<int:pk>/upload/"), material_views.material_upload, name="material_upload"),
    path(_("sessions/<int:pk>/link/"), material_views.material_link, name="material_link"),
    path(_("sessions/<int:pk>/material/tell/"), material_views.material_tell, name="material_tell"),
    path(
        _("sessions/<int:pk>/material/tell/back/"),
        material_views.material_tell_back,
        name="material_tell_back",
    ),
    path(_("material/<int:pk>/"), material_views.material_file, name="material_file"),
    path(_("material/<int:pk>/delete/"), material_views.material_delete, name="material_delete"),
    path(
        _("import/example/attendance/"), import_views.attendance_example, name="attendance_example"
    ),
    path(_("import/attendance/"), import_views.import_attendance, name="import_attendance"),
    path(
        _("import/attendance/<int:pk>/"), import_views.attendance_import, name="attendance_import"
    ),
    path(
        _("import/attendance/<int:pk>/apply/"),
        import_views.attendance_import_apply,
        name="attendance_import_apply",
    ),
    path(_("sessions/<int:pk>/survey/"), survey_views.survey_own, name="survey_own"),
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
