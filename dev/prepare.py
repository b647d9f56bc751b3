"""What must be done to the data before the platform starts: python -m dev.prepare [--empty].

One process does it all, since each start of Django costs a second.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import django
from dj_database_url import ParseError, UnknownSchemeError
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import OperationalError, connection


def main(arguments: list[str]) -> int:
    """Migrate, collect static files, and see that somebody can sign in."""
    try:
        django.setup()
        connection.ensure_connection()
    except (ParseError, UnknownSchemeError, ImproperlyConfigured, OperationalError) as error:
        reason = " ".join(str(error).split())
        what = "DATABASE_URL" if os.environ.get("DATABASE_URL") else "the settings"
        print(f"./run: cannot use {what}: {reason}", file=sys.stderr)
        return 1
    call_command("migrate", verbosity=0)
    _collect_static_files()
    call_command("load_reference_data", verbosity=0)
    # What is older than the search is found by it from now on; mostly there is nothing.
    call_command("index_posts", stdout=StringIO())
    call_command("index_cards", stdout=StringIO())
    _let_somebody_in(is_empty="--empty" in arguments)
    return 0


def _let_somebody_in(*, is_empty: bool) -> None:
    """Load the demo district into a new database; or with none, invite an administrator."""
    if not is_empty:
        call_command("load_demo", only_if_empty=True)
    elif not get_user_model()._default_manager.exists():
        call_command("invite_admin")


def _collect_static_files() -> None:
    """Collect only when a file changed: hashing and compressing all of them takes a while."""
    seal = Path(settings.STATIC_ROOT) / ".sources"
    state = hashlib.sha256("\n".join(_static_files()).encode()).hexdigest()
    if not seal.exists() or seal.read_text() != state:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        seal.write_text(state)


def _static_files() -> Iterator[str]:
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 -- needs settings

    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            yield f"{name} {status.st_size} {status.st_mtime_ns}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
