from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.urls import reverse

from accounts.services import invite_first_admin


class Command(BaseCommand):
    """Prints the link by which the first admin of an empty platform sets name and password."""

    help = "Prints a link for the first admin. It works once, for 24 hours."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            token = invite_first_admin()
        except ValidationError:
            self.stdout.write("There is an admin already; nobody was invited.")
            return
        link = settings.SITE_URL + reverse("first-admin", args=[token])
        self.stdout.write(
            f"The first admin sets name and password here, once, within 24 hours:\n{link}"
        )
