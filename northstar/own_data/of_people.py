"""What the tables of partners hold on somebody: who they are and whom they act for."""

from django.utils.translation import gettext_lazy as _

from northstar.own_data.holding import Holding
from partners.models import (
    BouncedAddress,
    Enquiry,
    ImportBatch,
    Invitation,
    Membership,
    Organisation,
    SwitchedOff,
    User,
)

COUNTS = _("It says how many there were; nobody can see any more that it was you.")
DONE = _("What was done stays, as the project must answer for it; that it was you does not.")
ERASED = "Borttagen person"  # in the place of a name, where it stood as text

PEOPLE = [
    Holding(
        "account",
        User,
        _("Your account"),
        _("to let you log in and be reached"),
        stays=COUNTS,
        about=("pk",),
        did=("access_changed_by", "corrected_by"),
        when="date_joined",
        line=lambda row: row.name,
        other=lambda row: _("somebody’s account"),
        facts=lambda row: ", ".join(
            part for part in (row.email, row.phone, row.get_language_display()) if part
        ),
        fields=(
            *("name", "email", "phone", "language", "colour_scheme", "staff_role", "is_active"),
            *("is_staff", "is_superuser", "last_login", "access_changed_at", "corrected_at"),
        ),
        emptied={
            **dict.fromkeys(("phone", "staff_role", "password"), ""),
            **dict.fromkeys(("is_active", "is_staff", "is_superuser"), False),
            "name": ERASED,
            "email": None,
            "colour_scheme": "auto",
        },
    ),
    Holding(
        "memberships",
        Membership,
        _("Whom you act for"),
        _("to know who answers for what"),
        stays=COUNTS,
        about=("person",),
        did=("created_by", "role_changed_by", "ended_by"),
        related=("organisation",),
        line=lambda row: row.organisation,
        facts=lambda row: row.get_role_display(),
        fields=("organisation", "role", "role_changed_at", "ended_at"),
    ),
    Holding(
        "invitations",
        Invitation,
        _("Invitations"),
        _("to let people in"),
        stays=COUNTS,
        about=("person",),
        did=("created_by", "withdrawn_by"),
        related=("organisation",),
        line=lambda row: row.organisation or _("the portal"),
        fields=(
            *("organisation", "name", "role", "expires_at"),
            *("accepted_at", "declined_at", "withdrawn_at"),
        ),
        emptied={"name": ""},
    ),
    Holding(
        "enquiries",
        Enquiry,
        _("Questions and wishes to join"),
        _("to answer them"),
        stays=_("It is a public record that it came in and was answered."),
        addresses=("email",),
        did=("taken_by", "changed_by"),
        line=lambda row: row.get_kind_display(),
        facts=lambda row: row.get_state_display(),
        fields=(
            *("kind", "name", "email", "language", "organisation", "org_number", "phone"),
            *("addressee", "text", "state", "confirmed_at", "taken_at"),
        ),
        emptied={
            **dict.fromkeys(("email", "phone", "note", "addressee"), ""),
            "name": ERASED,
            "text": "•••",
        },
    ),
    Holding(
        "e_mail_switched_off",
        SwitchedOff,
        _("E-mails you have switched off"),
        _("to write to you no more than you want"),
        about=("person",),
        line=lambda row: row.get_topic_display(),
        fields=("topic",),
    ),
    Holding(
        "address_that_does_not_work",
        BouncedAddress,
        _("Addresses from which e-mails come back"),
        _("to write nowhere in vain"),
        addresses=("address",),
        did=("works_again_by",),
        when="bounced_at",
        other=lambda row: _("somebody’s address"),
        fields=("address", "said", "works_again_at"),
    ),
    Holding(
        "organisations",
        Organisation,
        _("Organisations you have put right"),
        _("to know who decided it"),
        stays=DONE,
        did=("status_changed_by", "corrected_by"),
    ),
    Holding(
        "lists",
        ImportBatch,
        _("Lists that were taken in"),
        _("to explain where a fact came from"),
        stays=_("The list stays without you: your name and address are taken out of it."),
        about=("created_by",),
        did=("applied_by",),
        named_in=("table", "decisions"),
        line=lambda row: row.file_name,
        facts=lambda row: row.get_kind_display(),
        fields=("kind", "file_name", "applied_at"),
    ),
]
