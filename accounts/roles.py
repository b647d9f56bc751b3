from django.db import models
from django.utils.translation import gettext_lazy as _


class Duty(models.TextChoices):
    """What the Dinas appoints people to; roles inside a group are in groups/roles.py."""

    SUPERVISOR = "supervisor", _("Pengawas")
    PRINCIPAL = "principal", _("Kepala sekolah")
    DISTRICT_OFFICER = "district_officer", _("Dinas Pendidikan")
