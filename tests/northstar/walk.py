"""Who may go where: every URL of the product, asked as every role.

One line a URL and method. Columns: what each role gets.
  anyone    not logged in             member    of the organisation the thing belongs to
  contact   its contact person        other     a member of another organisation
  lead      project lead              coord     coordinator
Verdicts: a status code; "login" = sent to the login page. What is fetched is in `walked.addresses`.
A POST is sent empty: 422 means it got past the door and was refused for what it said; 302 or 303
that it was carried out.
"""

from tests.northstar.walk_of_promises import PROMISES

TABLE = """
GET  home                          200    200    200    200    200    200
GET  health                        200    200    200    200    200    200
GET  health_clock                  503    503    503    503    503    503
GET  metrics                       404    404    404    404    404    404
POST service_tells                 404    404    404    404    404    404
GET  search                        200    200    200    200    200    200
GET  qr                            404    404    404    404    404    404
GET  robots_txt                    200    200    200    200    200    200
GET  sitemap_xml                   200    200    200    200    200    200
GET  security_txt                  200    200    200    200    200    200
GET  about                         200    200    200    200    200    200
GET  project                       200    200    200    200    200    200
GET  help_own                      200    200    200    200    200    200
GET  help_visitor                  200    200    200    200    200    200
GET  help_member                   200    200    200    200    200    200
GET  help_contact                  200    200    200    200    200    200
GET  help_lead                     200    200    200    200    200    200
GET  help_coordinator              200    200    200    200    200    200
GET  whats_new                     200    200    200    200    200    200
GET  news                          200    200    200    200    200    200
GET  leader_picture                200    200    200    200    200    200
GET  funder_picture                200    200    200    200    200    200
GET  accessibility                 200    200    200    200    200    200
GET  privacy                       200    200    200    200    200    200

# Written by people without an account
GET  ask                           200    200    200    200    200    200
POST ask                           422    422    422    422    422    422
GET  join                          200    200    200    200    200    200
POST join                          422    422    422    422    422    422
GET  enquiry_sent                  200    200    200    200    200    200
GET  enquiry_confirm               200    200    200    200    200    200
POST enquiry_confirm               302    302    302    302    302    302
GET  ask_to_act                    200    302    302    200    200    200
POST ask_to_act                    422    302    302    422    422    422
GET  ask_to_act_sent               200    200    200    200    200    200
GET  ask_to_act_confirm            200    200    200    200    200    200
POST ask_to_act_confirm            302    302    302    302    302    302
GET  join_request                  login  404    200    404    404    200
POST join_request                  login  404    302    404    404    302
GET  enquiry_list                  login  403    403    403    403    200
GET  enquiry_detail                login  403    403    403    403    200
POST enquiry_detail                login  403    403    403    403    422
POST enquiry_take                  login  403    403    403    403    302

# Login and one's own details
GET  account_login                 200    302    302    302    302    302
POST account_login                 422    302    302    302    302    302
GET  account_request_login_code    200    302    302    302    302    302
POST account_request_login_code    422    302    302    302    302    302
GET  account_confirm_login_code    302    302    302    302    302    302
POST account_confirm_login_code    302    302    302    302    302    302
GET  send_again                    login  302    302    302    302    302
POST send_again                    login  302    302    302    302    302
GET  account_logout                302    200    200    200    200    200
GET  mfa_authenticate              302    302    302    302    302    302
POST mfa_authenticate              302    302    302    302    302    302
GET  login_passkey                 302    302    302    302    302    302
POST login_passkey                 302    302    302    302    302    302
GET  prove                         login  200    200    200    200    200
POST prove                         login  302    302    302    302    302
GET  security                      login  200    200    200    200    200
GET  factor_app                    login  302    302    302    302    302
POST factor_app                    login  302    302    302    302    302
GET  factor_passkey                login  302    302    302    302    302
POST factor_passkey                login  302    302    302    302    302
GET  factor_remove                 login  302    302    302    302    302
POST factor_remove                 login  302    302    302    302    302
GET  recovery_codes                login  302    302    302    302    302
POST recovery_codes                login  302    302    302    302    302
GET  factor_reset                  login  403    403    403    403    302
POST factor_reset                  login  403    403    403    403    302
GET  style_guide                   login  403    403    403    403    200
POST account_logout                302    302    302    302    302    302
GET  accept_invitation             200    302    200    200    200    200
POST accept_invitation             302    302    200    200    200    200
GET  profile                       login  200    200    200    200    200
POST profile                       login  422    422    422    422    422
GET  own_data                      login  200    200    200    200    200
GET  own_data_kind                 login  200    200    200    200    200
POST own_data_file                 login  200    200    200    200    200
GET  own_erasure                   login  200    200    200    200    200
POST own_erasure                   login  302    302    302    302    302
POST own_erasure_withdraw          login  302    302    302    302    302
GET  erasures                      login  403    403    403    403    200
GET  erasure                       login  403    403    403    403    200
POST erasure                       login  403    403    403    403    302
GET  email_choices                 login  200    200    200    200    200
POST email_choices                 login  302    302    302    302    302
GET  unsubscribe                   200    200    200    200    200    200
POST unsubscribe                   200    200    200    200    200    200
POST subscribe_again               302    302    302    302    302    302

# Partners and their people
GET  partner_list                  200    200    200    200    200    200
GET  partner_detail                200    200    200    200    200    200
GET  organisation_people           login  200    200    200    200    200
GET  partner_people                login  200    200    403    403    200
GET  invite                        login  403    200    403    403    200
POST invite                        login  403    422    403    403    422
GET  invite_many                   login  403    200    403    403    200
POST invite_many                   login  403    422    403    403    422
GET  invitation_list               login  403    200    403    403    200
POST invitations_chosen            login  403    302    403    403    302
GET  membership_role               login  403    200    404    403    200
POST membership_role               login  403    422    404    403    422
GET  hand_over                     login  200    403    404    403    200
POST hand_over                     login  422    403    404    403    422
GET  membership_end                login  403    200    404    403    200
POST membership_end                login  403    302    404    403    302
POST invitation_withdraw           login  403    302    404    403    302
POST invitation_agree              login  404    404    404    404    404
POST invitation_decline            login  404    404    404    404    404
POST decline_invitation            200    200    200    200    200    200
POST membership_invite             login  403    302    404    403    302
GET  people_list                   login  403    403    403    403    200
GET  people_add                    login  403    403    403    403    302
GET  person_edit                   login  403    403    403    403    200
POST person_edit                   login  403    403    403    403    422
POST address_works                 login  403    403    403    403    302
GET  organisation_edit             login  403    403    403    403    200
POST organisation_edit             login  403    403    403    403    422
GET  organisation_words            login  403    200    403    403    200
POST organisation_words            login  403    302    403    403    302
GET  membership_move               login  403    403    403    403    200
POST membership_move               login  403    403    403    403    422
GET  people_invite                 login  403    403    403    403    422
POST people_invite                 login  403    403    403    403    422
GET  survey                        200    200    200    200    200    200
POST survey                        422    422    422    422    422    422
GET  survey_done                   302    302    302    302    302    302
GET  survey_results                login  403    403    403    200    200
GET  next_steps                    login  200    200    200    200    200
POST next_step_status              login  422    422    404    404    404
GET  outbox                        login  403    403    403    403    200
GET  outbox_letter                 login  404    404    404    404    200
POST outbox_put_away               login  404    404    404    404    302
POST outbox_retry                  login  404    404    404    404    302
POST outbox_stop                   login  404    404    404    404    302
POST outbox_let_go                 login  404    404    404    404    302
GET  outbox_stop_all               login  403    403    403    403    200
POST outbox_stop_all               login  403    403    403    403    302
GET  outbox_let_all_go             login  403    403    403    403    200
POST outbox_let_all_go             login  403    403    403    403    302
GET  outbox_retry_all              login  403    403    403    403    200
POST outbox_retry_all              login  403    403    403    403    302
GET  desk                          login  403    403    403    403    200
POST desk_stop                     login  403    403    403    403    302
POST desk_start                    login  403    403    403    403    302
POST desk_try_now                  login  403    403    403    403    302

# What the portal says about itself
GET  page_list                     login  403    403    403    403    200
GET  page_edit                     login  403    403    403    403    200
POST page_edit                     login  403    403    403    403    422
POST page_preview                  login  403    403    403    403    422
GET  page_history                  login  403    403    403    403    200
GET  page_version                  login  403    403    403    403    200
POST page_restore                  login  403    403    403    403    302
GET  leaders                       login  403    403    403    403    200
GET  leader_add                    login  403    403    403    403    200
POST leader_add                    login  403    403    403    403    422
GET  leader_edit                   login  403    403    403    403    200
POST leader_edit                   login  403    403    403    403    422
POST leader_move                   login  403    403    403    403    302
POST leader_remove                 login  403    403    403    403    302
GET  funders                       login  403    403    403    403    200
GET  funder_add                    login  403    403    403    403    200
POST funder_add                    login  403    403    403    403    422
GET  funder_edit                   login  403    403    403    403    200
POST funder_edit                   login  403    403    403    403    422
POST funder_move                   login  403    403    403    403    302
POST funder_remove                 login  403    403    403    403    302

# Mailings: the world's is a draft about the session, which the lead leads
GET  mailing_list                  login  403    403    403    200    200
GET  mailing_create                login  403    403    403    403    200
POST mailing_create                login  403    403    403    403    422
GET  mailing_edit                  login  403    403    403    200    200
POST mailing_edit                  login  403    403    403    422    422
GET  mailing_detail                login  403    403    403    200    200
GET  mailing_letter                login  403    403    403    200    200
POST mailing_test                  login  403    403    403    302    302
POST mailing_send                  login  403    403    403    422    422
POST mailing_stop                  login  403    403    403    302    302
POST mailing_remove                login  403    403    403    302    302

# What the e-mails of the portal say: of the world's, a text is written by the coordinator
GET  letter_texts                  login  403    403    403    403    200
GET  letter_text                   login  403    403    403    403    200
POST letter_text                   login  403    403    403    403    422
POST letter_text_preview           login  403    403    403    403    422
POST letter_text_test              login  403    403    403    403    422
GET  letter_text_mail              login  403    403    403    403    200
POST letter_text_original          login  403    403    403    403    302
GET  letter_text_history           login  403    403    403    403    200
GET  letter_text_version           login  403    403    403    403    200
POST letter_text_restore           login  403    403    403    403    302

# Measures; `measure` is published, `draft` is for its own organisation only
GET  measure_list                  200    200    200    200    200    200
GET  measure_file                  200    200    200    200    200    200
GET  measure_detail                200    200    200    200    200    200
GET  measure_create                login  200    200    200    403    403
POST measure_create                login  422    422    422    403    403
GET  measure_edit                  login  200    200    403    403    200
GET  measure_name                  login  200    200    403    403    200
POST measure_name                  login  422    422    403    403    422
GET  measure_state                 login  200    200    403    403    200
POST measure_state                 login  422    422    403    403    422
GET  measure_effect                login  200    200    403    403    200
POST measure_effect                login  422    422    403    403    422
GET  measure_barriers              login  200    200    403    403    200
POST measure_barriers              login  302    302    403    403    302
GET  measure_origin                login  200    200    403    403    200
POST measure_origin                login  302    302    403    403    302
GET  measure_description           login  200    200    403    403    200
POST measure_description           login  302    302    403    403    302
GET  measure_report                login  200    200    403    403    200
POST measure_report                login  422    422    403    403    422
GET  measure_nothing_new               login  200    200    403    403    200
POST measure_nothing_new               login  302    302    403    403    302
POST measure_nothing_new_undo          login  302    302    403    403    302
GET  measure_reminders                 login  403    403    403    403    200
GET  measure_reminder_add              login  403    403    403    403    200
POST measure_reminder_add              login  403    403    403    403    422
GET  measure_reminder_edit             login  404    404    404    404    200
POST measure_reminder_edit             login  404    404    404    404    422
POST measure_reminder_switch           login  404    404    404    404    302
POST measure_reminder_remove           login  404    404    404    404    302
POST measure_reminder_restore          login  404    404    404    404    302
POST measure_publish               login  302    302    404    404    302
GET  measure_unpublish             login  200    200    403    403    200
POST measure_unpublish             login  302    302    403    403    302

# Reports
GET  participation                 login  403    403    403    403    200
GET  participation_file            login  403    403    403    403    302
GET  participation_rows            login  403    403    403    403    200
GET  participation_rows_file       login  403    403    403    403    302
GET  import_list                   login  403    403    403    403    200
GET  import_example                login  403    403    403    403    200
GET  import_partners               login  403    403    403    403    200
POST import_partners               login  403    403    403    403    422
GET  import_detail                 login  404    404    404    404    200
POST import_detail                 login  404    404    404    404    302
POST import_apply                  login  404    404    404    404    302
POST import_remove                 login  404    404    404    404    302

# Sessions: the world's is coming and open to everybody; the member has a seat
GET  session_list                  200    200    200    200    200    200
GET  session_detail                200    200    200    200    200    200
GET  session_calendar              login  200    200    200    200    200
POST register                      login  302    302    302    302    302
GET  register_colleague            login  200    200    200    200    200
POST register_colleague            login  422    422    422    422    422
GET  withdraw                      login  200    200    404    200    200
POST withdraw                      login  302    302    404    302    302
POST stay                          login  302    302    404    302    302
GET  visitor_ask                   200    302    302    302    302    302
POST visitor_ask                   422    302    302    302    302    302
GET  visitor_asked                 200    200    200    200    200    200
GET  visitor_confirm               200    200    200    200    200    200
POST visitor_confirm               302    302    302    302    302    302
GET  withdraw_by_link              200    200    200    200    200    200
POST withdraw_by_link              302    302    302    302    302    302
POST stay_by_link                  302    302    302    302    302    302
GET  session_create                login  403    403    403    200    200
POST session_create                login  403    403    403    422    422
GET  session_edit                  login  403    403    403    200    200
POST session_edit                  login  403    403    403    422    422
POST session_publish               login  403    403    403    302    302
GET  session_cancel                login  403    403    403    200    200
POST session_cancel                login  403    403    403    422    422
GET  participants                  login  403    403    403    200    200
GET  participants_list             login  403    403    403    200    200
GET  participants_file             login  403    403    403    200    200
GET  session_letters               login  403    403    403    200    200
GET  session_letter                login  403    403    403    200    200
GET  session_reminders             login  403    403    403    200    200
POST session_reminders_own         login  403    403    403    302    302
POST session_reminders_back        login  403    403    403    302    302
GET  session_reminder_add          login  403    403    403    200    200
POST session_reminder_add          login  403    403    403    422    422
GET  series_reminders              login  403    403    403    200    200
POST series_reminders_own          login  403    403    403    302    302
POST series_reminders_back         login  403    403    403    302    302
GET  series_reminder_add           login  403    403    403    200    200
POST series_reminder_add           login  403    403    403    422    422
GET  portal_reminders              login  403    403    403    403    200
GET  portal_reminder_add           login  403    403    403    403    200
POST portal_reminder_add           login  403    403    403    403    422
GET  reminder_edit                 login  404    404    404    200    200
POST reminder_edit                 login  404    404    404    422    422
POST reminder_switch               login  404    404    404    302    302
POST reminder_remove               login  404    404    404    302    302
POST reminder_restore              login  404    404    404    302    302
GET  attendance                    login  403    403    403    200    200
POST attendance                    login  403    403    403    422    422
POST walk_in                       login  403    403    403    422    422
POST walk_in_new                   login  403    403    403    422    422
GET  survey_own                    login  200    404    404    404    404
POST survey_own                    login  422    404    404    404    404
GET  material_upload               login  403    403    403    200    200
POST material_upload               login  403    403    403    422    422
GET  material_link                 login  403    403    403    200    200
POST material_link                 login  403    403    403    422    422
GET  material_file                 login  200    404    404    200    200
GET  material_delete               login  403    404    404    200    200
POST material_delete               login  403    404    404    302    302
POST material_tell                 login  403    403    403    302    302
POST material_tell_back            login  403    403    403    302    302
GET  attendance_example            login  403    403    403    403    200
GET  import_attendance             login  403    403    403    403    200
POST import_attendance             login  403    403    403    403    422
GET  attendance_import             login  404    404    404    404    200
POST attendance_import             login  404    404    404    404    302
POST attendance_import_apply       login  404    404    404    404    302
"""


def rows():
    """Yield (method, url name, {role: verdict})."""
    roles = ["anyone", "member", "contact", "other", "lead", "coord"]
    for line in (TABLE + PROMISES).strip().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        method, name, *verdicts = line.split()
        assert len(verdicts) == len(roles), line
        yield method, name, dict(zip(roles, verdicts, strict=True))
