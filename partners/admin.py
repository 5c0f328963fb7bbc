"""The workshop: people, organisations and what belongs to them, for superusers."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partners import membership
from partners.membership import tidy
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


class UserForm(forms.ModelForm):
    """Addresses are kept in lower case: login looks them up so."""

    def clean_email(self) -> str | None:
        return (self.cleaned_data["email"] or "").lower() or None

    def clean_name(self) -> str:
        return tidy(self.cleaned_data["name"])


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    form = UserForm
    list_display = ["name", "email", "staff_role", "is_active", "is_staff", "last_login"]
    list_filter = ["staff_role", "is_active", "is_staff", "language"]
    search_fields = ["name", "email"]
    ordering = ["sort_name", "pk"]
    exclude = ["password", "user_permissions", "groups"]
    readonly_fields = ["last_login", "date_joined"]
    actions = ["make_inactive"]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Make the chosen people unable to log in"))
    def make_inactive(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        queryset.update(is_active=False)


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["name", "org_number", "sector", "status", "joined_on"]
    list_filter = ["status", "sector"]
    search_fields = ["name", "org_number", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["focus_areas"]
    ordering = ["sort_name", "pk"]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """An empty number is no number: two organisations may both lack one."""
        form = super().get_form(request, *args, **kwargs)
        form.base_fields["org_number"].empty_value = None  # type: ignore[attr-defined]
        return form


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["person", "organisation", "role", "created_at", "ended_at"]
    list_filter = ["role", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "organisation"]
    search_fields = ["person__name", "person__email", "organisation__name"]
    autocomplete_fields = ["person", "organisation"]
    readonly_fields = ["created_at", "created_by", "ended_at"]
    actions = ["invite_again"]

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Invite the chosen people again"))
    def invite_again(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        for row in queryset.select_related("person", "organisation"):
            try:
                membership.invite_person(row.person, row.organisation, by=cast(User, request.user))
            except ValidationError as refusal:
                messages.error(request, f"{row.person}: {refusal.message}")


class ReadOnly(admin.ModelAdmin):
    """Rows that only the product itself writes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


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


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnly):
    list_display = ["file_name", "kind", "created_at", "created_by", "applied_at"]
    list_filter = ["kind"]
    list_select_related = ["created_by"]
    search_fields = ["file_name"]
    exclude = ["table", "decisions"]


@admin.register(FocusArea)
class FocusAreaAdmin(admin.ModelAdmin):
    list_display = ["title_sv", "title_en", "key", "position"]
    search_fields = ["title_sv", "title_en", "key"]


@admin.register(OrganisationAlias)
class OrganisationAliasAdmin(admin.ModelAdmin):
    list_display = ["folded", "organisation", "created_at"]
    list_select_related = ["organisation"]
    search_fields = ["folded", "organisation__name"]
    autocomplete_fields = ["organisation"]
