import io
import logging
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from gunicorn.config import Config

from northstar.logs import AccessLog, OneLine, mask
from partners.post import tokens


@pytest.mark.parametrize("ending", ["/", "", '/?next=x" 200', "/ HTTP/1.1"])
def test_the_token_of_a_mailed_link_is_not_written_down(ending):
    token, _ = tokens.new()
    assert token not in mask(f"GET /enkat/{token}{ending}")
    assert mask(f"GET /enkat/{token}{ending}") == f"GET /enkat/…{ending}"


def test_other_addresses_are_left_alone():
    path = "GET /partner/fjallraven-i-norrs-bygg-och-andra-langa-namn/ 200 /traffar/12/"
    short = "GET /partner/fjallraven-i-norrs-bygg/ 200"
    assert mask(short) == short
    assert "/traffar/12/" in mask(path)


def test_a_line_stays_one_line_and_keeps_no_token():
    token, _ = tokens.new()
    record = logging.LogRecord(
        "x", logging.WARNING, "", 0, "Not Found: %s", (f"/enkat/{token}/\nBcc: a@b.example",), None
    )
    line = OneLine("%(message)s").format(record)
    assert "\n" not in line
    assert token not in line


def test_the_web_server_logs_with_the_mask_and_the_number_of_the_request(settings):
    for name in ("Dockerfile", "northstar/demo/supervisor.py", "docs/operations.md"):
        text = (settings.BASE_DIR / name).read_text()
        assert "northstar.logs.AccessLog" in text
        assert re.search(r"access-logformat=.*request=%\(\{x-request-id\}o\)s", text), name


def test_a_line_outside_of_requests_has_no_number():
    record = logging.LogRecord("x", logging.INFO, "", 0, "Swept", (), None)
    assert OneLine("%(message)s").format(record) == "Swept"


@pytest.mark.django_db
def test_what_failed_is_tied_to_its_access_line(client, monkeypatch):
    """By a number of ours, whatever number the request came with."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(OneLine("%(message)s"))
    logging.getLogger("django.request").addHandler(handler)
    monkeypatch.setattr("northstar.pages.home.render", lambda *args: 1 / 0)
    client.raise_request_exception = False
    try:
        answers = [client.get("/", headers={"X-Request-ID": "mine"}) for _time in range(2)]
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    numbers = [answer["X-Request-ID"] for answer in answers]
    lines = [line for line in said.getvalue().splitlines() if line.startswith("Internal")]
    assert [answer.status_code for answer in answers] == [500, 500]
    assert len({*numbers, "mine"}) == 3
    assert lines == [f"Internal Server Error: / request={number}" for number in numbers]

    environ = RequestFactory().get("/").environ | {"RAW_URI": "/"}
    web = SimpleNamespace(status="500", sent=0, headers=answers[0].items())
    asked = SimpleNamespace(headers=[])
    parts = AccessLog(Config()).atoms(web, asked, environ, timedelta())
    assert parts["{x-request-id}o"] == numbers[0]


@pytest.mark.django_db
def test_a_refused_form_is_no_warning_and_a_missing_page_still_is(as_, lo, caplog):
    page = as_(lo)
    with caplog.at_level(logging.INFO):
        assert page.post("/traffar/ny/").status_code == 422
        assert page.get("/traffar/999999/").status_code == 404
    told = [record.getMessage() for record in caplog.records if record.name == "django.request"]
    assert told == ["Not Found: /traffar/999999/"]
