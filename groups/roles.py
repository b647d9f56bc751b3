from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Roles inside a group. Everyone in a group holds MEMBER; the others come beside it."""

    MEMBER = "member", _("Anggota")
    CHAIR = "chair", _("Ketua")
    SECRETARY = "secretary", _("Sekretaris")
    TREASURER = "treasurer", _("Bendahara")
    CORE_TEACHER = "core_teacher", _("Guru inti")
    INSTRUCTOR = "instructor", _("Instruktur")


BOARD = frozenset({Role.CHAIR, Role.SECRETARY, Role.TREASURER})
GUIDES = frozenset({Role.CORE_TEACHER, Role.INSTRUCTOR})
