"""Four at once at coming in and leaving: invitations, asking to act, roles, handing over."""

from partners.models import (
    Invitation,
    InvitationBatch,
    InvitationReminder,
    JoinRequest,
    Membership,
    Message,
    User,
)
from tests.northstar.four import CONTACT, MEMBER, Four, now
from tests.northstar.four_forms import (
    a_list_of_addresses,
    asked,
    asked_last_week,
    somebody_new,
    what_the_member_hands_over,
)

FOUR_OF_JOINING = {
    "invite": Four(
        "contact",
        lambda world: {"name": "Eva Ek", "email": "eva@granit.example", "role": MEMBER},
        {User: 1, Invitation: 1, Message: 1},
    ),
    "membership_role": Four(
        "contact",
        lambda world: {"role": CONTACT},
        holds=lambda world: now(world["membership"]).role == CONTACT,
    ),
    "membership_end": Four(
        "contact",
        holds=lambda world: now(world["membership"]).ended_at,
    ),
    "hand_over": Four(
        "member",
        what_the_member_hands_over,
        {Message: 3},
        holds=lambda world: now(world["place"]).person == world["people"]["contact"],
        why="one letter to each of the two, and one for the seat",
    ),
    "invitation_withdraw": Four(
        "contact",
        holds=lambda world: now(world["asked"]).withdrawn_at,
    ),
    "invite_many": Four(
        "contact",
        a_list_of_addresses,
        {InvitationBatch: 1, User: 2, Invitation: 2, Message: 2},
    ),
    "invitations_chosen": Four(
        "contact",
        lambda world: {"invitation": world["asked"].pk, "what": "withdraw"},
        holds=lambda world: now(world["asked"]).withdrawn_at,
    ),
    "invitations_chosen remind": Four(
        "contact",
        lambda world: {"invitation": world["asked"].pk, "what": "remind"},
        {InvitationReminder: 1, Message: 1},
        state=asked_last_week,
    ),
    "ask_to_act": Four(
        "anyone",
        lambda world: {"name": "Eva Ek", "email": "eva.ek@granit.example", "text": "Inköp"},
        {JoinRequest: 1, Message: 1},
    ),
    "ask_to_act_confirm": Four(
        "anyone",
        adds={Message: 1},
        holds=lambda world: now(world["unconfirmed_request"]).confirmed_at,
    ),
    "join_request yes": Four(
        "contact",
        lambda world: {"answer": "yes"},
        {User: 1, Membership: 1, Message: 1},
        holds=lambda world: now(world["join_request"]).accepted,
    ),
    "join_request no": Four(
        "contact",
        lambda world: {"answer": "no"},
        {Message: 1},
        holds=lambda world: now(world["join_request"]).accepted is False,
    ),
    "invitation_agree": Four("asked", adds={Membership: 1}, state=asked),
    "invitation_decline": Four(
        "asked", state=asked, holds=lambda world: now(world["asked"]).declined_at
    ),
    "decline_invitation": Four(
        "anyone",
        answers=frozenset({200}),
        holds=lambda world: now(world["asked"]).declined_at,
    ),
    "membership_invite": Four("contact", adds={Invitation: 1, Message: 1}, state=somebody_new),
}
