from typing import Any

from django.core.management.base import BaseCommand

from schools.services import load_reference_data


class Command(BaseCommand):
    """Loads the data that ship with the platform. To be called at every start: it is quick."""

    help = "Loads regions, schools, subjects, instruments and crops where they changed."

    def handle(self, *_args: Any, verbosity: int, **_options: Any) -> None:
        apps = load_reference_data()
        if verbosity:
            self.stdout.write(f"Loaded: {', '.join(apps) or 'nothing new'}.")
