from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sessions import rules

if TYPE_CHECKING:
    pass


class LessonPlanQuerySet(models.QuerySet["LessonPlan"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_lesson_plans(user)).fetch_mode(models.FETCH_PEERS)


class LessonPlan(models.Model):
    """One version of the lesson plan (modul ajar) of an open lesson. A version never changes."""

    session = models.ForeignKey("ModelSession", models.CASCADE, related_name="lesson_plans")
    number = models.PositiveSmallIntegerField(_("versi"), editable=False)
    file = models.FileField(_("berkas"), upload_to="lesson-plans/%Y/%m/", max_length=200)
    name = models.CharField(max_length=120, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(editable=False)
    change = models.CharField(_("apa yang berubah"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = LessonPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("modul ajar")
        verbose_name_plural = _("modul ajar")
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="one_plan_per_version"),
        ]

    def __str__(self) -> str:
        return gettext("Versi %(number)s") % {"number": self.number}


class PlanCommentQuerySet(models.QuerySet["PlanComment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_plan_comments(user)).fetch_mode(models.FETCH_PEERS)


class PlanComment(models.Model):
    """What a colleague says about one version of a lesson plan before the lesson."""

    plan = models.ForeignKey(LessonPlan, models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    body = models.TextField(_("komentar"), max_length=2000)
    at = models.DateTimeField(auto_now_add=True)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = PlanCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("komentar modul ajar")
        verbose_name_plural = _("komentar modul ajar")

    def __str__(self) -> str:
        return self.body[:60]
