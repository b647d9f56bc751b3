from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reinforcement import rules
from sessions.models import ModelSession


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_follow_ups(user)).fetch_mode(models.FETCH_PEERS)

    def open(self) -> Self:
        return self.filter(state=FollowUp.State.OPEN)

    def newest_first(self) -> Self:
        """Those that run, then those that ended, the last one first."""
        return self.order_by(models.F("settled_at").desc(nulls_first=True), "-pk")

    def with_session(self) -> Self:
        return self.select_related("session__teacher", "session__group")


class FollowUp(models.Model):
    """The one change that the guru model commits to after a session (RTL), with its date.

    It ends as done, as dropped, or as changed: then another one of the session follows it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Berjalan")
        DONE = "done", _("Selesai")
        CHANGED = "changed", _("Diganti")
        DROPPED = "dropped", _("Dihentikan")

    session = models.ForeignKey(ModelSession, models.PROTECT, related_name="follow_ups")
    # The one that this one took the place of.
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="successor"
    )
    commitment = models.TextField(_("yang akan saya lakukan"), max_length=1000)
    support = models.CharField(_("dukungan yang saya perlukan"), max_length=500, blank=True)
    evidence = models.CharField(_("bukti bahwa berhasil"), max_length=500, blank=True)
    due_on = models.DateField(_("paling lambat"))
    promised_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=7, choices=State, default=State.OPEN, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    # Parts D and E of the talk: what she tried, and what came of it.
    effort = models.TextField(_("yang saya coba"), max_length=1000, blank=True)
    result = models.TextField(_("hasilnya"), max_length=1000, blank=True)
    # Why it was changed or dropped.
    reason = models.CharField(_("alasan"), max_length=500, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("tindak lanjut")
        verbose_name_plural = _("tindak lanjut")
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=models.Q(state="open"),
                name="one_open_follow_up_per_session",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", settled_at=None)
                | ~models.Q(state="open") & models.Q(settled_at__isnull=False),
                name="settled_follow_ups_say_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="follow_up_open",
                condition=models.Q(state="open"),
            ),
        ]

    def __str__(self) -> str:
        return self.commitment[:60]

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
