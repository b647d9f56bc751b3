from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from demo.cast import PASSWORD, SIGN_INS
from demo.district import load


class Command(BaseCommand):
    """Load the demo district into an empty database, and say who can sign in."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only-if-empty", action="store_true", help="leave a database that has people alone"
        )

    def handle(self, *args: object, only_if_empty: bool = False, **options: object) -> None:
        if not load() and not only_if_empty:
            raise CommandError("There are people in this database. The demo needs an empty one.")
        if User.objects.filter(username__in=SIGN_INS).exists():
            self.stdout.write(f"Demo, kata sandi semua: {PASSWORD}")
            for username, who in SIGN_INS.items():
                self.stdout.write(f"  {username:<10}{who}")
