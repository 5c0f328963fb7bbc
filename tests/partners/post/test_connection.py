"""The conversation with the mail server ends, whatever the server says last."""

import smtplib
import time

from partners.post import connection


class Line:
    """What is left of a connection whose other side says *last*."""

    def __init__(self, last):
        self.last, self.closed = last, False

    def quit(self):
        self.last()

    def close(self):
        self.closed = True


def nonsense():
    raise smtplib.SMTPResponseException(500, "line too long")


def end(last):
    line = Line(last)
    talk = connection.Connection()
    talk.connection = line
    talk.close()
    return talk, line


def test_nonsense_at_the_goodbye_is_no_error():
    talk, line = end(nonsense)
    assert (talk.connection, line.closed) == (None, True)


def test_a_goodbye_that_never_ends_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(connection, "GOODBYE_S", 0.1)
    began = time.monotonic()
    talk, line = end(lambda: time.sleep(3))
    assert time.monotonic() - began < 2
    assert (talk.connection, line.closed) == (None, True)
