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
from reinforcement.models import FollowUp
from schools.models import Subject
from sessions.models import ModelSession, Participation
from sharing.models import Post, Topic
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
        # Pairs are proposed; the board may lock and swap them before their rooms open.
        ARRANGE = "arrange", _("Menyusun pasangan")
        PAIR = "pair", _("Berpasangan")
        SHARE = "share", _("Berbagi hasil")
        CLOSED = "closed", _("Selesai")

    class Scope(models.TextChoices):
        GROUP = "group", _("Semua anggota kelompok")
        SESSION = "session", _("Yang hadir di sebuah sesi")

    class Matching(models.TextChoices):
        COMPLEMENT = "complement", _("Saling melengkapi: yang sudah bisa dengan yang masih mencari")
        SIMILAR = "similar", _("Senasib: yang masalahnya mirip")

    group = models.ForeignKey(Group, models.PROTECT, related_name="threads")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="threads")
    author = models.ForeignKey(User, models.PROTECT, related_name="threads")
    title = models.CharField(_("masalah dalam satu kalimat"), max_length=150)
    problem = models.TextField(_("apa yang terjadi, apa yang sudah dicoba"), max_length=4000)
    prompt = models.CharField(_("pertanyaan untuk dipikirkan"), max_length=300, blank=True)
    # Where the problem came from, when it was picked and not written anew.
    source_post = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, editable=False, related_name="threads"
    )
    source_follow_up = models.ForeignKey(
        FollowUp, models.SET_NULL, null=True, blank=True, editable=False, related_name="threads"
    )
    source_card = models.ForeignKey(
        "thinkpair.Card", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="threads",
        verbose_name=_("mata pelajaran"),
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="threads")
    scope = models.CharField(_("siapa yang ikut"), max_length=7, choices=Scope, default=Scope.GROUP)
    session = models.ForeignKey(
        ModelSession,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="threads",
        verbose_name=_("sesi"),
    )
    matching = models.CharField(
        _("cara memasangkan"), max_length=10, choices=Matching, default=Matching.COMPLEMENT
    )
    # Whether the board looks at the pairs before they open.
    is_arranged = models.BooleanField(_("periksa pasangan dulu"), default=False)
    think_until = models.DateField(_("berpikir sampai"))
    pair_until = models.DateField(_("berpasangan sampai"))
    think_ends_at = models.DateTimeField(_("berpikir sampai"), null=True, blank=True)
    pair_ends_at = models.DateTimeField(_("berpasangan sampai"), null=True, blank=True)
    share_ends_at = models.DateTimeField(_("berbagi sampai"), null=True, blank=True)
    # In a meeting each phase has so many minutes, counted from when it really begins.
    think_minutes = models.PositiveSmallIntegerField(_("menit berpikir"), null=True, blank=True)
    pair_minutes = models.PositiveSmallIntegerField(_("menit berpasangan"), null=True, blank=True)
    share_minutes = models.PositiveSmallIntegerField(_("menit berbagi"), null=True, blank=True)
    phase = models.CharField(max_length=7, choices=Phase, default=Phase.THINK, editable=False)
    opened_at = models.DateTimeField(auto_now_add=True)
    paired_at = models.DateTimeField(null=True, editable=False)
    shared_at = models.DateTimeField(null=True, editable=False)
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
        indexes = [
            models.Index(fields=["group", "-id"], name="thread_newest_in_group"),
            models.Index(fields=["phase"], name="thread_unfinished", condition=~Q(phase="closed")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("thread", args=[self.pk])

    def thoughts_of_members(self) -> models.QuerySet[Thought]:
        """The thoughts of those who are still in the group: they are paired."""
        members = self.group.memberships.current().values("user")
        return self.thoughts.filter(author__in=members)

    def people_to_pair(self) -> models.QuerySet[User]:
        """Members who thought, at a session also those who are there; without the hindered."""
        members = self.group.memberships.current().values("user")
        part = Q(pk__in=self.thoughts.values("author"))
        if self.scope == self.Scope.SESSION and self.session:
            there = self.session.participations.filter(
                attendance__in=(Participation.Attendance.PRESENT, Participation.Attendance.LATE)
            )
            part |= Q(pk__in=there.values("user"))
        hindered = self.absences.values("person")
        return User.objects.filter(part, pk__in=members).exclude(pk__in=hindered).order_by("pk")


class ThoughtQuerySet(models.QuerySet["Thought"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_thoughts(user)).fetch_mode(models.FETCH_PEERS)


class Thought(models.Model):
    """One member's own answer, private until the pair phase opens, then for the pair."""

    class Standing(models.TextChoices):
        STRUGGLING = "struggling", _("Masih saya hadapi")
        TRYING = "trying", _("Sedang saya coba atasi")
        SOLVED = "solved", _("Pernah saya atasi")

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="thoughts")
    author = models.ForeignKey(User, models.PROTECT, related_name="thoughts")
    text = models.TextField(_("jawaban saya"), max_length=4000)
    standing = models.CharField(
        _("saya dan masalah ini"), max_length=10, choices=Standing, blank=True
    )
    begun_at = models.DateTimeField(auto_now_add=True, null=True)
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


class Absence(models.Model):
    """That a person cannot take part in a thread after all, so is not paired, or paired anew."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="absences")
    person = models.ForeignKey(User, models.CASCADE, related_name="thread_absences")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("berhalangan")
        verbose_name_plural = _("berhalangan")
        constraints = [
            models.UniqueConstraint(fields=["thread", "person"], name="one_absence_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.thread}"
