"""How a post came to be as it is, and what readers have against it."""

from __future__ import annotations

from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sharing import rules
from sharing.models.comments import Comment
from sharing.models.posts import Post


class RevisionQuerySet(models.QuerySet["Revision"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(rules.visible_revisions(user))

    def of_versions(self) -> Self:
        """Those that began a new version, the newest first."""
        return self.filter(is_new_version=True).order_by("-pk")


class Revision(models.Model):
    """A post as it was before one change, and of which version it was then.

    With `is_new_version` its author named what came of the change the next version.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    version = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # What changed, in the author's words: asked for with a new version.
    note = models.CharField(_("apa yang berubah"), max_length=200, blank=True)
    is_new_version = models.BooleanField(default=False)
    # The fields that changed with their old values, by name: {"title": "…", "topics": ["…"]}; and
    # their names the files that came and went, as `files_added` and `files_removed`. Emptied,
    # with the note, 30 days after the post was withdrawn.
    before = models.JSONField(default=dict)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("perubahan bahan")
        verbose_name_plural = _("perubahan bahan")
        indexes = [models.Index(fields=["post", "-id"], name="revision_newest_of_post")]

    def __str__(self) -> str:
        return f"{self.post} {self.version}"


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_reports(user)).fetch_mode(models.FETCH_PEERS)

    def decided_by(self, user: User) -> Self:
        """Those that this person is to decide or has to know of, without the own ones."""
        return self.filter(rules.decided_reports(user)).fetch_mode(models.FETCH_PEERS)

    def waiting(self) -> Self:
        return self.filter(decided_at=None)


class Report(models.Model):
    """A reader says that a post or an answer should not be there; the group's board decides."""

    class Reason(models.TextChoices):
        PUPIL = "pupil", _("Menyebut atau memperlihatkan murid")
        RUDE = "rude", _("Menyinggung atau kasar")
        WRONG = "wrong", _("Isinya keliru atau menyesatkan")
        RIGHTS = "rights", _("Bukan hak penulisnya untuk dibagikan")
        OTHER = "other", _("Lainnya")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Dibiarkan")
        REMOVED = "removed", _("Ditarik")

    post = models.ForeignKey(Post, models.CASCADE, related_name="reports")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="reports")
    reporter = models.ForeignKey(User, models.PROTECT, related_name="reports")
    reason = models.CharField(_("alasan"), max_length=6, choices=Reason)
    words = models.CharField(_("penjelasan"), max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True, editable=False)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan isi")
        verbose_name_plural = _("laporan isi")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"],
                condition=Q(decided_at=None, comment=None),
                name="one_waiting_report_per_post",
                violation_error_message=_("Laporan Bapak/Ibu sudah menunggu keputusan pengurus."),
            ),
            models.UniqueConstraint(
                fields=["comment", "reporter"],
                condition=Q(decided_at=None),
                name="one_waiting_report_per_comment",
                violation_error_message=_("Laporan Bapak/Ibu sudah menunggu keputusan pengurus."),
            ),
        ]
        indexes = [
            models.Index(fields=["post"], name="report_waiting", condition=Q(decided_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.post}: {self.reason}"

    def get_absolute_url(self) -> str:
        return reverse("reports")
