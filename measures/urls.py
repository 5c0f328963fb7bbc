"""Addresses of measures; Swedish and English by translated parts."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from measures.catalogue import views as catalogue_views
from measures.challenges import keeping_views as challenge_keeping
from measures.challenges import views as challenge_views
from measures.city import views as city_views
from measures.contact import views as contact_views
from measures.planning import views as planning_views
from measures.progress import views as progress_views
from measures.promise import views as promise_views
from measures.reminders import views as reminder_views
from measures.standing import views as standing_views
from measures.story import views as story_views

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("measures/"), catalogue_views.measure_list, name="measure_list"),
    path(_("measures/file.<str:ending>"), catalogue_views.measure_file, name="measure_file"),
    path(_("measures/new/"), planning_views.measure_create, name="measure_create"),
    path(_("measures/reminders/"), reminder_views.measure_reminders, name="measure_reminders"),
    path(
        _("measures/reminders/new/"),
        reminder_views.measure_reminder_add,
        name="measure_reminder_add",
    ),
    path(
        _("measures/reminders/<int:pk>/"),
        reminder_views.measure_reminder_edit,
        name="measure_reminder_edit",
    ),
    path(
        _("measures/reminders/<int:pk>/switch/"),
        reminder_views.measure_reminder_switch,
        name="measure_reminder_switch",
    ),
    path(
        _("measures/reminders/<int:pk>/remove/"),
        reminder_views.measure_reminder_remove,
        name="measure_reminder_remove",
    ),
    path(
        _("measures/reminders/<int:pk>/restore/"),
        reminder_views.measure_reminder_restore,
        name="measure_reminder_restore",
    ),
    path(_("measures/<int:pk>/"), catalogue_views.measure_detail, name="measure_detail"),
    path(_("measures/<int:pk>/edit/"), planning_views.measure_edit, name="measure_edit"),
    path(_("measures/<int:pk>/edit/name/"), planning_views.measure_name, name="measure_name"),
    path(_("measures/<int:pk>/edit/state/"), planning_views.measure_state, name="measure_state"),
    path(_("measures/<int:pk>/edit/effect/"), planning_views.measure_effect, name="measure_effect"),
    path(
        _("measures/<int:pk>/edit/barriers/"),
        planning_views.measure_barriers,
        name="measure_barriers",
    ),
    path(_("measures/<int:pk>/edit/idea/"), planning_views.measure_origin, name="measure_origin"),
    path(
        _("measures/<int:pk>/edit/description/"),
        planning_views.measure_description,
        name="measure_description",
    ),
    path(_("measures/<int:pk>/report/"), progress_views.measure_report, name="measure_report"),
    path(
        _("measures/<int:pk>/nothing-new/"),
        progress_views.measure_nothing_new,
        name="measure_nothing_new",
    ),
    path(
        _("measures/<int:pk>/nothing-new/undo/"),
        progress_views.measure_nothing_new_undo,
        name="measure_nothing_new_undo",
    ),
    path(_("measures/<int:pk>/publish/"), planning_views.measure_publish, name="measure_publish"),
    path(
        _("measures/<int:pk>/unpublish/"),
        planning_views.measure_unpublish,
        name="measure_unpublish",
    ),
    path(_("coordinate/partners/"), standing_views.partner_cards, name="partner_cards"),
    path(
        _("coordinate/partners/file.<str:ending>"),
        standing_views.partner_cards_file,
        name="partner_cards_file",
    ),
    path(
        _("coordinate/partners/write/"),
        standing_views.partner_cards_write,
        name="partner_cards_write",
    ),
    path(_("coordinate/this-week/points/"), contact_views.monday_points, name="monday_points"),
    path(
        _("coordinate/partners/<slug:slug>/notes/"),
        contact_views.contact_notes,
        name="contact_notes",
    ),
    path(
        _("coordinate/notes/<int:pk>/remove/"),
        contact_views.contact_note_remove,
        name="contact_note_remove",
    ),
    path(_("partners/<slug:slug>/story/"), story_views.partner_story, name="partner_story"),
    path(
        _("partners/<slug:slug>/story/text/"),
        story_views.partner_story_text,
        name="partner_story_text",
    ),
    path(_("city/"), city_views.city, name="city"),
    path(_("city/emissions/new/"), city_views.emission_add, name="emission_add"),
    path(_("city/emissions/paste/"), city_views.emissions_paste, name="emissions_paste"),
    path(_("city/emissions/<int:year>/"), city_views.emission_edit, name="emission_edit"),
    path(
        _("city/emissions/<int:year>/remove/"), city_views.emission_remove, name="emission_remove"
    ),
    path(_("city/targets/new/"), city_views.target_add, name="target_add"),
    path(_("city/targets/<int:year>/"), city_views.target_edit, name="target_edit"),
    path(_("city/targets/<int:year>/remove/"), city_views.target_remove, name="target_remove"),
    path(_("challenges/"), challenge_views.challenge_list, name="challenge_list"),
    path(_("challenges/keep/"), challenge_keeping.challenges_kept, name="challenges_kept"),
    path(_("challenges/new/"), challenge_keeping.challenge_add, name="challenge_add"),
    path(_("challenges/<int:pk>/"), challenge_views.challenge_detail, name="challenge_detail"),
    path(_("challenges/<int:pk>/edit/"), challenge_keeping.challenge_edit, name="challenge_edit"),
    path(_("challenges/<int:pk>/move/"), challenge_keeping.challenge_move, name="challenge_move"),
    path(
        _("challenges/<int:pk>/retire/"),
        challenge_keeping.challenge_retire,
        name="challenge_retire",
    ),
    path(
        _("challenges/<int:pk>/promise-back/"),
        challenge_keeping.counter_commitment_add,
        name="counter_commitment_add",
    ),
    path(
        _("challenges/promised-back/<int:pk>/"),
        challenge_keeping.counter_commitment_edit,
        name="counter_commitment_edit",
    ),
    path(
        _("challenges/promised-back/<int:pk>/remove/"),
        challenge_keeping.counter_commitment_remove,
        name="counter_commitment_remove",
    ),
    path(
        _("challenges/promised-back/<int:pk>/back/"),
        challenge_keeping.counter_commitment_back,
        name="counter_commitment_back",
    ),
    path(_("letter-of-intent/"), promise_views.promise_own, name="promise_own"),
    path(
        _("letter-of-intent/challenge/<int:pk>/drop/"),
        promise_views.promise_drop,
        name="promise_drop",
    ),
    path(
        _("letter-of-intent/challenge/<int:pk>/achieved/"),
        promise_views.promise_achieve,
        name="promise_achieve",
    ),
    path(
        _("letter-of-intent/challenge/<int:pk>/undo/"),
        promise_views.promise_undo,
        name="promise_undo",
    ),
    path(
        _("letter-of-intent/report/<int:pk>/remove/"),
        promise_views.promise_report_remove,
        name="promise_report_remove",
    ),
    path(_("letter-of-intent/<slug:slug>/"), promise_views.promise, name="promise"),
    path(
        _("letter-of-intent/<slug:slug>/take-on/"),
        promise_views.promise_take_on,
        name="promise_take_on",
    ),
    path(
        _("letter-of-intent/<slug:slug>/target/"),
        promise_views.promise_target,
        name="promise_target",
    ),
    path(
        _("letter-of-intent/<slug:slug>/report/"),
        promise_views.promise_report,
        name="promise_report",
    ),
]
