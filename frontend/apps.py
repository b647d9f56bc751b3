from django.apps import AppConfig
from django.db.models import fields
from django.utils.translation import gettext_lazy as _


class FrontendConfig(AppConfig):
    name = "frontend"

    def ready(self) -> None:
        """Word the empty choice of a list; Django's own words have no Indonesian translation."""
        fields.BLANK_CHOICE_LABEL = _("Pilih satu")
