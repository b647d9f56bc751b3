from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions import rules

if TYPE_CHECKING:
    pass


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_minutes(user)).fetch_mode(models.FETCH_PEERS)


class Minutes(models.Model):
    """The minutes (notula) of a session. One person writes at a time; another may take over."""

    session = models.OneToOneField("ModelSession", models.CASCADE, related_name="minutes")
    proceedings = models.TextField(_("jalannya"), max_length=20_000, blank=True)
    closing = models.TextField(_("penutup"), max_length=2000, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    writer = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    # The writer keeps the pen until then; each save keeps it longer.
    held_until = models.DateTimeField(null=True, editable=False)
    # The page that wrote last, by a mark of its own: after a lost answer it may write on.
    pen = models.UUIDField(null=True, editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("notula")
        verbose_name_plural = _("notula")

    def __str__(self) -> str:
        return f"{self.session}"

    def is_held_by_another(self, user: User, now: datetime) -> bool:
        """Whether somebody else is writing at this moment."""
        is_held = self.held_until is not None and self.held_until > now
        return is_held and self.writer_id not in {None, user.pk}


class MinutesRevisionQuerySet(models.QuerySet["MinutesRevision"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_minutes_revisions(user)).fetch_mode(models.FETCH_PEERS)


class MinutesRevision(models.Model):
    """What one writer wrote, kept when another took over, so that no words are lost.

    A stray one reached us after somebody else had written on: it waits to be put in by hand.
    """

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="revisions")
    proceedings = models.TextField(max_length=20_000, blank=True)
    closing = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
    is_stray = models.BooleanField(default=False, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = MinutesRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versi notula")
        verbose_name_plural = _("versi notula")

    def __str__(self) -> str:
        return f"{self.minutes} ({self.by})"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_decisions(user)).fetch_mode(models.FETCH_PEERS)


class Decision(models.Model):
    """What a session decided: what, by whom, until when."""

    session = models.ForeignKey("ModelSession", models.CASCADE, related_name="decisions")
    text = models.CharField(_("keputusan"), max_length=300)
    responsible = models.CharField(_("penanggung jawab"), max_length=120, blank=True)
    due_on = models.DateField(_("paling lambat"), null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("keputusan")
        verbose_name_plural = _("keputusan")

    def __str__(self) -> str:
        return self.text


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_questions(user)).fetch_mode(models.FETCH_PEERS)


class Question(models.Model):
    """A question asked during a session, for whoever leads to take up."""

    session = models.ForeignKey("ModelSession", models.CASCADE, related_name="questions")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.CharField(_("pertanyaan"), max_length=500)
    at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pertanyaan")
        verbose_name_plural = _("pertanyaan")

    def __str__(self) -> str:
        return self.text
