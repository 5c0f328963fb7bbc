import subprocess
from pathlib import Path

import pytest

from tools.image_test import __main__ as whole
from tools.image_test import compose, lab
from tools.image_test.walk import code_in

PLACE = compose.Place("there", Path("/repo"))


@pytest.mark.parametrize(
    ("line", "filled"),
    [
        ("a: ${GIVEN}", "a: yes"),
        ("a: ${GIVEN:-other}", "a: yes"),
        ("a: ${ABSENT:-other}", "a: other"),
        ("a: ${ABSENT:-x://${GIVEN:?needed}@db/${GIVEN}}", "a: x://yes@db/yes"),
        ("a: ${ABSENT}", "a: "),
    ],
)
def test_variables_are_filled_in_as_compose_does(line, filled):
    assert compose._filled(line, {"GIVEN": "yes"}) == filled


def test_a_variable_that_must_be_there_is_asked_for():
    with pytest.raises(ValueError, match="ABSENT is missing: a key"):
        compose._filled("a: ${ABSENT:?a key}", {})


def test_a_service_keeps_its_guards():
    says = {
        "image": "northstar",
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
        "user": "101:101",
        "tmpfs": ["/tmp:size=5m"],
        "env_file": ".env",
        "environment": {"A": "b"},
        "volumes": ["media:/media", "./proxy/pages:/pages:ro"],
        "ports": ["443:8443"],
        "command": ["go", "there"],
    }
    words = " ".join(compose.words("web", says, PLACE))
    for part in (
        "--name there-web --network there --network-alias web",
        "--read-only --cap-drop=all --security-opt=no-new-privileges --user=101:101",
        "--tmpfs /tmp:size=5m --env-file /repo/.env --env A=b",
        "--volume there-media:/media --volume /repo/proxy/pages:/pages:ro",
        "--publish 443:8443 localhost/northstar:latest go there",
    ):
        assert part in words


def test_health_is_the_services_own_or_that_of_its_image():
    dockerfile = 'HEALTHCHECK --retries=3 \\\n  CMD ["python", "-m", "probe"]\nCMD ["web"]'
    assert compose.health({}, dockerfile) == ["python", "-m", "probe"]
    assert compose.health({"healthcheck": {"test": ["CMD", "ping"]}}, dockerfile) == ["ping"]
    assert compose.health({"healthcheck": {"disable": True}}, dockerfile) == []


@pytest.mark.parametrize(("length", "seconds"), [("40s", 40), ("1m", 60)])
def test_a_service_is_given_as_long_to_stop_as_compose_says(length, seconds):
    assert compose.seconds(length) == seconds


@pytest.mark.parametrize(
    ("marker", "first"),
    [
        ("pg_dump", "pg_dump"),
        ("pg_restore", "pg_restore"),
        ("tar -C /media -cf", "tar"),
        ("tar -C /media -xf", "tar"),
    ],
)
def test_the_drill_uses_the_commands_of_the_document(marker, first):
    words = whole.documented(marker)
    assert words[0] == first
    assert not {"<", ">", "--user"} & set(words)


@pytest.mark.parametrize("code", ["ABCD-2345", "ABCD 2345", "1234-5678"])
def test_the_code_is_found_in_its_letter(code):
    assert code_in(f"Din kod är\n\n{code}\n\nHälsningar") == code


def test_a_letter_without_a_code_is_no_login():
    with pytest.raises(AssertionError, match="no code"):
        code_in("Hej")


def test_a_machine_without_images_says_why_in_the_last_line(monkeypatch, capsys):
    def refused(*words, **more):
        raise subprocess.CalledProcessError(1, "apt-get", stderr="first\nno network\n")

    monkeypatch.setattr(lab, "_install", refused)
    assert whole.main() == 0
    assert capsys.readouterr().out.splitlines()[-1] == "image not tested: no network"


def test_a_container_that_does_not_come_up_fails(monkeypatch):
    def broken(folder, sink):
        raise AssertionError("web does not come up")

    monkeypatch.setattr(lab, "set_up", lambda images: None)
    monkeypatch.setattr(lab, "build", lambda *words: None)
    monkeypatch.setattr(whole, "try_it", broken)
    monkeypatch.setattr(whole, "SMTP", 0)
    monkeypatch.setattr(whole, "Controller", lambda *words, **more: Quiet())
    with pytest.raises(AssertionError, match="does not come up"):
        whole.main()


class Quiet:
    def start(self):
        pass

    stop = start
