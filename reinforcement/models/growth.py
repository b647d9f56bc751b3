from __future__ import annotations

import secrets
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reinforcement import rules


class GrowthLinkQuerySet(models.QuerySet["GrowthLink"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_growth_links(user))

    def open(self) -> Self:
        """Neither revoked nor past its last day."""
        return self.filter(revoked_at=None, last_day__gte=timezone.localdate())


def new_growth_token() -> str:
    """Enough chance that nobody guesses the address of a growth page."""
    return secrets.token_urlsafe(24)


class GrowthLink(models.Model):
    """A teacher lets whoever has the address read her growth page, until a day or until revoked."""

    teacher = models.ForeignKey(User, models.CASCADE, related_name="growth_links")
    # For whom it is meant, in her words: she tells her links apart by it.
    reader = models.CharField(_("untuk siapa"), max_length=120)
    token = models.CharField(max_length=48, unique=True, default=new_growth_token, editable=False)
    last_day = models.DateField(_("berlaku sampai"))
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = GrowthLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tautan pertumbuhan")
        verbose_name_plural = _("tautan pertumbuhan")
        indexes = [models.Index(fields=["teacher", "-made_at"], name="growth_link_of_teacher")]

    def __str__(self) -> str:
        return self.reader

    def get_absolute_url(self) -> str:
        return reverse("shared-growth", args=[self.token])

    @property
    def is_open(self) -> bool:
        """Neither revoked nor past its last day, and its teacher still has an account."""
        return (
            self.teacher.is_active
            and self.revoked_at is None
            and self.last_day >= timezone.localdate()
        )
