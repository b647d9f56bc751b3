from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications import rules
from sessions.models import ModelSession, Series


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_notices(user))

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def leading_to(self, path: str) -> Self:
        """Those about the page with this path, or a place on it."""
        return self.filter(Q(url=path) | Q(url__startswith=f"{path}#"))


class Notice(models.Model):
    """One thing that one person should know, in the person's language. `url` is a path."""

    class Kind(models.TextChoices):
        INVITED = "invited", _("Undangan")
        CHANGED = "changed", _("Perubahan sesi")
        SOON = "soon", _("Sesi besok")
        OWED = "owed", _("Tugas menunggu")
        FEEDBACK = "feedback", _("Umpan balik")
        PAIR = "pair", _("Berpasangan")
        GROUP = "group", _("Kelompok")
        SHARING = "sharing", _("Berbagi")

    # The letter of the stage that a kind belongs to; GROUP and OWED belong to none.
    STAGES = {
        Kind.INVITED: "m",
        Kind.CHANGED: "m",
        Kind.SOON: "m",
        Kind.FEEDBACK: "r",
        Kind.PAIR: "t",
        Kind.SHARING: "s",
    }

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=200)
    # What it is about, so that its letter carries an entry for the calendar.
    session = models.ForeignKey(
        ModelSession, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    series = models.ForeignKey(Series, models.SET_NULL, null=True, editable=False, related_name="+")
    # What is told only once while that is unread, e.g. “comment”; empty for what is told each time.
    told_once = models.CharField(max_length=20, blank=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemberitahuan")
        verbose_name_plural = _("pemberitahuan")
        indexes = [models.Index(fields=["recipient", "-id"], name="notice_newest_first")]

    def __str__(self) -> str:
        return self.text

    @property
    def stage(self) -> str:
        return self.STAGES.get(Notice.Kind(self.kind), "")


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, now: datetime) -> Self:
        """Letters not sent yet whose time has come, oldest first."""
        return self.filter(sent_at=None, given_up_at=None, retry_at__lte=now).order_by("pk")

    def claim(self, letter: Letter, now: datetime) -> bool:
        """Take one letter for the next minutes. False means that another worker has it."""
        taken = self.filter(pk=letter.pk, sent_at=None, retry_at=letter.retry_at)
        return taken.update(retry_at=now + timedelta(minutes=5)) == 1


class Letter(models.Model):
    """A notice on its way by e-mail: sent at least once, tried again when the server fails."""

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="letter")
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("surel")
        verbose_name_plural = _("surel")
        indexes = [
            models.Index(
                fields=["retry_at"],
                name="letter_due",
                condition=Q(sent_at=None, given_up_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice}"
