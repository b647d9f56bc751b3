from __future__ import annotations

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reinforcement import rules
from sessions.models import ModelSession


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_reflections(user))


class Reflection(models.Model):
    """The guru model's own look back, written before she reads what others wrote.

    Source of its parts: the national talk A–E after class observation (Pengelolaan Kinerja).
    """

    session = models.OneToOneField(ModelSession, models.PROTECT, related_name="reflection")
    target = models.TextField(_("apa sasaran saya dan persiapan saya"), max_length=2000)
    went_well = models.TextField(_("apa yang berjalan baik, apa buktinya"), max_length=2000)
    not_yet = models.TextField(_("apa yang belum, menurut saya mengapa"), max_length=2000)
    learned = models.TextField(_("apa yang saya pelajari"), max_length=2000)
    written_at = models.DateTimeField(auto_now_add=True)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("refleksi")
        verbose_name_plural = _("refleksi")

    def __str__(self) -> str:
        return f"{self.session}"


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_feedback(user)).fetch_mode(models.FETCH_PEERS)

    def given(self) -> Self:
        return self.exclude(given_at=None)

    def with_people(self) -> Self:
        return self.select_related("author__school", "session__teacher", "session__group")


class Feedback(models.Model):
    """What one colleague or guide tells the guru model of a session, so that she grows."""

    class AuthorRole(models.TextChoices):
        PEER = "peer", _("Rekan guru")
        CORE_TEACHER = "core_teacher", _("Guru inti")
        INSTRUCTOR = "instructor", _("Instruktur")
        SUPERVISOR = "supervisor", _("Pengawas")
        RESOURCE_PERSON = "resource_person", _("Narasumber")

    session = models.ForeignKey(ModelSession, models.PROTECT, related_name="feedback")
    author = models.ForeignKey(User, models.PROTECT, related_name="written_feedback")
    author_role = models.CharField(_("sebagai"), max_length=15, choices=AuthorRole, editable=False)
    appreciation = models.TextField(_("apresiasi, dengan bukti"), max_length=2000)
    seen = models.TextField(_("yang saya lihat"), max_length=2000)
    question = models.TextField(_("pertanyaan"), max_length=1000, blank=True)
    suggestion = models.TextField(_("satu saran"), max_length=1000)
    support = models.TextField(_("tawaran dukungan"), max_length=1000, blank=True)
    given_at = models.DateTimeField(null=True, editable=False)
    thanked_at = models.DateTimeField(null=True, editable=False)
    thanks = models.CharField(_("ucapan terima kasih"), max_length=300, blank=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("umpan balik")
        verbose_name_plural = _("umpan balik")
        constraints = [
            models.UniqueConstraint(fields=["session", "author"], name="one_feedback_per_author"),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.session}"

    def get_absolute_url(self) -> str:
        return reverse("feedback", args=[self.pk])


class PrivateNoteQuerySet(models.QuerySet["PrivateNote"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_private_notes(user))


class PrivateNote(models.Model):
    """The part of a feedback for the guru model alone.

    It is a row of its own, so that whoever the feedback is shared with never fetches it.
    """

    feedback = models.OneToOneField(Feedback, models.CASCADE, related_name="private_note")
    text = models.TextField(_("hanya untuk guru model"), max_length=1000)

    objects = PrivateNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("catatan pribadi")
        verbose_name_plural = _("catatan pribadi")

    def __str__(self) -> str:
        return f"{self.feedback}"


class FeedbackShare(models.Model):
    """The guru model lets one more person read one feedback, without its private note."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="shares")
    reader = models.ForeignKey(User, models.CASCADE, related_name="feedback_shares")
    shared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pembaca umpan balik")
        verbose_name_plural = _("pembaca umpan balik")
        constraints = [
            models.UniqueConstraint(fields=["feedback", "reader"], name="one_share_per_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.reader}"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_follow_ups(user)).fetch_mode(models.FETCH_PEERS)

    def undone(self) -> Self:
        return self.filter(done_at=None)

    def with_session(self) -> Self:
        return self.select_related("session__teacher", "session__group")


class FollowUp(models.Model):
    """The one change that the guru model commits to after a session (RTL), with its date."""

    session = models.OneToOneField(ModelSession, models.PROTECT, related_name="follow_up")
    commitment = models.TextField(_("yang akan saya lakukan"), max_length=1000)
    due_on = models.DateField(_("paling lambat"))
    promised_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, editable=False)
    result = models.TextField(_("hasilnya"), max_length=1000, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("tindak lanjut")
        verbose_name_plural = _("tindak lanjut")
        indexes = [
            models.Index(
                fields=["due_on"],
                name="follow_up_undone",
                condition=models.Q(done_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.commitment[:60]
