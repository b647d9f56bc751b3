"""Problems that a group thinks about, and what each thinks alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import Cycle, Group
from reinforcement.models import FollowUp
from schools.models import Subject
from sessions.models import ModelSession
from sharing.models import Post, Topic
from thinkpair import rules

# How long the board may look at the pairs before their rooms open by themselves.
ARRANGING = timedelta(hours=24)
ARRANGING_IN_MEETING = timedelta(minutes=5)


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_threads(user)).fetch_mode(models.FETCH_PEERS)

    def unfinished(self) -> Self:
        return self.exclude(phase=Thread.Phase.CLOSED)

    def due(self, now: datetime) -> Self:
        """Threads whose phase has come to its end."""
        phase = Thread.Phase
        in_meeting = Q(think_minutes__isnull=False)
        return self.filter(
            Q(phase=phase.THINK, think_ends_at__lte=now)
            | Q(phase=phase.ARRANGE, think_ends_at__lte=now - ARRANGING)
            | Q(in_meeting, phase=phase.ARRANGE, think_ends_at__lte=now - ARRANGING_IN_MEETING)
            | Q(phase=phase.PAIR, pair_ends_at__lte=now)
            | Q(phase=phase.SHARE, share_ends_at__lte=now)
        )

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

    # In a meeting each phase has so many minutes, in the order of the phases.
    MINUTES = ("think_minutes", "pair_minutes", "share_minutes")

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
    # Unused since deadlines have an hour; gone with the next release.
    think_until = models.DateField(null=True, editable=False)
    pair_until = models.DateField(null=True, editable=False)
    think_ends_at = models.DateTimeField(_("berpikir sampai"))
    pair_ends_at = models.DateTimeField(_("berpasangan sampai"))
    share_ends_at = models.DateTimeField(_("berbagi hasil sampai"))
    # Counted from when the phase really begins.
    think_minutes = models.PositiveSmallIntegerField(_("menit berpikir"), null=True, blank=True)
    pair_minutes = models.PositiveSmallIntegerField(_("menit berpasangan"), null=True, blank=True)
    share_minutes = models.PositiveSmallIntegerField(_("menit berbagi"), null=True, blank=True)
    phase = models.CharField(max_length=7, choices=Phase, default=Phase.THINK, editable=False)
    opened_at = models.DateTimeField(auto_now_add=True)
    paired_at = models.DateTimeField(null=True, editable=False)
    shared_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    # When thinking went on because fewer than two had thought; it does so once.
    extended_at = models.DateTimeField(null=True, editable=False)
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
                condition=Q(pair_ends_at__gt=models.F("think_ends_at")),
                name="pairs_end_after_thinking",
                violation_error_message=_("Batas berpasangan harus sesudah batas berpikir."),
            ),
            models.CheckConstraint(
                condition=Q(share_ends_at__gt=models.F("pair_ends_at")),
                name="sharing_ends_after_pairs",
                violation_error_message=_("Batas berbagi hasil harus sesudah batas berpasangan."),
            ),
            models.CheckConstraint(
                condition=Q(scope="group", session=None)
                | Q(scope="session", session__isnull=False),
                name="thread_for_a_session_names_it",
                violation_error_message=_("Pilih sesi yang hadirinnya ikut."),
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

    @property
    def is_in_meeting(self) -> bool:
        """Whether its phases are minutes on a timer and not days."""
        return self.think_minutes is not None

    @property
    def phase_ends_at(self) -> datetime | None:
        """When the phase of now ends by itself; None once the thread is closed."""
        arranging = ARRANGING_IN_MEETING if self.is_in_meeting else ARRANGING
        ends = {
            self.Phase.THINK: self.think_ends_at,
            self.Phase.ARRANGE: self.think_ends_at + arranging,
            self.Phase.PAIR: self.pair_ends_at,
            self.Phase.SHARE: self.share_ends_at,
        }
        return ends.get(self.Phase(self.phase))

    def takes_part(self) -> models.QuerySet[User]:
        """Today's members of the group, or the guru model and everyone who was at the session.

        Guests without an account cannot write anything here.
        """
        people = User.objects.filter(is_active=True).order_by("pk")
        if self.session:
            there = self.session.participations.filter(attendance__in=rules.THERE)
            return people.filter(Q(pk__in=there.values("user")) | Q(pk=self.session.teacher_id))
        members = self.group.memberships.current().as_members()
        return people.filter(pk__in=members.values("user"))

    def seated(self) -> models.QuerySet[Any, Any]:
        """The ids of those who sit in one of its pairs."""
        return self.pairs.exclude(seats=None).values("seats__person")

    def people_to_pair(self) -> models.QuerySet[User]:
        """Members who thought, or everyone at the session; without those who are hindered.

        At a session nobody is left without a partner because she wrote nothing.
        """
        people = self.takes_part().exclude(pk__in=self.absences.values("person"))
        if self.scope == self.Scope.SESSION:
            return people
        return people.filter(pk__in=self.thoughts.values("author"))


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

    @property
    def version(self) -> str:
        """Which state of the answer this is, to tell whether it was changed elsewhere meanwhile."""
        return self.written_at.isoformat() if self.pk else ""


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
