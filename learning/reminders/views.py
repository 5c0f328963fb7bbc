"""Pages where whoever plans sessions decides when people are reminded of them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.finding import editable_session
from learning.models import LearningSession, Series, SessionReminder
from learning.permissions import may_edit, may_plan, may_set_usual_reminders
from learning.reminders import due, mails, outlook, rules, words
from learning.reminders.forms import ReminderForm, said_by
from learning.reminders.rules import Place
from partners.permissions import require
from partners.requests import Request, do_or_say, remove_or_say


@require_safe
def session_reminders(request: Request, pk: int) -> HttpResponse:
    """The reminders of a session: when each leaves, what became of it, who got none."""
    session, now = editable_session(request.user, pk), timezone.now()
    found = outlook.of(session, now)
    letters = {(line.rule.letter, line.rule.whom): line for line in found.lines}
    page = {
        "session": session,
        "found": found,
        "unsent": outlook.unsent(session, found),
        "may_change": session.cancelled_at is None,
        "previews": [
            (
                words.letter_in_words(line.rule),
                mails.preview(letter, session, request.user, whom, line.due_at),
            )
            for (letter, whom), line in letters.items()
        ],
    }
    return render(request, "learning/reminders/session_reminders.html", page)


@require_POST
def session_reminders_own(request: Request, pk: int) -> HttpResponse:
    session = editable_session(request.user, pk)
    said = _("The session has times of its own now. Change them below.")
    do_or_say(request, lambda: rules.make_own(session, by=request.user), said)
    return redirect("session_reminders", pk=pk)


@require_POST
def session_reminders_back(request: Request, pk: int) -> HttpResponse:
    session = editable_session(request.user, pk)
    said = _("The session follows its series again.")
    do_or_say(request, lambda: rules.take_back(session, by=request.user), said)
    return redirect("session_reminders", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def session_reminder_add(request: Request, pk: int) -> HttpResponse:
    return _add(request, editable_session(request.user, pk))


@require_safe
def series_reminders(request: Request, slug: str) -> HttpResponse:
    """The reminders of all sessions of a series, and which of those to come have their own."""
    series = _series(request, slug)
    coming = LearningSession.objects.visible_to(request.user).coming(timezone.now())
    sessions = list(coming.filter(series=series))
    held = due.in_force(sessions)
    for_all = due.in_force_for_series(series.pk)
    page = {
        "series": series,
        "held": for_all,
        "lines": [(rule, words.in_words(rule)) for rule in for_all.rules],
        "sessions": [(one, held[one.pk].level == due.Level.SESSION) for one in sessions],
        "may_set_usual": may_set_usual_reminders(request.user),
    }
    return render(request, "learning/reminders/series_reminders.html", page)


@require_POST
def series_reminders_own(request: Request, slug: str) -> HttpResponse:
    series = _series(request, slug)
    said = _("The series has times of its own now. Change them below.")
    do_or_say(request, lambda: rules.make_own(series, by=request.user), said)
    return redirect("series_reminders", slug=slug)


@require_POST
def series_reminders_back(request: Request, slug: str) -> HttpResponse:
    series = _series(request, slug)
    said = _("The series follows the portal’s usual times again.")
    do_or_say(request, lambda: rules.take_back(series, by=request.user), said)
    return redirect("series_reminders", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def series_reminder_add(request: Request, slug: str) -> HttpResponse:
    return _add(request, _series(request, slug))


@require_safe
def portal_reminders(request: Request) -> HttpResponse:
    """The usual reminders, and the series they hold for."""
    require(may_set_usual_reminders(request.user))
    standing = SessionReminder.objects.standing()
    own = standing.filter(series__isnull=False).values("series")
    page = {
        "lines": [(rule, words.in_words(rule)) for rule in standing.standard().order_by("pk")],
        "series": Series.objects.exclude(pk__in=own).order_by("title_sv", "pk"),
        "own": Series.objects.filter(pk__in=own).order_by("title_sv", "pk"),
    }
    return render(request, "learning/reminders/portal_reminders.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def portal_reminder_add(request: Request) -> HttpResponse:
    require(may_set_usual_reminders(request.user))
    return _add(request, rules.PORTAL)


@require_http_methods(["GET", "HEAD", "POST"])
def reminder_edit(request: Request, pk: int) -> HttpResponse:
    rule = _rule(request, pk)
    place = rules.place_of(rule)
    data = request.POST if request.method == "POST" else None
    if data is None and rule.removed_at is not None:
        do_or_say(request, lambda: rules.refuse_gone(rule), "")
        return redirect(_list(place))
    form = ReminderForm(data, initial=said_by(rule), session=rule.session, rule=rule)
    if form.is_valid():
        try:
            rules.change(rule, form.said, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The reminder is saved."))
            return redirect(_list(place))
    return _form_page(request, "edit", place, form, rule)


@require_POST
def reminder_switch(request: Request, pk: int) -> HttpResponse:
    rule, on = _rule(request, pk), request.POST.get("to") == "on"
    said = _("The reminder is switched on.") if on else _("The reminder is switched off.")
    do_or_say(request, lambda: rules.switch(rule, on=on, by=request.user), said)
    return redirect(_list(rules.place_of(rule)))


@require_POST
def reminder_remove(request: Request, pk: int) -> HttpResponse:
    rule = _rule(request, pk)
    restore = reverse("reminder_restore", kwargs={"pk": rule.pk})
    remove_or_say(
        request,
        rule,
        lambda: rules.remove(rule, by=request.user),
        lambda: rules.refuse_gone(rule),
        words=words.in_words(rule),
        restore=restore,
    )
    return redirect(_list(rules.place_of(rule)))


@require_POST
def reminder_restore(request: Request, pk: int) -> HttpResponse:
    rule, said = _rule(request, pk), _("The reminder is there again.")
    do_or_say(request, lambda: rules.restore(rule, by=request.user), said)
    return redirect(_list(rules.place_of(rule)))


def _add(request: Request, place: Place) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    session = place if isinstance(place, LearningSession) else None
    form = ReminderForm(data, session=session)
    if form.is_valid():
        try:
            had_own = rules.has_own(place)
            rules.add(place, form.said, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _added(place, had_own=had_own))
            return redirect(_list(place))
    return _form_page(request, "add", place, form)


def _added(place: Place, *, had_own: bool) -> str:
    if had_own:
        return _("The reminder is added.")
    if isinstance(place, LearningSession):
        return _("The reminder is added. The session has times of its own now.")
    return _("The reminder is added. The series has times of its own now.")


def _form_page(
    request: Request,
    what: str,
    place: Place,
    form: ReminderForm,
    rule: SessionReminder | None = None,
) -> HttpResponse:
    page = {
        "form": form,
        "title": place.title,
        "back": _list(place),
        "rule": rule,
        "words": words.in_words(rule) if rule else "",
        "gone_out": outlook.gone_out(rule, timezone.now()) if rule else [],
    }
    status = 422 if form.is_bound else 200
    return render(request, f"learning/reminders/reminder_{what}.html", page, status=status)


def _series(request: Request, slug: str) -> Series:
    require(may_plan(request.user))
    return get_object_or_404(Series, slug=slug)


def _rule(request: Request, pk: int) -> SessionReminder:
    """The rule *pk*, with what it stands on. One query."""
    seen = SessionReminder.objects.visible_to(request.user).select_related("session", "series")
    rule = get_object_or_404(seen, pk=pk)
    place = rules.place_of(rule)
    if isinstance(place, LearningSession):
        require(may_edit(request.user, place))
    elif isinstance(place, Series):
        require(may_plan(request.user))
    else:
        require(may_set_usual_reminders(request.user))
    return rule


def _list(place: Place) -> str:
    if isinstance(place, LearningSession):
        return reverse("session_reminders", kwargs={"pk": place.pk})
    if isinstance(place, Series):
        return reverse("series_reminders", kwargs={"slug": place.slug})
    return reverse("portal_reminders")
