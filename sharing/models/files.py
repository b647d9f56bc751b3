"""The files of a post."""

from __future__ import annotations

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sharing import rules
from sharing.models.posts import Post


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(rules.visible_attachments(user)).fetch_mode(models.FETCH_PEERS)


class Attachment(models.Model):
    """A file of a post. Its type was read from its content, never from its name."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="attachments")
    file = models.FileField(_("berkas"), upload_to="posts/%Y/%m/", max_length=200)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text=_("bita"))
    # Of a picture: the person who shared it said that no child is in it without consent.
    has_consent = models.BooleanField(default=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("lampiran")
        verbose_name_plural = _("lampiran")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("attachment", args=[self.pk])

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def kind(self) -> str:
        """The ending of its name, as people say it: PDF, DOCX, JPG."""
        return self.name.rpartition(".")[2].upper()
