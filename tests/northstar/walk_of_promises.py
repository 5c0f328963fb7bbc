"""Who may go where of what is promised: a part of the table of walk.py, told there."""

PROMISES = """
# Climate challenges, and what the city promises back
GET  challenge_list                200    200    200    200    200    200
GET  challenge_detail              200    200    200    200    200    200
GET  challenges_kept               login  403    403    403    403    200
GET  challenge_add                 login  403    403    403    403    200
POST challenge_add                 login  403    403    403    403    422
GET  challenge_edit                login  403    403    403    403    200
POST challenge_edit                login  403    403    403    403    422
POST challenge_move                login  403    403    403    403    302
POST challenge_retire              login  403    403    403    403    302
GET  counter_commitment_add        login  403    403    403    403    200
POST counter_commitment_add        login  403    403    403    403    422
GET  counter_commitment_edit       login  403    403    403    403    200
POST counter_commitment_edit       login  403    403    403    403    422
POST counter_commitment_remove     login  403    403    403    403    302
POST counter_commitment_back       login  403    403    403    403    302

# What an organisation promises for the term
GET  promise_own                   login  302    302    302    302    302
GET  promise                       login  200    200    403    403    200
POST promise_take_on               login  403    302    403    403    302
GET  promise_drop                  login  403    200    403    403    200
POST promise_drop                  login  403    422    403    403    422
GET  promise_achieve               login  403    200    403    403    200
POST promise_achieve               login  403    302    403    403    302
POST promise_undo                  login  403    302    403    403    302
GET  promise_target                login  403    200    403    403    200
POST promise_target                login  403    302    403    403    302
GET  promise_report                login  403    200    403    403    200
POST promise_report                login  403    422    403    403    422
GET  promise_report_remove         login  403    200    403    403    200
POST promise_report_remove         login  403    302    403    403    302

# The city's emissions and targets
GET  city                          login  403    403    403    403    200
GET  emission_add                  login  403    403    403    403    200
POST emission_add                  login  403    403    403    403    422
GET  emission_edit                 login  403    403    403    403    200
POST emission_edit                 login  403    403    403    403    422
POST emission_remove               login  403    403    403    403    302
GET  emissions_paste               login  403    403    403    403    200
POST emissions_paste               login  403    403    403    403    422
GET  target_add                    login  403    403    403    403    200
POST target_add                    login  403    403    403    403    422
GET  target_edit                   login  403    403    403    403    200
POST target_edit                   login  403    403    403    403    422
POST target_remove                 login  403    403    403    403    302

# How the promises stand
GET  partner_cards                 login  403    403    403    403    200
GET  partner_cards_file            login  403    403    403    403    200
POST partner_cards_write           login  403    403    403    403    302
GET  monday_points                 login  403    403    403    403    200
POST monday_points                 login  403    403    403    403    422
GET  contact_notes                 login  403    403    403    403    200
POST contact_notes                 login  403    403    403    403    422
POST contact_note_remove           login  403    403    403    403    302
GET  partner_story                 login  200    200    403    403    200
GET  partner_story_text            login  200    200    403    403    200
"""
