import logging

import pytest

from northstar.logs import OneLine, mask
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


def test_the_web_server_logs_with_the_mask(settings):
    for name in ("Dockerfile", "northstar/demo/supervisor.py", "docs/operations.md"):
        assert "northstar.logs.AccessLog" in (settings.BASE_DIR / name).read_text()
