"""The embedded database: made once, kept and repaired."""

import shutil

import psycopg
import pytest

from northstar.servers import postgres


@pytest.fixture
def data(tmp_path):
    # pytest's folders are private: run by root, the data lie where "nobody" gets at them.
    folder = tmp_path / "postgres"
    place = postgres.PostgreSQL(folder, {})
    yield folder
    if place.data.parent != tmp_path:
        shutil.rmtree(place.data.parent, ignore_errors=True)
    place.stop()


def start(data, said=None):
    server = postgres.PostgreSQL(data, {"fsync": "off"}, (said if said is not None else []).append)
    server.start()
    return server


def write_row(server):
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")


def read_row(server):
    with psycopg.connect(server.url()) as connection:
        return connection.execute("SELECT n FROM kept").fetchone()[0]


def test_data_are_kept_and_a_half_made_folder_is_made_again(data):
    said = []
    server = start(data, said)
    half = server.data.with_name("postgres.new")
    write_row(server)
    server.stop()
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    server = start(data, said)
    assert (read_row(server), said) == (7, [])
    server.stop()

    # The first start was interrupted while the folder was being made: there is only the half.
    server.forget()
    server = start(data, said)
    server.stop()
    assert len(said) == 1
    assert "made again" in said[0]
    server.forget()


def test_the_port_of_another_server_in_the_environment_means_nothing(data, monkeypatch):
    monkeypatch.setenv("PGPORT", "6543")
    server = start(data)
    write_row(server)
    assert read_row(server) == 7
    server.stop()
    server.forget()


def test_a_server_that_does_not_answer_is_not_left_running(data, monkeypatch):
    tried = []

    def silence(server):
        tried.append(server.process)
        raise postgres.EmbeddedServerError("PostgreSQL did not answer.")

    monkeypatch.setattr(postgres.PostgreSQL, "_wait", silence)
    with pytest.raises(postgres.EmbeddedServerError):
        start(data)
    assert len(tried) == 2
    assert all(process.poll() is not None for process in tried)


def test_a_folder_that_cannot_be_used_is_set_aside_and_not_deleted(data):
    said = []
    server = start(data)
    write_row(server)
    server.stop()
    (server.data / "global" / "pg_control").write_bytes(b"nonsense")

    server = start(data, said)

    aside = [path for path in server.data.parent.iterdir() if "set-aside" in path.name]
    assert server.is_running()
    assert len(aside) == 1
    assert (aside[0] / "PG_VERSION").exists()
    assert "nothing is deleted" in said[0]
    server.stop()


def test_a_server_left_behind_is_ended_and_its_data_are_whole(data):
    said = []
    left_behind = start(data)
    write_row(left_behind)

    server = start(data, said)

    assert read_row(server) == 7
    assert "left running" in said[0]
    server.stop()
    left_behind.stop()
    server.forget()
