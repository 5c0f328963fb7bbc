"""Addresses of partners; Swedish and English by translated parts."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _

from partners.asking import views as asking_views
from partners.bounces import views as bounces_views
from partners.choices import views as choices_views
from partners.intake import views as import_views
from partners.joining import request_views as joining_request_views
from partners.joining import views as joining_views
from partners.organisations import views as organisation_views
from partners.people import correcting_views, invitation_views, profile_views
from partners.people import views as people_views
from partners.post import stopping_views
from partners.post import views as outbox_views
from partners.telling import behind_views, page_views
from partners.wording import views as wording_views
from partners.writing import views as mailing_views

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("partners/<slug:slug>/people/"), people_views.partner_people, name="partner_people"),
    path(_("partners/<slug:slug>/invite/"), people_views.invite, name="invite"),
    path(_("partners/<slug:slug>/invite/many/"), joining_views.invite_many, name="invite_many"),
    path(
        _("partners/<slug:slug>/invitations/"),
        joining_views.invitation_list,
        name="invitation_list",
    ),
    path(
        _("partners/<slug:slug>/invitations/chosen/"),
        joining_views.invitations_chosen,
        name="invitations_chosen",
    ),
    path(
        _("partners/<slug:slug>/ask-to-represent/"),
        joining_request_views.ask_to_act,
        name="ask_to_act",
    ),
    path(
        _("partners/<slug:slug>/ask-to-represent/sent/"),
        joining_request_views.ask_to_act_sent,
        name="ask_to_act_sent",
    ),
    path(
        _("request/<str:token>/"),
        joining_request_views.ask_to_act_confirm,
        name="ask_to_act_confirm",
    ),
    path(_("requests/<int:pk>/"), joining_request_views.join_request, name="join_request"),
    path(_("my-organisation/"), people_views.organisation_people, name="organisation_people"),
    path(_("memberships/<int:pk>/role/"), people_views.membership_role, name="membership_role"),
    path(_("memberships/<int:pk>/end/"), people_views.membership_end, name="membership_end"),
    path(
        _("memberships/<int:pk>/invite/"), people_views.membership_invite, name="membership_invite"
    ),
    path(_("coordinate/people/"), invitation_views.people_list, name="people_list"),
    path(_("coordinate/people/<int:pk>/"), correcting_views.person_edit, name="person_edit"),
    path(
        _("coordinate/people/<int:pk>/address-works/"),
        bounces_views.address_works,
        name="address_works",
    ),
    path(
        _("partners/<slug:slug>/edit/"),
        organisation_views.organisation_edit,
        name="organisation_edit",
    ),
    path(
        _("partners/<slug:slug>/in-our-words/"),
        organisation_views.organisation_words,
        name="organisation_words",
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
    path(_("account/"), profile_views.profile, name="profile"),
    path(_("account/e-mail/"), choices_views.email_choices, name="email_choices"),
    path(_("e-mail/off/<str:token>/"), choices_views.unsubscribe, name="unsubscribe"),
    path(_("e-mail/off/<str:token>/back/"), choices_views.subscribe_again, name="subscribe_again"),
    path(_("outbox/"), outbox_views.outbox, name="outbox"),
    path(_("outbox/send-again/"), outbox_views.outbox_retry_all, name="outbox_retry_all"),
    path(_("outbox/<int:pk>/"), outbox_views.outbox_letter, name="outbox_letter"),
    path(_("outbox/<int:pk>/retry/"), outbox_views.outbox_retry, name="outbox_retry"),
    path(_("outbox/stop/"), stopping_views.outbox_stop_all, name="outbox_stop_all"),
    path(_("outbox/let-go/"), stopping_views.outbox_let_all_go, name="outbox_let_all_go"),
    path(_("outbox/<int:pk>/put-away/"), outbox_views.outbox_put_away, name="outbox_put_away"),
    path(_("outbox/<int:pk>/stop/"), stopping_views.outbox_stop, name="outbox_stop"),
    path(_("outbox/<int:pk>/let-go/"), stopping_views.outbox_let_go, name="outbox_let_go"),
    path(_("mailings/"), mailing_views.mailing_list, name="mailing_list"),
    path(_("mailings/new/"), mailing_views.mailing_create, name="mailing_create"),
    path(_("mailings/<int:pk>/"), mailing_views.mailing_detail, name="mailing_detail"),
    path(_("mailings/<int:pk>/edit/"), mailing_views.mailing_edit, name="mailing_edit"),
    path(_("mailings/<int:pk>/e-mail/"), mailing_views.mailing_letter, name="mailing_letter"),
    path(_("mailings/<int:pk>/test/"), mailing_views.mailing_test, name="mailing_test"),
    path(_("mailings/<int:pk>/send/"), mailing_views.mailing_send, name="mailing_send"),
    path(_("mailings/<int:pk>/stop/"), mailing_views.mailing_stop, name="mailing_stop"),
    path(_("mailings/<int:pk>/remove/"), mailing_views.mailing_remove, name="mailing_remove"),
    path(_("email-texts/"), wording_views.letter_texts, name="letter_texts"),
    path(
        _("email-texts/<slug:app>/<slug:name>/<slug:language>/"),
        wording_views.letter_text,
        name="letter_text",
    ),
    path(
        _("email-texts/<slug:app>/<slug:name>/<slug:language>/preview/"),
        wording_views.letter_text_preview,
        name="letter_text_preview",
    ),
    path(
        _("email-texts/<slug:app>/<slug:name>/<slug:language>/test/"),
        wording_views.letter_text_test,
        name="letter_text_test",
    ),
    path(
        _("email-texts/<slug:app>/<slug:name>/<slug:language>/e-mail/"),
        wording_views.letter_text_mail,
        name="letter_text_mail",
    ),
    path(
        _("email-texts/<slug:app>/<slug:name>/<slug:language>/original/"),
        wording_views.letter_text_original,
        name="letter_text_original",
    ),
    path(
        _("email-texts/<slug:app>/<slug:name>/<slug:language>/history/"),
        wording_views.letter_text_history,
        name="letter_text_history",
    ),
    path(
        _("email-texts/<slug:app>/<slug:name>/<slug:language>/history/<int:number>/"),
        wording_views.letter_text_version,
        name="letter_text_version",
    ),
    path(
        _("email-texts/<slug:app>/<slug:name>/<slug:language>/history/<int:number>/restore/"),
        wording_views.letter_text_restore,
        name="letter_text_restore",
    ),
    path(_("import/"), import_views.import_list, name="import_list"),
    path(_("import/<int:pk>/remove/"), import_views.import_remove, name="import_remove"),
    path(_("import/example/partners/"), import_views.import_example, name="import_example"),
    path(_("import/partners/"), import_views.import_partners, name="import_partners"),
    path(_("import/partners/<int:pk>/"), import_views.import_detail, name="import_detail"),
    path(_("import/partners/<int:pk>/apply/"), import_views.import_apply, name="import_apply"),
    path(_("coordinate/pages/"), page_views.page_list, name="page_list"),
    path(_("coordinate/pages/<slug:key>/"), page_views.page_edit, name="page_edit"),
    path(_("coordinate/pages/<slug:key>/preview/"), page_views.page_preview, name="page_preview"),
    path(_("coordinate/pages/<slug:key>/history/"), page_views.page_history, name="page_history"),
    path(
        _("coordinate/pages/<slug:key>/history/<int:number>/"),
        page_views.page_version,
        name="page_version",
    ),
    path(
        _("coordinate/pages/<slug:key>/history/<int:number>/restore/"),
        page_views.page_restore,
        name="page_restore",
    ),
    path(_("coordinate/leaders/"), behind_views.leaders, name="leaders"),
    path(_("coordinate/leaders/add/"), behind_views.leader_add, name="leader_add"),
    path(_("coordinate/leaders/<int:pk>/"), behind_views.leader_edit, name="leader_edit"),
    path(_("coordinate/leaders/<int:pk>/move/"), behind_views.leader_move, name="leader_move"),
    path(
        _("coordinate/leaders/<int:pk>/remove/"), behind_views.leader_remove, name="leader_remove"
    ),
    path(_("pictures/leaders/<int:pk>/"), behind_views.leader_picture, name="leader_picture"),
    path(_("coordinate/funders/"), behind_views.funders, name="funders"),
    path(_("coordinate/funders/add/"), behind_views.funder_add, name="funder_add"),
    path(_("coordinate/funders/<int:pk>/"), behind_views.funder_edit, name="funder_edit"),
    path(_("coordinate/funders/<int:pk>/move/"), behind_views.funder_move, name="funder_move"),
    path(
        _("coordinate/funders/<int:pk>/remove/"), behind_views.funder_remove, name="funder_remove"
    ),
    path(_("pictures/funders/<int:pk>/"), behind_views.funder_picture, name="funder_picture"),
]
