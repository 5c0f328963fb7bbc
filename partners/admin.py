"""The workshop: people, organisations and what belongs to them, for superusers."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partners.fields import (
    CharField,
    EmailField,
    NameField,
    OrgNumberField,
    PhoneField,
    WebAddressField,
)
from partners.models import (
    FocusArea,
    ImportBatch,
    Invitation,
    Membership,
    Message,
    Organisation,
    OrganisationAlias,
    User,
)
from partners.organisations import partnership
from partners.people import membership


class Workshop(admin.ModelAdmin):
    """Texts are kept as on the portal's own pages."""

    formfield_overrides = {
        models.URLField: {"form_class": WebAddressField, "assume_scheme": "https"},
        models.SlugField: {},
        models.EmailField: {"form_class": EmailField},
        models.CharField: {"form_class": CharField},
        models.TextField: {"form_class": CharField},
    }


class Kept(Workshop):
    """Rows that stay: deleting one would pass by what the operations guard."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly(Kept):
    """Rows that only the product itself writes: looked at here, changed on its own pages."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def carry_out(request: HttpRequest, operation: Callable[..., Any], rows: QuerySet[Any]) -> None:
    """Do *operation* to each of *rows* in the name of the reader; what is refused is said."""
    for row in rows:
        try:
            operation(row, by=request.user)
        except ValidationError as refusal:
            messages.error(request, f"{row}: {refusal.message}")


class UserForm(forms.ModelForm):
    """Names, addresses and numbers are kept as on the portal's own pages."""

    name = NameField(label=_("name"))
    phone = PhoneField(label=_("telephone"), max_length=40, required=False)

    def clean_email(self) -> str | None:
        return self.cleaned_data["email"] or None


@admin.register(User)
class UserAdmin(Kept):
    form = UserForm
    list_display = ["name", "email", "staff_role", "is_active", "is_staff", "last_login"]
    list_filter = ["staff_role", "is_active", "is_staff", "language"]
    search_fields = ["name", "email"]
    ordering = ["sort_name", "pk"]
    exclude = ["password", "user_permissions", "groups"]
    readonly_fields = ["is_active", "access_changed_at", "access_changed_by"]
    readonly_fields += ["last_login", "date_joined"]
    actions = ["shut_out", "let_in"]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Make the chosen people unable to log in"))
    def shut_out(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        carry_out(request, membership.shut_out, queryset)

    @admin.action(description=_("Let the chosen people log in again"))
    def let_in(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        carry_out(request, membership.let_in, queryset)


class OrganisationForm(forms.ModelForm):
    """An empty number is no number: two organisations may both lack one."""

    org_number = OrgNumberField(label=_("organisation number"))


@admin.register(Organisation)
class OrganisationAdmin(Kept):
    form = OrganisationForm
    list_display = ["name", "org_number", "sector", "status", "joined_on"]
    list_filter = ["status", "sector"]
    search_fields = ["name", "org_number", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["focus_areas"]
    ordering = ["sort_name", "pk"]
    readonly_fields = ["status", "status_changed_at", "status_changed_by", "left_on"]
    readonly_fields += ["corrected_at", "corrected_by"]
    actions = ["join", "leave"]

    @admin.action(description=_("Make the chosen organisations partners"))
    def join(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        carry_out(request, partnership.join, queryset)

    @admin.action(description=_("Let the chosen organisations leave the partnership"))
    def leave(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        carry_out(request, partnership.leave, queryset)


@admin.register(Membership)
class MembershipAdmin(Kept):
    """A membership is added here, or on the portal's pages; its role and its end have rules."""

    list_display = ["person", "organisation", "role", "created_at", "ended_at"]
    list_filter = ["role", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "organisation"]
    search_fields = ["person__name", "person__email", "organisation__name"]
    autocomplete_fields = ["person", "organisation"]
    readonly_fields = ["created_at", "created_by", "role_changed_at", "role_changed_by"]
    readonly_fields += ["ended_at", "ended_by"]
    actions = ["invite_again", "end"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        obj.created_by = cast(User, request.user)
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Invite the chosen people again"))
    def invite_again(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        rows = queryset.select_related("person", "organisation")
        carry_out(request, _invite_again, rows)

    @admin.action(description=_("End the chosen memberships"))
    def end(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        carry_out(request, membership.end, queryset)


def _invite_again(row: Membership, *, by: User) -> None:
    membership.invite_person(row.person, row.organisation, by=by)


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ["person", "organisation", "created_at", "expires_at", "accepted_at"]
    list_select_related = ["person", "organisation"]
    search_fields = ["person__name", "person__email", "organisation__name"]
    exclude = ["token_hash"]


@admin.register(Message)
class MessageAdmin(ReadOnly):
    list_display = ["subject", "recipient", "letter", "state", "created_at", "sent_at"]
    list_filter = ["state", "letter"]
    list_select_related = ["recipient"]
    search_fields = ["recipient__name", "recipient__email", "subject", "key"]
    fields = ["key", "recipient", "letter", "language", "subject", "state", "created_at"]
    fields += ["attempts", "next_try_at", "sent_to", "sent_at", "last_error"]
    fields += ["bounced_at", "decided_at", "decided_by"]


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnly):
    list_display = ["file_name", "kind", "created_at", "created_by", "applied_at", "applied_by"]
    list_filter = ["kind"]
    list_select_related = ["created_by", "applied_by"]
    search_fields = ["file_name"]
    exclude = ["table", "decisions"]


@admin.register(FocusArea)
class FocusAreaAdmin(Kept):
    list_display = ["title_sv", "title_en", "key", "position"]
    search_fields = ["title_sv", "title_en", "key"]


@admin.register(OrganisationAlias)
class OrganisationAliasAdmin(Workshop):
    list_display = ["folded", "organisation", "created_at"]
    list_select_related = ["organisation"]
    search_fields = ["folded", "organisation__name"]
    autocomplete_fields = ["organisation"]
