"""Problems that a group thinks about, and what each thinks alone."""

from __future__ import annotations

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import Cycle, Group
from thinkpair import rules


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_threads(user)).fetch_mode(models.FETCH_PEERS)

    def unfinished(self) -> Self:
        return self.exclude(phase=Thread.Phase.CLOSED)

    def with_own_part(self, user: User) -> Self:
        """Say of each thread whether this person wrote a thought."""
        own = Thought.objects.filter(thread=OuterRef("pk"), author=user)
        return self.annotate(has_own_thought=Exists(own))


class Thread(models.Model):
    """One problem that a group thinks about alone, then in pairs, then shares answers to."""

    class Phase(models.TextChoices):
        THINK = "think", _("Berpikir")
        PAIR = "pair", _("Berpasangan")
        CLOSED = "closed", _("Selesai")

    group = models.ForeignKey(Group, models.PROTECT, related_name="threads")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="threads")
    author = models.ForeignKey(User, models.PROTECT, related_name="threads")
    title = models.CharField(_("masalah dalam satu kalimat"), max_length=150)
    problem = models.TextField(_("apa yang terjadi, apa yang sudah dicoba"), max_length=4000)
    think_until = models.DateField(_("berpikir sampai"))
    pair_until = models.DateField(_("berpasangan sampai"))
    phase = models.CharField(max_length=6, choices=Phase, default=Phase.THINK, editable=False)
    opened_at = models.DateTimeField(auto_now_add=True)
    paired_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    conclusion = models.TextField(_("yang kita simpulkan"), max_length=2000, blank=True)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    # Set by `with_own_part`.
    has_own_thought: bool

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("diskusi berpasangan")
        verbose_name_plural = _("diskusi berpasangan")
        constraints = [
            models.CheckConstraint(
                condition=Q(pair_until__gte=models.F("think_until")),
                name="pairing_ends_after_thinking",
                violation_error_message=_("Batas berpasangan tidak boleh sebelum batas berpikir."),
            ),
        ]
        indexes = [models.Index(fields=["group", "-id"], name="thread_newest_in_group")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("thread", args=[self.pk])

    def thoughts_of_members(self) -> models.QuerySet[Thought]:
        """The thoughts of those who are still in the group: they are paired."""
        members = self.group.memberships.current().values("user")
        return self.thoughts.filter(author__in=members)


class ThoughtQuerySet(models.QuerySet["Thought"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_thoughts(user)).fetch_mode(models.FETCH_PEERS)


class Thought(models.Model):
    """One member's own answer, private until the pair phase opens, then for the pair."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="thoughts")
    author = models.ForeignKey(User, models.PROTECT, related_name="thoughts")
    text = models.TextField(_("jawaban saya"), max_length=4000)
    # Set when the pair phase opens: from then on the pair reads it.
    pair = models.ForeignKey(
        "thinkpair.Pair", models.SET_NULL, null=True, editable=False, related_name="thoughts"
    )
    written_at = models.DateTimeField(auto_now=True)

    objects = ThoughtQuerySet.as_manager()

    class Meta:
        verbose_name = _("jawaban sendiri")
        verbose_name_plural = _("jawaban sendiri")
        constraints = [
            models.UniqueConstraint(fields=["thread", "author"], name="one_thought_per_author"),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.thread}"
