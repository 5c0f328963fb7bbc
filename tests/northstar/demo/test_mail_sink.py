"""The mail server of the demo: files what it is given and sends nothing on."""

import smtplib

from northstar.demo import mail_sink
from northstar.servers.broker import free_port


def test_a_letter_becomes_a_file_as_it_was_sent_and_is_named(tmp_path):
    said = []
    port = free_port()
    controller = mail_sink.start(tmp_path / "mail", said.append, port)
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=5) as server:
            for number in (1, 2):
                server.sendmail("a@x.example", ["b@x.example"], f"Subject: Nr {number}\r\n\r\nHej")
    finally:
        controller.stop()
    files = sorted((tmp_path / "mail").iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    assert [b"Nr 1" in path.read_bytes() for path in files] == [True, False]
    assert said == ["b@x.example: Nr 1", "b@x.example: Nr 2"]
