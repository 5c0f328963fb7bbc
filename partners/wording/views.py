"""The pages where coordinators write what letters say: the list, one of them, its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.differences import differing
from partners.models import Language, LetterText, LetterTextQuerySet
from partners.permissions import may_word_letters, require
from partners.post import main_stop, texts
from partners.requests import Request, pk_in
from partners.wording import editing, listing, samples, trying
from partners.wording.editing import Said
from partners.wording.forms import TextForm
from partners.wording.samples import Source, Thing
from partners.wording.trying import Sample

TYPED = "partners.wording.typed"  # in the session: what is tried and kept nowhere else


@dataclass(frozen=True)
class Place:
    """Which letter a page is about, in which language."""

    letter: str
    language: str
    source: Source

    @property
    def address(self) -> dict[str, str]:
        app, name = self.letter.split("/")
        return {"app": app, "name": name, "language": self.language}


@dataclass
class Work:
    """What somebody does with a letter: what it says now, and what stands in the form."""

    place: Place
    said: Said
    things: Sequence[Thing]
    form: TextForm

    @property
    def about(self) -> str:
        """What the e-mail is shown with: what was chosen, or the first."""
        keys = [thing.key for thing in self.things]
        chosen = str(self.form.data.get("about", "")) if self.form.is_bound else ""
        return chosen if chosen in keys else next(iter(keys), "")


@require_safe
def letter_texts(request: Request) -> HttpResponse:
    require(may_word_letters(request.user))
    context = {"sections": listing.rows(request.user)}
    return render(request, "partners/wording/letter_texts.html", context)


@csp_update({"frame-src": [SELF]})
@require_http_methods(["GET", "HEAD", "POST"])
def letter_text(request: Request, app: str, name: str, language: str) -> HttpResponse:
    """What a letter says, and as it is read. A POST lets it say something else."""
    place = _place(request, app, name, language)
    work = _work(request, place)
    context: dict[str, Any] = {}
    if work.form.is_valid():
        seen = work.form.cleaned_data["seen"] or 0
        try:
            editing.write(place.letter, language, work.form.words, seen=seen, by=request.user)
        except ValidationError as refusal:
            is_quarrel = getattr(refusal, "code", "") == "changed"
            context |= _both_versions(work) if is_quarrel else {}
            work.form.add_error(None, refusal)
        else:
            messages.success(request, _("The text is saved. It is used from the next e-mail on."))
            return _to("letter_text", place)
    return _page(request, work, context)


@csp_update({"frame-src": [SELF]})
@require_POST
def letter_text_preview(request: Request, app: str, name: str, language: str) -> HttpResponse:
    """The form again, and where it can be used, first of all the e-mail; no text is kept."""
    work = _work(request, _place(request, app, name, language))
    return _page(request, work, {"is_tried": work.form.is_valid()})


@csp_update({"frame-src": [SELF]})
@require_POST
def letter_text_test(request: Request, app: str, name: str, language: str) -> HttpResponse:
    """Send whoever writes it what stands in the form; no text is kept."""
    work = _work(request, _place(request, app, name, language))
    if work.form.is_valid():
        sample = _sample(request, work.place, work.about)
        try:
            trying.try_out(sample, work.form.words, work.about, by=request.user)
        except ValidationError as refusal:
            work.form.add_error(None, refusal)
        else:
            said = main_stop.or_waits(_("A test e-mail is on its way to you."))
            messages.success(request, said)
    return _page(request, work, {})


@require_safe
@xframe_options_sameorigin
@csp(
    {
        "default-src": [NONE],
        "style-src": ["'unsafe-inline'"],  # mail has no style sheets
        "frame-ancestors": [SELF],
        "form-action": [NONE],
        "sandbox": ["allow-top-navigation-by-user-activation"],
    }
)
def letter_text_mail(request: Request, app: str, name: str, language: str) -> HttpResponse:
    """The HTML of the e-mail alone, for the frame: what it links to opens in the whole window."""
    place = _place(request, app, name, language)
    sample = _sample(request, place, str(pk_in(request.GET, "about") or ""))
    typed = request.session.get(TYPED, {}) if "typed" in request.GET else {}
    words = editing.now(place.letter, language).words
    if place.address.items() <= typed.items():
        words = texts.edited(words, typed["subject"], typed["text"])
    html = sample.written(words).html
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


@require_safe
def letter_text_history(request: Request, app: str, name: str, language: str) -> HttpResponse:
    place = _place(request, app, name, language)
    rows = _visible(request, place).select_related("written_by")
    context = _named(place) | {"rows": rows}
    return render(request, "partners/wording/letter_text_history.html", context)


@require_safe
def letter_text_version(
    request: Request, app: str, name: str, language: str, number: int
) -> HttpResponse:
    """One version as it is written, and as the e-mail would read today; 0 is the original."""
    place = _place(request, app, name, language)
    row = _version(request, place, number) if number else None
    said = editing.said_by(place.letter, language, row)
    things = place.source.things()
    shown = _sample(request, place, things[0].key if things else "")
    context = _named(place) | {
        "row": row,
        "said": said,
        "shown": shown.written(said.words),
        "is_newest": _is_in_use(request, place, number),
    }
    return render(request, "partners/wording/letter_text_version.html", context)


def _is_in_use(request: Request, place: Place, number: int) -> bool:
    """Whether the version is the one that counts; the original (0) also where one went back to it.

    One query.
    """
    newest = _visible(request, place).first()
    if newest is None or newest.is_original:
        return number in (0, newest.number if newest else 0)
    return newest.number == number


@require_POST
def letter_text_restore(
    request: Request, app: str, name: str, language: str, number: int
) -> HttpResponse:
    place = _place(request, app, name, language)
    row = _version(request, place, number)
    try:
        editing.bring_back(row, by=request.user)
    except ValidationError as refusal:
        for text in refusal.messages:
            messages.error(request, text)
    else:
        messages.success(request, _("Version %(number)s is in use again.") % {"number": number})
    return _to("letter_text_history", place)


@require_POST
def letter_text_original(request: Request, app: str, name: str, language: str) -> HttpResponse:
    place = _place(request, app, name, language)
    try:
        editing.back_to_the_original(place.letter, language, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The e-mail says what the portal came with."))
    return _to("letter_text", place)


def _place(request: Request, app: str, name: str, language: str) -> Place:
    require(may_word_letters(request.user))
    letter = f"{app}/{name}"
    source = samples.source_of(letter)
    if source is None or language not in Language.values:
        raise Http404
    return Place(letter, language, source)


def _to(page: str, place: Place) -> HttpResponse:
    return redirect(reverse(page, kwargs=place.address))


def _visible(request: Request, place: Place) -> LetterTextQuerySet:
    return LetterText.objects.visible_to(request.user).of(place.letter, place.language)


def _version(request: Request, place: Place, number: int) -> LetterText:
    return get_object_or_404(_visible(request, place).select_related("written_by"), number=number)


def _named(place: Place) -> dict[str, Any]:
    """What every page about one letter says of it."""
    return {
        "about": place.source.letters[place.letter],
        "app": place.address["app"],
        "name": place.address["name"],
        "language": place.language,
        "language_name": Language(place.language).label,
    }


def _work(request: Request, place: Place) -> Work:
    said, things = editing.now(place.letter, place.language), place.source.things()
    form = TextForm(
        request.POST if request.method == "POST" else None,
        letter=place.letter,
        language=place.language,
        things=things,
        initial=_initial(said),
    )
    return Work(place, said, things, form)


def _initial(said: Said) -> dict[str, Any]:
    return {"subject": said.words.subject, "text": said.words.text, "seen": said.number}


def _both_versions(work: Work) -> dict[str, Any]:
    """What is saved now beside what was typed; saving again is then a decision, not an accident."""
    saved = _initial(editing.now(work.place.letter, work.place.language))
    # What it is shown with is no part of the text.
    saved["about"] = work.form.data.get("about")
    work.form.data = cast(QueryDict, work.form.data).copy()
    work.form.data["seen"] = str(saved["seen"])
    return {"differing": differing(work.form, saved)}


def _sample(request: Request, place: Place, about: str) -> Sample:
    return trying.sample(place.source, place.letter, place.language, about, reader=request.user)


def _page(request: Request, work: Work, context: dict[str, Any]) -> HttpResponse:
    """The form, and the e-mail as it is read: in the words typed where they can be used."""
    sample = _sample(request, work.place, work.about)
    is_typed = work.form.is_bound and work.form.is_valid()
    words = work.form.words if is_typed else work.said.words
    if is_typed:
        request.session[TYPED] = work.place.address | {"subject": words.subject, "text": words.text}
    context |= _named(work.place) | {
        "form": work.form,
        "said": work.said,
        "thing": work.about,
        "lines": sample.lines(),
        "mail": sample.written(words),
        "is_typed": is_typed,
        "languages": Language.choices,
        "as_text": request.GET.get("as") == "text",
    }
    status = 422 if work.form.is_bound and not is_typed else 200
    return render(request, "partners/wording/letter_text.html", context, status=status)
