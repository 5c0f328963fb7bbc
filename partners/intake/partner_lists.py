"""A list of partners and contact persons: what each row will do, and doing it."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners import dates
from partners.intake import batches
from partners.intake.batches import Record
from partners.intake.kinds import NEW_CHOICE, OUT_CHOICE
from partners.intake.plans import Line, LineStatus, Plan, finish, lock
from partners.intake.register import Found, Register
from partners.intake.words import PARTNER_LIST
from partners.models import (
    FocusArea,
    ImportBatch,
    MembershipRole,
    Organisation,
    OrganisationStatus,
    Sector,
    User,
)
from partners.sheets import cells


def plan(batch: ImportBatch) -> Plan:
    """Read every row against what the portal knows now. Writes nothing; six queries."""
    register = Register()
    areas = list(FocusArea.objects.all())
    maker = _Maker(batch, register, areas)
    return Plan([maker.line(record) for record in batches.records(batch, PARTNER_LIST)], register)


@transaction.atomic
def apply(batch: ImportBatch, *, by: User) -> dict[str, Any]:
    """Do what the plan says, all or nothing, and remember the result.

    Imports wait for one another, so a second click finds nothing left to do.
    """
    batch = lock(batch)
    planned = plan(batch)
    result = planned.counts() | planned.register.counts()
    planned.register.sign(by)
    planned.register.save()
    return finish(batch, dict(result), nothing=planned.changes_nothing, by=by)


class _Maker:
    """Turns records into lines, one after the other; later rows see what earlier ones added."""

    def __init__(self, batch: ImportBatch, register: Register, areas: list[FocusArea]) -> None:
        self.decisions = batch.decisions
        self.register = register
        self.areas = [(area, [cells.fold(t) for t in (area.title_sv, area.title_en)])
                      for area in areas]  # fmt: skip
        self._read_areas: dict[str, list[FocusArea]] = {}  # by cell, for most say the same
        self.seen: set[int] = set()  # organisations named by an earlier row

    def line(self, record: Record) -> Line:
        line = Line(record)
        number = self._check(line)
        chosen = self.decisions.get("organisations", {}).get(cells.fold(line.name), "")
        line.chosen = chosen
        if chosen == OUT_CHOICE:
            line.status = LineStatus.LEFT_OUT
            return line
        if not line.name:
            line.status = LineStatus.WRONG
            line.problems["organisation"] = _("The name of the organisation is missing.")
            return line
        is_new = self._find_organisation(line, number, chosen)
        if line.organisation is None:
            line.status = LineStatus.DECISION
            return line
        repeated = id(line.organisation) in self.seen
        self.seen.add(id(line.organisation))
        if not is_new:
            self._update(line, number)
        self._take_focus(line)
        self._take_contact(line)
        line.status = _status(line, is_new, repeated)
        return line

    def _check(self, line: Line) -> str:
        """Note what is wrong with single cells; the organisation number, if it is one."""
        record = line.record
        for meaning, longest in batches.LONGEST.items():
            excess = len(record.get(meaning)) - longest
            if excess > 0:
                line.problems[meaning] = _("Shorten the text by %(number)s characters.") % {
                    "number": excess
                }
        text = record.get("org_number")
        number = cells.org_number(text)
        if text.endswith("-****"):
            line.problems["org_number"] = _(
                "This may be a personal identity number. The portal does not keep such numbers."
            )
        elif text and not number:
            line.problems["org_number"] = (
                _("The last digit does not fit the others. Check the number.")
                if cells.org_digits(text)
                else _("An organisation number has ten digits, for example 556677-8899.")
            )
        joined = record.get("joined_on")
        if joined and not _day(joined):
            line.problems["joined_on"] = _("This is no date. Write it as 2024-01-31.")
        sector = record.get("sector")
        if sector and not sector_of(sector):
            line.notes.append(
                _("The sector “%(text)s” is not known, and left out.") % {"text": sector}
            )
        return number

    # The organisation

    def _find_organisation(self, line: Line, number: str, chosen: str) -> bool:
        """Set line.organisation, or the question to ask; whether it is a new one."""
        if "organisation" in line.problems:
            line.question = line.problems["organisation"]
            return False
        if chosen not in {"", NEW_CHOICE}:
            line.organisation = self.register.chosen(chosen)
            if line.organisation:
                self.register.add_alias(line.name, line.organisation)
                return False
        found = self.register.organisation(line.name, number)
        if found.organisation:
            line.organisation = found.organisation
            return False
        clear = chosen == NEW_CHOICE or not (found.alike or _only_a_name(line.record))
        if clear and found.how != "clash":
            line.organisation = self._add(line, number)
            return True
        line.alike = found.alike
        line.question = _question(found)
        return False

    def _add(self, line: Line, number: str) -> Organisation:
        record = line.record
        line.changes.append(_("The organisation is added."))
        return self.register.add_organisation(
            line.name,
            org_number=number or None,
            sector=sector_of(record.get("sector")),
            joined_on=_day(record.get("joined_on")),
            website=_website(record.get("website")),
            status=OrganisationStatus.ACTIVE,
        )

    def _update(self, line: Line, number: str) -> None:
        """Fill in what the portal does not know; what it knows stays."""
        organisation, record = line.organisation, line.record
        assert organisation is not None
        if number and self.register.number_is_free(number):
            self._fill(line, organisation, "org_number", number)
        self._fill(line, organisation, "sector", sector_of(record.get("sector")))
        self._fill(line, organisation, "joined_on", _day(record.get("joined_on")))
        self._fill(line, organisation, "website", _website(record.get("website")))
        if organisation.status == OrganisationStatus.PROSPECT:
            self.register.change(organisation, "status", OrganisationStatus.ACTIVE)
            line.changes.append(_("The organisation becomes a partner."))
        elif organisation.status == OrganisationStatus.LEFT:
            line.notes.append(_("The organisation has left the partnership. That is not changed."))

    def _fill(self, line: Line, row: Organisation | User, name: str, value: object) -> None:
        if not value:
            return
        known = getattr(row, name)
        what = row._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        if not known:
            self.register.change(row, name, value)
            line.changes.append(_("%(what)s is filled in: %(value)s.") % _said(what, value))
        elif known != value:
            line.notes.append(
                _("%(what)s in the list is %(value)s. What the portal has is kept.")
                % _said(what, value)
            )

    def _take_focus(self, line: Line) -> None:
        organisation = line.organisation
        assert organisation is not None
        wanted = self._areas_in(line.record.get("focus_areas"))
        if wanted and not self.register.has_focus(organisation):
            self.register.new_focus[id(organisation)] = (organisation, wanted)
            if organisation.pk:
                line.changes.append(_("Focus areas are filled in."))

    def _areas_in(self, text: str) -> list[FocusArea]:
        if text not in self._read_areas:
            named = (area for area, titles in self.areas if text and _names(titles, text))
            self._read_areas[text] = list(named)
        return self._read_areas[text]

    # The contact person

    def _take_contact(self, line: Line) -> None:
        record, organisation = line.record, line.organisation
        assert organisation is not None
        name = "" if "contact" in line.problems else record.get("contact")
        phone = "" if "phone" in line.problems else record.get("phone")
        email = self._address(line)
        if cells.looks_like_formula(name):
            line.notes.append(_("The name looks like a formula. It is kept as text."))
            line.proposals["contact"] = name
        if not name and not email:
            return
        matches = self.register.person(name, email, organisation)
        if matches:
            person = line.person = matches[0]
            self._meet(line, person, name, email, phone)
        else:
            person = line.person = self.register.add_person(name, email, phone)
            line.changes.append(_("%(person)s is added.") % {"person": person})
        self._make_contact_person(line, person, organisation)

    def _address(self, line: Line) -> str:
        text = line.record.get("email")
        found = cells.addresses(text)
        if text and not found:
            line.problems["email"] = _("This is no e-mail address.")
            line.proposals["email"] = cells.likely_address(text)
            return ""
        if len(found) > 1:
            line.notes.append(
                _("The cell has several addresses. %(first)s is used, not %(others)s.")
                % {"first": found[0], "others": ", ".join(found[1:])}
            )
        return found[0] if found else ""

    def _meet(self, line: Line, person: User, name: str, email: str, phone: str) -> None:
        if email and not person.email:
            self.register.give_address(person, email)
            line.changes.append(_("%(person)s gets an address.") % {"person": person})
        if name and not person.name:
            self.register.change(person, "name", name)
            line.changes.append(_("%(person)s gets a name.") % {"person": person})
        elif name and cells.fold(name) != cells.fold(person.name):
            line.notes.append(
                _("The address belongs to %(person)s. That name is kept.") % {"person": person}
            )
        if phone and not person.phone:
            self._fill(line, person, "phone", phone)

    def _make_contact_person(self, line: Line, person: User, organisation: Organisation) -> None:
        membership = self.register.membership(person, organisation)
        if membership is None or membership.ended_at is not None:
            self.register.add_membership(person, organisation, MembershipRole.CONTACT_PERSON)
        elif membership.role != MembershipRole.CONTACT_PERSON:
            self.register.change(membership, "role", MembershipRole.CONTACT_PERSON)
        else:
            return
        line.changes.append(_("%(person)s becomes contact person.") % {"person": person})


def _status(line: Line, is_new: bool, repeated: bool) -> LineStatus:
    if line.problems:
        return LineStatus.WRONG
    if is_new:
        return LineStatus.NEW
    if line.changes:
        return LineStatus.CHANGED
    return LineStatus.REPEATED if repeated else LineStatus.SAME


def _question(found: Found) -> str:
    if found.how == "clash":
        return _("The name and the organisation number do not belong together. Which is it?")
    if found.alike:
        return _("The name is like one the portal has. Is it the same organisation?")
    return _("The row has only a name. Is it an organisation?")


def _only_a_name(record: Record) -> bool:
    """Whether a list with more columns says nothing but a name in this row."""
    return record.columns > 2 and not any(
        text for meaning, text in record.values.items() if meaning != "organisation"
    )


def _said(what: object, value: object) -> dict[str, object]:
    value = Sector(value).label if value in Sector.values else value
    return {"what": str(what).capitalize(), "value": value}


_SECTORS = [
    (Sector.MUNICIPAL_COMPANY, ("kommunalt bolag", "kommunala bolag", "kommunalägt",
                                "municipal comp", "kommunbolag", "offentligt bolag")),
    (Sector.PUBLIC, ("offentlig", "kommun", "region", "myndighet", "public", "stat", "municipal",
                     "government")),
    (Sector.ACADEMIA, ("akademi", "universitet", "högskol", "forskning", "academ", "utbildning",
                       "skola", "research", "universit", "education", "institut")),
    (Sector.CIVIL_SOCIETY, ("civil", "ideell", "förening", "stiftelse", "ngo", "non profit",
                            "nonprofit", "association", "tredje sektor", "foundation", "samfund")),
    (Sector.BUSINESS, ("näringsliv", "företag", "privat", "business", "private", "industri",
                       "company", "corporate", "enterprise", "handel", "bygg", "fastighet")),
]  # fmt: skip


@lru_cache(maxsize=500)
def sector_of(text: str) -> str:
    """The sector a word stands for, or ""."""
    folded = cells.fold(text)
    for sector, words in _SECTORS:
        if folded and any(word in folded for word in words):
            return sector
    return ""


@lru_cache(maxsize=500)
def _day(text: str) -> date | None:
    return dates.cell_date(text)


def _website(text: str) -> str:
    if not text or " " in text or "." not in text or len(text) > 190:
        return ""
    return text if text.lower().startswith(("http://", "https://")) else f"https://{text}"


def _names(titles: list[str], text: str) -> bool:
    """Whether a cell names the area of these titles, among others, whole or by its first word."""
    folded = cells.fold(text)
    if any(title in folded for title in titles):
        return True
    parts = [cells.fold(part) for part in text.replace(";", ",").replace("/", ",").split(",")]
    return any(part and part in {t.split()[0] for t in titles} for part in parts)
