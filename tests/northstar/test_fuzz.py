"""Every address as every role, sent what nobody should send: no fault of ours, no secret told.

A few seeded requests an address and role; `make fuzz` sends more (FUZZ says how many).
"""

import os
import random
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from learning.models import Intention
from tests.builders import make_import, make_letter, make_measure, make_session
from tests.northstar import walk, walked

ROUNDS = int(os.environ.get("FUZZ", "2"))
ROLES = ["anyone", "member", "contact", "other", "lead", "coord"]
NAMES = sorted({name for _, name, _ in walk.rows()})

# Each private word names its owner: who may read it.
SECRETS = {
    "hemligt-utkast-for-member": {"member", "contact", "coord"},
    "hemligt-steg-for-member": {"member", "contact"},
    "hemligt-brev-for-coord": {"coord"},
    "hemligt-svar-for-lead": {"lead", "coord"},
    "hemlig-lista-for-coord": {"coord"},
    "hemlig-traff-for-lead": {"lead", "coord"},
}

# The link is the key: whoever holds it is the member.
BY_LINK = {"survey"}

METHODS = ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]
VALUES = [
    "",
    "\0",
    "a\0b",
    "9" * 10_000,
    "9" * 30,
    "-1",
    "0",
    "1e9",
    "NaN",
    "Infinity",
    "-" + "9" * 400,
    "å\u0308\u202e\u200b",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "' OR 1=1 --",
    "<script>",
    "\r\nBcc: x@y.example",
    "0000-00-00",
    "99999-12-31T25:61",
    "٣",
]
FIELDS = [
    "page",
    "q",
    "search",
    "email",
    "code",
    "name",
    "title",
    "title_sv",
    "title_en",
    "starts_at",
    "ends_at",
    "venue",
    "capacity",
    "audience",
    "focus_area",
    "year",
    "status",
    "role",
    "organisation",
    "person",
    "people",
    "present",
    "chosen",
    "list",
    "file",
    "url",
    "reduction_t",
    "method",
    "next",
    "answer",
    "csrfmiddlewaretoken",
    "when_text",
    "then_text",
    "reason",
    "form-TOTAL_FORMS",
    "decision",
    "series",
    "from",
    "to",
    "sort",
    "kind",
    "language",
    "version",
    "seen",
    "confirm",
    "state",
    "text",
    "useful",
    "barrier",
    "who",
    "ending",
    "key",
]
HEADERS = [
    {},
    {"host": "evil.example"},
    {"host": "[::1"},
    {"host": "a\0b"},
    {"hx-request": "true"},
    {"hx-request": "true", "hx-current-url": "http://[broken"},
    {"referer": "http://[broken"},
    {"accept-language": "*;q=x,,;;" + "å" * 50},
    {"accept-language": "x" * 5000},
    {"range": "bytes=5-1"},
    {"if-modified-since": "yesterday"},
    {"if-none-match": "\0"},
    {"x-forwarded-for": "not an address, ::::"},
    {"accept-encoding": "gzip;q=nan"},
    {"cookie": 'sid="\\000\\000\\000\\000\\000\\000\\000\\000"; csrf=\xff; language="\\000"'},
    {"content-length": "-1"},
]
TYPES = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nonsense",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "text/plain; charset=latin-1",
    "nonsense",
    "",
]


@pytest.fixture(scope="module")
def world(module_db):
    world = walked.make_world()
    people = world["people"]
    make_measure(world["organisation"], "hemligt-utkast-for-member", published_at=None)
    Intention.objects.filter(pk=world["next_step"].pk).update(then_text="hemligt-steg-for-member")
    for person in (people["member"], people["coord"]):
        make_letter(person, subject="hemligt-brev-for-coord", text="hemligt-brev-for-coord\n")
    type(world["letter"]).objects.filter(pk=world["letter"].pk).update(
        text="hemligt-brev-for-coord\n"
    )
    type(world["session_letter"]).objects.filter(pk=world["session_letter"].pk).update(
        text="hemligt-svar-for-lead\n"
    )
    type(world["draft"]).objects.filter(pk=world["draft"].pk).update(
        title="hemligt-utkast-for-member"
    )
    text = "Organisation;E-post\nhemlig-lista-for-coord;info@granit.example\n"
    world["partner_import"] = make_import(people["coord"], text)
    make_session("hemlig-traff-for-lead", published_at=None)
    clients = {role: Client() for role in ROLES}
    for role, person in people.items():
        if person:
            clients[role].force_login(person)
    cookies = {role: client.cookies.output(header="", sep=";") for role, client in clients.items()}
    return world | {"cookies": cookies}


def address(dice, world, name):
    """The address of the thing itself, or of one that cannot be."""
    arguments = dict(walked.addresses(world).get(name, {}))
    if arguments and dice.random() < 0.25:
        odd = dice.choice(["9" * 30, "0", str(2**63), "å", "a\0b", "%", "x" * 3000])
        try:
            return reverse(name, kwargs=dict.fromkeys(arguments, odd))
        except NoReverseMatch:
            pass
    return reverse(name, kwargs=arguments)


def pairs(dice):
    """Fields with odd values, some of them twice."""
    return [(dice.choice(FIELDS), dice.choice(VALUES)) for _ in range(dice.randrange(8))]


def body(dice):
    """A form, in one of the ways in which forms arrive broken."""
    form = urlencode(pairs(dice), errors="surrogatepass")
    return dice.choice(
        [
            form.encode(),
            form.encode("utf-16"),
            b"title=\xe5\xe4\xf6&q=\xff\xfe&email=\xc3",
            b"q=%ff%fe%00&&&=&title=%",
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="\0"\r\n\r\n\0\n--x--',
            b"--x\r\nContent-Disposition: form-data; name=",
            b"",
        ]
    )


def query(dice):
    fixed = [
        "page=0",
        "page=-1",
        "page=1e9",
        "page=NaN",
        "q=%00",
        "page=" + "9" * 10_000,
        "%ff=%ff",
    ]
    return dice.choice([*fixed, urlencode(pairs(dice)), urlencode(pairs(dice)), ""])


def send(client, dice, where):
    kind = dice.choice(TYPES)
    method = dice.choice(["GET", "POST", "POST", dice.choice(METHODS)])
    sent = b"" if method in {"GET", "HEAD"} else body(dice)
    headers = dice.choice([{}, {}, dice.choice(HEADERS)])
    asked = query(dice)
    answer = client.generic(method, where, sent, kind, headers=headers, query_params=None,
                            QUERY_STRING=asked)  # fmt: skip
    told = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, told, (method, where[:200], asked[:300], kind, headers, sent[:300])


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_sent_breaks_a_page_or_opens_it(world, name, role):
    dice = random.Random(f"{name} {role} {ROUNDS}")
    for _ in range(ROUNDS):
        client = Client(raise_request_exception=False)
        client.cookies.load(world["cookies"][role])
        status, told, sent = send(client, dice, address(dice, world, name))
        assert status < 500 or name == "health_clock", sent
        for secret, readers in SECRETS.items():
            may = role in readers or (name in BY_LINK and "member" in readers)
            assert may or secret.encode() not in told, (secret, sent)


@pytest.mark.django_db
@pytest.mark.parametrize("headers", HEADERS, ids=str)
def test_no_header_breaks_a_page(world, headers):
    client = Client(raise_request_exception=False)
    client.cookies.load(world["cookies"]["coord"])
    assert client.get(reverse("profile"), headers=headers).status_code < 500


@pytest.mark.django_db
@pytest.mark.parametrize("secret", sorted(SECRETS))
def test_each_secret_is_somewhere_to_be_read(world, secret):
    """Or its absence would prove nothing."""
    role = sorted(SECRETS[secret])[0]
    role = "member" if "member" in secret else role
    client = Client()
    client.cookies.load(world["cookies"][role])
    told = ""
    for method, name, verdicts in walk.rows():
        if method == "GET" and verdicts[role] == "200":
            where = reverse(name, kwargs=walked.addresses(world).get(name, {}))
            answer = client.get(where)
            told += quote(b"".join(answer) if answer.streaming else answer.content)
    assert secret in told
