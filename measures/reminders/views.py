"""Pages where coordinators decide when partners are reminded of measures nobody tells of."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from measures.models import MeasureReminder
from measures.permissions import may_set_reminders
from measures.reminders import (
    groups,  # noqa: F401 (hands them in: coordinators write to them)
    outlook,
    rules,
    words,
)
from measures.reminders.forms import ReminderForm, said_by
from partners.permissions import require
from partners.requests import Request, do_or_say, remove_or_say

LIST = "measure_reminders"


@require_safe
def measure_reminders(request: Request) -> HttpResponse:
    """The rules, what they will do, what they did and what they missed."""
    require(may_set_reminders(request.user))
    page = {
        "found": outlook.overview(timezone.now()),
        "previews": outlook.previews(request.user),
    }
    return render(request, "measures/reminders/measure_reminders.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_reminder_add(request: Request) -> HttpResponse:
    require(may_set_reminders(request.user))
    form = ReminderForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            rules.add(form.said, by=request.user)
        except ValidationError as refusal:
            form.add_error("amount", refusal)
        else:
            messages.success(request, _("The reminder is added."))
            return redirect(LIST)
    return _form_page(request, "add", form)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_reminder_edit(request: Request, pk: int) -> HttpResponse:
    rule = _rule(request, pk)
    data = request.POST if request.method == "POST" else None
    if data is None and rule.removed_at is not None:
        do_or_say(request, lambda: rules.refuse_gone(rule), "")
        return redirect(LIST)
    form = ReminderForm(data, initial=said_by(rule))
    if form.is_valid():
        try:
            rules.change(rule, form.said, by=request.user)
        except ValidationError as refusal:
            form.add_error("amount" if refusal.code == "twice" else None, refusal)
        else:
            messages.success(request, _("The reminder is saved."))
            return redirect(LIST)
    return _form_page(request, "edit", form, rule)


@require_POST
def measure_reminder_switch(request: Request, pk: int) -> HttpResponse:
    rule, on = _rule(request, pk), request.POST.get("to") == "on"
    said = _("The reminder is switched on.") if on else _("The reminder is switched off.")
    do_or_say(request, lambda: rules.switch(rule, on=on, by=request.user), said)
    return redirect(LIST)


@require_POST
def measure_reminder_remove(request: Request, pk: int) -> HttpResponse:
    rule = _rule(request, pk)
    restore = reverse("measure_reminder_restore", kwargs={"pk": rule.pk})
    remove_or_say(
        request,
        rule,
        lambda: rules.remove(rule, by=request.user),
        lambda: rules.refuse_gone(rule),
        words=words.in_words(rule),
        restore=restore,
    )
    return redirect(LIST)


@require_POST
def measure_reminder_restore(request: Request, pk: int) -> HttpResponse:
    rule, said = _rule(request, pk), _("The reminder is there again.")
    do_or_say(request, lambda: rules.restore(rule, by=request.user), said)
    return redirect(LIST)


def _form_page(
    request: Request, what: str, form: ReminderForm, rule: MeasureReminder | None = None
) -> HttpResponse:
    page = {"form": form, "rule": rule, "words": words.in_words(rule) if rule else ""}
    template = f"measures/reminders/measure_reminder_{what}.html"
    return render(request, template, page, status=422 if form.is_bound else 200)


def _rule(request: Request, pk: int) -> MeasureReminder:
    return get_object_or_404(MeasureReminder.objects.visible_to(request.user), pk=pk)
