"""Who talks with whom, and what a pair says to itself."""

from __future__ import annotations

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Exists, Max, OuterRef, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from thinkpair import rules
from thinkpair.models.threads import Thought, Thread


class PairQuerySet(models.QuerySet["Pair"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_pairs(user)).fetch_mode(models.FETCH_PEERS)

    def with_thoughts(self) -> Self:
        """Fetch along what each of the pair thought, with who it was, the seats, and the thread."""
        thoughts = Prefetch("thoughts", Thought.objects.select_related("author"))
        return self.select_related("thread").prefetch_related(thoughts, "seats")

    def with_own_word(self, user: User) -> Self:
        """Say of each pair whether this person said something in it."""
        own = Message.objects.filter(pair=OuterRef("pk"), author=user)
        return self.annotate(has_spoken=Exists(own))

    def with_last_word(self) -> Self:
        """Say of each pair when somebody said something in it last."""
        return self.annotate(spoke_at=Max("messages__at"))


class Pair(models.Model):
    """Two people, or three when the number is odd, who talk about one thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="pairs")
    number = models.PositiveSmallIntegerField()
    formed_at = models.DateTimeField(default=timezone.now, editable=False)
    people = models.ManyToManyField(User, through="PairMember", related_name="pairs")
    is_locked = models.BooleanField(default=False, editable=False)
    # Why these people: codes of `pairing.py`, “locked” and “forced”, e.g. ["complement", "new"].
    reasons = models.JSONField(default=list, editable=False)
    nudged_at = models.DateTimeField(null=True, editable=False)
    # Grows with everything that the room shows: a message, a reading, a change of the card.
    live_version = models.PositiveIntegerField(default=0, editable=False)
    last_said_at = models.DateTimeField(null=True, editable=False)
    # Not used any more: what a pair gives to the group is its card.
    answer = models.TextField(_("jawaban kita untuk kelompok"), max_length=4000, blank=True)
    shared_at = models.DateTimeField(null=True, editable=False)
    shared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    # Set by `with_own_word`.
    has_spoken: bool
    # Set by `with_last_word`.
    spoke_at: datetime | None

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


class PairMember(models.Model):
    """A person's seat in a pair; nobody sits in two pairs of one thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="seats")
    person = models.ForeignKey(User, models.PROTECT, related_name="pair_seats")
    # The newest message that this person has read, and when.
    read_up_to = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, editable=False)

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
    # Empty where a file says everything.
    text = models.TextField(_("pesan"), max_length=2000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("pesan")
        verbose_name_plural = _("pesan")
        indexes = [models.Index(fields=["pair", "id"], name="message_in_order")]

    def __str__(self) -> str:
        return f"{self.author}"


class TalkFileQuerySet(models.QuerySet["TalkFile"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_talk_files(user)).fetch_mode(models.FETCH_PEERS)


class TalkFile(models.Model):
    """A file that one of a pair hands to the other. Its type was read from its content."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="files")
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    file = models.FileField(_("berkas"), upload_to="pairs/%Y/%m/", max_length=200)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text=_("bita"))

    objects = TalkFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas pasangan")
        verbose_name_plural = _("berkas pasangan")

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")
