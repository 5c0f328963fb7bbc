"""What four sending services post, in the shapes that their documents show, signed as they sign."""

import base64
import hashlib
import hmac
import json
import time

KEY = "key-3ax6xnjp29jd6fds4gc373sgvjxteol0"
PASSWORD = "northstar:2f0c9d4e8b7a6150"
SECRETS = {"mailgun": KEY, "brevo": PASSWORD, "mailjet": PASSWORD, "postmark": PASSWORD}


def basic(secret=PASSWORD):
    return {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()}


def signature(key=KEY, at=None, token="50-signs-of-chance"):
    timestamp = str(int(time.time() if at is None else at))
    signed = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256)
    return {"timestamp": timestamp, "token": token, "signature": signed.hexdigest()}


def mailgun(letter, address, event="failed", severity="permanent", status=None, **said):
    status = {"code": 550, "message": "5.1.1 No such user here"} if status is None else status
    data = {
        "event": event,
        "id": "G9Bn5sl1TC6nu79C8C0bwg",
        "timestamp": time.time(),
        "recipient": address,
        "recipient-domain": address.rpartition("@")[2],
        "reason": "bounce",
        "log-level": "error",
        "delivery-status": {"attempt-no": 1, "description": "", "session-seconds": 0.4} | status,
        "message": {"headers": {"to": address, "message-id": f"{letter.message_id}@localhost"}},
        "user-variables": {},
        "tags": [],
    }
    data |= {"severity": severity} if event == "failed" else {}
    return {"signature": signature(), "event-data": data | said}


def brevo(letter, address, event="hard_bounce", **said):
    return {
        "event": event,
        "email": address,
        "id": 26224,
        "date": "2026-03-03 10:00:00",
        "ts": 1772528400,
        "ts_event": 1772528400,
        "ts_epoch": 1772528400000,
        "message-id": "<202603031000.25168838132@smtp-relay.mailin.fr>",
        "subject": "I morgon",
        "X-Mailin-custom": json.dumps({"letter": str(letter.message_id)}),
        "reason": "550 5.1.1 <x>: Recipient address rejected: User unknown",
        "sending_ip": "185.41.28.109",
    } | said


def mailjet(letter, address, event="bounce", **said):
    return {
        "event": event,
        "time": 1772528400,
        "MessageID": 13792286917004336,
        "Message_GUID": "0bb6d6c4-6d4e-4e7a-8f2c-7c6d9f7f8d10",
        "email": address,
        "mj_campaign_id": 0,
        "mj_contact_id": 1,
        "customcampaign": "",
        "CustomID": "",
        "Payload": json.dumps({"letter": str(letter.message_id)}),
        "blocked": False,
        "hard_bounce": True,
        "error_related_to": "recipient",
        "error": "user unknown",
        "comment": "Host or domain name not found",
    } | said


def postmark(letter, address, event="HardBounce", **said):
    return {
        "RecordType": "Bounce",
        "MessageStream": "outbound",
        "ID": 4323372036854775807,
        "Type": event,
        "TypeCode": 1,
        "Name": "Hard bounce",
        "Tag": "",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {"letter": str(letter.message_id)},
        "ServerID": 23,
        "Description": "The server was unable to deliver your message (ex: unknown user).",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": address,
        "From": "klimat@umea.example",
        "BouncedAt": "2026-03-03T10:00:00.0000000+01:00",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "I morgon",
    } | said


TELL = {"mailgun": mailgun, "brevo": brevo, "mailjet": mailjet, "postmark": postmark}
HEADERS = {"mailgun": {}, "brevo": basic(), "mailjet": basic(), "postmark": basic()}
