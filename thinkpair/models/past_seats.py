"""Seats that people left: what was said until then stays theirs to read."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from thinkpair import rules
from thinkpair.models.pairs import Pair


class PastSeatQuerySet(models.QuerySet["PastSeat"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_past_seats(user)).fetch_mode(models.FETCH_PEERS)


class PastSeat(models.Model):
    """That a person sat in a pair and left it, or the pair was parted.

    The person goes on reading the talk up to the message `up_to`, and nothing that is said later.
    """

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="past_seats")
    person = models.ForeignKey(User, models.PROTECT, related_name="past_seats")
    # The id of the newest message when the person left; the talk from before, 0 when it was empty.
    up_to = models.PositiveBigIntegerField(default=0)
    left_at = models.DateTimeField()

    objects = PastSeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("tempat yang ditinggalkan")
        verbose_name_plural = _("tempat yang ditinggalkan")
        constraints = [
            models.UniqueConstraint(fields=["pair", "person"], name="one_past_seat_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"
