"""The card in words: how a line stands, and what is missing."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from measures.standing.card import EMISSIONS, LEARNING, SHARING, Card, Gap, Line, Missing, State

NAMES: dict[str, Promise] = {
    LEARNING: gettext_lazy("Learn together"),
    SHARING: gettext_lazy("Tell every year"),
    EMISSIONS: gettext_lazy("Cut emissions"),
}

STATES: dict[State, Promise] = {
    State.KEPT: gettext_lazy("met"),
    State.BEGUN: gettext_lazy("on its way"),
    State.TO_DO: gettext_lazy("to do"),
    State.NOT_ASKED: gettext_lazy("not asked for yet"),
}

# When each is kept, for the table and its file.
RULES: dict[str, Promise] = {
    LEARNING: gettext_lazy(
        "Met by a session attended this year, or by a contribution of this year: the summit, a "
        "thematic group, the strategic group, or something published."
    ),
    SHARING: gettext_lazy(
        "Met by a report of last year. Who joined after that year is not asked for it yet."
    ),
    EMISSIONS: gettext_lazy(
        "Met when the emissions are mapped, a target is set, and as many challenges are taken on "
        "as was signed, each with a published measure that is not cancelled."
    ),
}


def unit(line: Line) -> str:
    """What is counted in a line, as follows on "2 of 5"."""
    if line.key == LEARNING:
        return ngettext("session this year", "sessions this year", line.whole)
    if line.key == SHARING:
        return _("report")
    return ngettext("challenge has a measure", "challenges have a measure", line.whole)


def said(missing: Missing) -> str:
    """What is missing, as a sentence."""
    return _GAPS[missing.gap](missing)


def learning(card: Card) -> str:
    """How they have taken part this year; "" where they have not."""
    given = "; ".join(one.line for one in card.facts.contributions)
    if not card.facts.attended:
        return given
    told = ngettext(
        "At %(n)d of %(all)d session this year.",
        "At %(n)d of %(all)d sessions this year.",
        card.held,
    ) % {"n": card.facts.attended, "all": max(card.held, card.facts.attended)}
    return f"{told} {given}" if given else told


def sharing(card: Card) -> str:
    """What is shared of last year; "" where a report is missing."""
    report = card.facts.report
    if report:
        day = date_format(timezone.localtime(report.created_at), "j F Y")
        return _("Report of %(year)d shared on %(day)s.") % {"year": report.year, "day": day}
    if card.sharing.state is State.NOT_ASKED:
        return _("Asked for from %(year)d on.") % {"year": card.told_year + 2}
    return ""


def emissions(card: Card) -> str:
    """How many challenges are at work, of how many, and what is mapped and aimed at."""
    line, target = card.emissions, card.facts.target
    told = ngettext(
        "%(n)d of at least %(all)d challenge has a measure.",
        "%(n)d of at least %(all)d challenges have a measure.",
        line.whole,
    ) % {"n": line.done, "all": line.whole}
    aims = []
    if target and target.mapped_year:
        aims.append(_("Mapped for %(year)d.") % {"year": target.mapped_year})
    if target and target.reduction_percent:
        aim = {"percent": target.reduction_percent, "year": target.target_year}
        aims.append(_("The target is %(percent)d per cent less by %(year)d.") % aim)
    return " ".join([told, *aims])


SENTENCES: dict[str, Callable[[Card], str]] = {
    LEARNING: learning,
    SHARING: sharing,
    EMISSIONS: emissions,
}


def _unsigned(missing: Missing) -> str:
    return _("The letter of intent for %(term)s is missing.") % {"term": missing.term}


def _unreported(missing: Missing) -> str:
    return _("The report of %(year)d is missing.") % {"year": missing.year}


def _too_few(missing: Missing) -> str:
    told = ngettext(
        "%(n)d challenge is left to take on.", "%(n)d challenges are left to take on.", missing.n
    )
    by = _("By %(day)s.") % {"day": date_format(missing.by, "j F Y")} if missing.by else ""
    return f"{told % {'n': missing.n}} {by}".rstrip()


def _without_measure(missing: Missing) -> str:
    text = (
        _("%(challenge)s has a draft, which nobody else sees before it is published.")
        if missing.draft
        else _("%(challenge)s has no measure yet.")
    )
    return text % {"challenge": missing.challenge}


_GAPS: dict[Gap, Callable[[Missing], str]] = {
    Gap.UNSIGNED: _unsigned,
    Gap.UNSEEN: lambda _missing: _("Nobody has been at a session this year."),
    Gap.UNREPORTED: _unreported,
    Gap.UNMAPPED: lambda _missing: _("The emissions are not mapped yet."),
    Gap.UNTARGETED: lambda _missing: _("No target is set yet."),
    Gap.TOO_FEW: _too_few,
    Gap.WITHOUT_MEASURE: _without_measure,
}
