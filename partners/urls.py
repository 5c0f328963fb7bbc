"""Addresses of partners; Swedish and English by translated parts."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from partners.asking import views as asking_views
from partners.intake import views as import_views
from partners.people import correcting_views, directory_views, invitation_views
from partners.people import views as people_views
from partners.post import views as outbox_views

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("partners/"), directory_views.partner_list, name="partner_list"),
    path(_("partners/<slug:slug>/people/"), people_views.partner_people, name="partner_people"),
    path(_("partners/<slug:slug>/invite/"), people_views.invite, name="invite"),
    path(_("my-organisation/"), people_views.organisation_people, name="organisation_people"),
    path(_("memberships/<int:pk>/role/"), people_views.membership_role, name="membership_role"),
    path(_("memberships/<int:pk>/end/"), people_views.membership_end, name="membership_end"),
    path(
        _("memberships/<int:pk>/invite/"), people_views.membership_invite, name="membership_invite"
    ),
    path(_("coordinate/people/"), invitation_views.people_list, name="people_list"),
    path(_("coordinate/people/<int:pk>/"), correcting_views.person_edit, name="person_edit"),
    path(
        _("partners/<slug:slug>/edit/"),
        correcting_views.organisation_edit,
        name="organisation_edit",
    ),
    path(_("memberships/<int:pk>/move/"), correcting_views.membership_move, name="membership_move"),
    path(_("coordinate/people/add/"), invitation_views.people_add, name="people_add"),
    path(_("coordinate/people/invite/"), invitation_views.people_invite, name="people_invite"),
    path(_("welcome/<str:token>/"), invitation_views.accept_invitation, name="accept_invitation"),
    path(
        _("welcome/<str:token>/no/"),
        invitation_views.decline_invitation,
        name="decline_invitation",
    ),
    path(
        _("invitations/<int:pk>/yes/"), invitation_views.invitation_agree, name="invitation_agree"
    ),
    path(
        _("invitations/<int:pk>/no/"),
        invitation_views.invitation_decline,
        name="invitation_decline",
    ),
    path(
        _("invitations/<int:pk>/withdraw/"),
        invitation_views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path(_("ask/"), asking_views.ask, name="ask"),
    path(_("join/"), asking_views.join, name="join"),
    path(_("ask/sent/"), asking_views.enquiry_sent, name="enquiry_sent"),
    path(_("confirm/<str:token>/"), asking_views.enquiry_confirm, name="enquiry_confirm"),
    path(_("coordinate/enquiries/"), asking_views.enquiry_list, name="enquiry_list"),
    path(_("coordinate/enquiries/<int:pk>/"), asking_views.enquiry_detail, name="enquiry_detail"),
    path(_("coordinate/enquiries/<int:pk>/take/"), asking_views.enquiry_take, name="enquiry_take"),
    path(_("account/"), directory_views.profile, name="profile"),
    path(_("outbox/"), outbox_views.outbox, name="outbox"),
    path(_("outbox/send-again/"), outbox_views.outbox_retry_all, name="outbox_retry_all"),
    path(_("outbox/<int:pk>/"), outbox_views.outbox_letter, name="outbox_letter"),
    path(_("outbox/<int:pk>/retry/"), outbox_views.outbox_retry, name="outbox_retry"),
    path(_("import/"), import_views.import_list, name="import_list"),
    path(_("import/<int:pk>/remove/"), import_views.import_remove, name="import_remove"),
    path(_("import/example/partners/"), import_views.import_example, name="import_example"),
    path(_("import/partners/"), import_views.import_partners, name="import_partners"),
    path(_("import/partners/<int:pk>/"), import_views.import_detail, name="import_detail"),
    path(_("import/partners/<int:pk>/apply/"), import_views.import_apply, name="import_apply"),
]
