"""What members share."""

from __future__ import annotations

from typing import Self
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import Cycle, Group
from schools.models import Phase, Subject
from sharing import rules
from sharing.markdown import first_link


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(rules.visible_posts(user)).fetch_mode(models.FETCH_PEERS)

    def shared(self) -> Self:
        """Posts that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def with_author(self) -> Self:
        return self.select_related("author__school", "group", "subject", "phase")

    def for_page(self) -> Self:
        """With everybody whom the page of a post names."""
        people = ("endorsed_by", "withdrawn_by")
        return self.with_author().select_related(*people, "endorsed_before")

    def for_list(self, *more: str) -> Self:
        """Only what a line of a list shows, and `more`; the words of a post can be long."""
        return self.select_related("author__school", "subject", "phase").only(
            "kind",
            "title",
            "audience",
            "grade",
            "shared_at",
            "endorsed_at",
            "endorsed_before",
            "file_count",
            "file_bytes",
            "comment_count",
            "use_count",
            "author__name",
            "author__school__name",
            "subject__name",
            "phase__code",
            *more,
        )


class Post(models.Model):
    """What one member shares: material, good practice or a question, for an audience.

    `body` is Markdown as written; `body_html` is its sanitised HTML, made when it is saved.
    """

    class Kind(models.TextChoices):
        INFORMATION = "information", _("Informasi")
        MATERIAL = "material", _("Perangkat ajar")
        PRACTICE = "practice", _("Praktik baik")
        QUESTION = "question", _("Pertanyaan")

    # The fields that tell a good practice, in the order in which it is told.
    PARTS = ("situation", "action", "change", "evidence")

    class Audience(models.TextChoices):
        GROUP = "group", _("Kelompok")
        DISTRICT = "district", _("Semua guru")
        PUBLIC = "public", _("Umum")

    group = models.ForeignKey(Group, models.PROTECT, related_name="posts")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="posts")
    author = models.ForeignKey(User, models.PROTECT, related_name="posts")
    kind = models.CharField(_("jenis"), max_length=11, choices=Kind, default=Kind.INFORMATION)
    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("mata pelajaran"),
    )
    phase = models.ForeignKey(
        Phase,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("fase"),
    )
    grade = models.PositiveSmallIntegerField(
        _("kelas"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    topics = models.ManyToManyField("sharing.Topic", blank=True, related_name="posts")
    title = models.CharField(_("judul"), max_length=150)
    body = models.TextField(_("isi"), max_length=20_000, blank=True)
    body_html = models.TextField(editable=False)
    # Of a good practice: what the situation was, what was done, what changed, how that is known.
    situation = models.TextField(_("situasinya"), max_length=4000, blank=True)
    action = models.TextField(_("yang saya lakukan"), max_length=4000, blank=True)
    change = models.TextField(_("yang berubah"), max_length=4000, blank=True)
    evidence = models.TextField(_("buktinya"), max_length=4000, blank=True)
    link = models.URLField(
        _("tautan"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    audience = models.CharField(
        _("siapa yang dapat membaca"),
        max_length=8,
        choices=Audience,
        default=Audience.GROUP,
    )
    # The audience before the board made it smaller, as far as the board may widen it again, and
    # the one that it left: no further may the author. The author's own choice lies below that at
    # times. Both are empty while the board has nothing against the author's choice.
    narrowed_from = models.CharField(
        max_length=8, choices=Audience, blank=True, default="", editable=False
    )
    narrowed_to = models.CharField(
        max_length=8, choices=Audience, blank=True, default="", editable=False
    )
    shared_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, editable=False)
    # The newest version; `Revision` keeps the older ones.
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_because = models.CharField(_("alasan"), max_length=300, blank=True)
    # What a guru inti or instruktur of the group recommends, and which version that was.
    endorsed_at = models.DateTimeField(null=True, editable=False)
    endorsed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    endorsed_version = models.PositiveSmallIntegerField(null=True, editable=False)
    # The first change of words or files since: what is recommended is the post before it.
    endorsed_before = models.ForeignKey(
        "sharing.Revision", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    # Kept when files and comments come and go, so that a list of posts counts nothing.
    file_count = models.PositiveSmallIntegerField(default=0, editable=False)
    file_bytes = models.PositiveIntegerField(default=0, editable=False)
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    use_count = models.PositiveIntegerField(default=0, editable=False)
    thank_count = models.PositiveIntegerField(default=0, editable=False)
    share_count = models.PositiveIntegerField(default=0, editable=False)
    visit_count = models.PositiveIntegerField(default=0, editable=False)
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("bahan")
        verbose_name_plural = _("bahan")
        indexes = [
            models.Index(fields=["group", "-id"], name="post_newest_in_group"),
            models.Index(fields=["audience", "-id"], name="post_newest_for_audience"),
            models.Index(
                fields=["-id"], name="post_newest_endorsed", condition=Q(endorsed_at__isnull=False)
            ),
            models.Index(fields=["kind", "-id"], name="post_newest_of_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("post", args=[self.pk])

    @property
    def shown_link(self) -> str:
        """Its link, else the first one to another site in its text: many paste it there."""
        return self.link or first_link(self.body_html)

    def clean(self) -> None:
        """A good practice alone has its four parts, all of them; a grade lies in its phase."""
        refusals: dict[str, str | Promise] = {}
        for name in self.PARTS:
            if self.kind == self.Kind.PRACTICE and not getattr(self, name).strip():
                refusals[name] = _(
                    "Praktik baik diceritakan dalam empat bagian; isi juga yang ini."
                )
            elif self.kind != self.Kind.PRACTICE and getattr(self, name):
                refusals[name] = _("Bagian ini hanya untuk praktik baik.")
        if self.phase and self.grade is not None and self.grade not in self.phase.grades:
            reason = _("Kelas %(grade)s tidak termasuk %(phase)s, yaitu kelas %(first)s–%(last)s.")
            refusals["grade"] = reason % {
                "grade": self.grade,
                "phase": self.phase,
                "first": self.phase.first_grade,
                "last": self.phase.last_grade,
            }
        if refusals:
            raise ValidationError(refusals)


class Topic(models.Model):
    """A word that posts and discussions are found by, such as “pecahan”; written small, once."""

    name = models.CharField(_("topik"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("topik")
        verbose_name_plural = _("topik")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_drafts(user))


class Draft(models.Model):
    """What somebody began to write and has not shared: the fields of the form as they stand.

    It becomes the post of the same `submission`, and is gone then. Files are chosen on sharing.
    """

    author = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    submission = models.UUIDField(unique=True, default=uuid4, editable=False)
    words = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draf")
        verbose_name_plural = _("draf")
        indexes = [models.Index(fields=["author", "-saved_at"], name="draft_newest_of_author")]

    def __str__(self) -> str:
        return str(self.words.get("title", ""))
