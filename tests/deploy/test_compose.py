"""What docker-compose.yml, .env.example, the Dockerfile and the settings say of each other."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = (ROOT / "docker-compose.yml").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
SETTINGS = (ROOT / "mgmp/settings.py").read_text()
READ_BY_SETTINGS = set(re.findall(r'environ(?:\.get\(|\[)"(\w+)"', SETTINGS))
if "dj_database_url.config(" in SETTINGS:
    READ_BY_SETTINGS.add("DATABASE_URL")
# Offered in .env.example, some of them commented out.
EXAMPLE = (ROOT / ".env.example").read_text()
OFFERED = dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
READ_BY_POSTGRES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
OPTIONAL_SECRETS = {"JITSI_SECRET", "BBB_SECRET"}
SECRET = re.compile("SECRET|PASSWORD|TOKEN|EMAIL_URL")
# ${NAME} or ${NAME:?}, or the start of ${NAME:-default}.
REFERENCE = re.compile(r"(?<!\$)\$\{(\w+)(:\?\}|:-|\})")


def test_services_are_the_whole_platform():
    assert set(SERVICES) == {
        *("migrate", "web", "events", "worker", "beat"),
        *("postgres", "redis", "caddy"),
    }


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_a_healthcheck(name: str):
    assert SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", SERVICES)
def test_every_variable_a_service_gets_is_read(name: str):
    known = READ_BY_POSTGRES if name == "postgres" else READ_BY_SETTINGS

    assert set(SERVICES[name].get("environment", {})) <= known


def test_every_variable_can_be_set_in_the_example():
    used = {name for name, _ in REFERENCE.findall(COMPOSE)}

    assert used <= set(OFFERED)
    assert set(SERVICES["web"]["environment"]) <= set(OFFERED)
    assert set(OFFERED) >= READ_BY_SETTINGS


def test_no_secret_has_a_default():
    secrets = [(name, how) for name, how in REFERENCE.findall(COMPOSE) if SECRET.search(name)]

    assert dict(secrets) == {
        **dict.fromkeys(("SECRET_KEY", "POSTGRES_PASSWORD", "EMAIL_URL"), ":?}"),
        **dict.fromkeys(OPTIONAL_SECRETS, ":-"),
    }
    assert all(f"${{{name}:-}}" in COMPOSE for name in OPTIONAL_SECRETS)
    assert {OFFERED[name] for name, _ in secrets} == {""}


def test_no_secret_is_written_out():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if SECRET.search(name):
                assert value.startswith("${")


def test_image_serves_with_few_blocking_threads():
    command = re.search(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert command
    words = json.loads(command[1])

    assert words[words.index("--interface") + 1] == "wsgi"
    assert 1 <= int(words[words.index("--blocking-threads") + 1]) <= 4


def test_event_channel_is_one_process_that_the_proxy_reaches():
    command = SERVICES["events"]["command"]
    caddy = (ROOT / "Caddyfile").read_text()

    assert command[command.index("--interface") + 1] == "asgi"
    assert command[command.index("--workers") + 1] == "1"
    port = command[command.index("--port") + 1]
    assert f"reverse_proxy events:{port}" in caddy
    assert "flush_interval -1" in caddy


@pytest.mark.parametrize(
    ("length", "is_much"),
    [
        *((0, False), (9_999_999, False), (settings.MOST_TO_TAKE, False), (55_999_999, False)),
        *((56_000_000, True), (64_000_000, True), (99_999_999, True), (100_000_000, True)),
        *((1_000_000_000, True),),
    ],
)
def test_proxy_answers_by_itself_what_no_form_takes(length: int, is_much: bool):
    caddy = (ROOT / "Caddyfile").read_text()

    [much] = re.findall(r"@much header_regexp Content-Length (\S+)", caddy)
    assert bool(re.search(much, str(length))) is is_much


@pytest.mark.parametrize(("site", "proxies"), [("https://a.example.id", "1"), ("http://a", "0")])
def test_attempts_are_counted_by_the_address_before_the_proxy(site: str, proxies: str):
    asked = "import mgmp.settings as s; print(s.ALLAUTH_TRUSTED_PROXY_COUNT)"

    answer = subprocess.run(  # noqa: S603 -- it is our own settings
        [sys.executable, "-c", asked],
        env={"SITE_URL": site, "SECRET_KEY": "x"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.strip() == proxies


def test_image_does_not_run_as_root():
    dockerfile = (ROOT / "Dockerfile").read_text()

    assert re.findall(r"^USER (.*)$", dockerfile, re.MULTILINE) == ["mgmp"]
    assert "HEALTHCHECK" in dockerfile
