from __future__ import annotations

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
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


class PairQuerySet(models.QuerySet["Pair"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_pairs(user)).fetch_mode(models.FETCH_PEERS)

    def shared_in(self, thread: Thread) -> Self:
        """Pairs of a thread that shared an answer; only the answer is for the group to read."""
        return self.filter(thread=thread).exclude(shared_at=None).order_by("number")

    def with_thoughts(self) -> Self:
        """Fetch along what each of the pair thought, with who it was, and the thread."""
        thoughts = Prefetch("thoughts", Thought.objects.select_related("author"))
        return self.select_related("thread").prefetch_related(thoughts)

    def with_own_word(self, user: User) -> Self:
        """Say of each pair whether this person said something in it."""
        own = Message.objects.filter(pair=OuterRef("pk"), author=user)
        return self.annotate(has_spoken=Exists(own))


class Pair(models.Model):
    """Two people, or three when the number is odd, who talk about one thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="pairs")
    number = models.PositiveSmallIntegerField()
    people = models.ManyToManyField(User, through="PairMember", related_name="pairs")
    answer = models.TextField(_("jawaban kita untuk kelompok"), max_length=4000, blank=True)
    shared_at = models.DateTimeField(null=True, editable=False)
    shared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    # Set by `with_own_word`.
    has_spoken: bool

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pasangan")
        verbose_name_plural = _("pasangan")
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="one_pair_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.thread} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("pair", args=[self.pk])


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
        Pair, models.SET_NULL, null=True, editable=False, related_name="thoughts"
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


class PairMember(models.Model):
    """A person's seat in a pair; nobody sits in two pairs of one thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="seats")
    person = models.ForeignKey(User, models.PROTECT, related_name="pair_seats")

    class Meta:
        verbose_name = _("anggota pasangan")
        verbose_name_plural = _("anggota pasangan")
        constraints = [
            models.UniqueConstraint(fields=["thread", "person"], name="one_pair_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_messages(user)).fetch_mode(models.FETCH_PEERS)


class Message(models.Model):
    """One thing said in a pair's talk. Nobody outside the pair reads it, coordinators neither."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="messages")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("pesan"), max_length=2000)
    at = models.DateTimeField(auto_now_add=True)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("pesan")
        verbose_name_plural = _("pesan")
        indexes = [models.Index(fields=["pair", "id"], name="message_in_order")]

    def __str__(self) -> str:
        return f"{self.author}"
