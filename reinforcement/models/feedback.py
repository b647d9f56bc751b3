from __future__ import annotations

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from observations.models import Indicator
from reinforcement import rules
from sessions.models import ModelSession


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_feedback(user)).fetch_mode(models.FETCH_PEERS)

    def given(self) -> Self:
        return self.exclude(given_at=None)

    def with_people(self) -> Self:
        return self.select_related(
            "author__school", "session__teacher", "session__group", "indicator"
        )


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
    # Which indicator it speaks about; feedback of all voices is read by indicator.
    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tentang indikator"),
    )
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
