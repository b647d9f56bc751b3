"""What readers say without words, and which posts they follow."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sharing import rules
from sharing.models.posts import Post


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_reactions(user))


class Reaction(models.Model):
    """That a reader used a post in class, which is what counts, or says thank you for it."""

    class Kind(models.TextChoices):
        USED = "used", _("Dipakai di kelas saya")
        THANKS = "thanks", _("Terima kasih")

    post = models.ForeignKey(Post, models.CASCADE, related_name="reactions")
    person = models.ForeignKey(User, models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=6, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reaksi")
        verbose_name_plural = _("reaksi")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "person", "kind"], name="one_reaction_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_subscriptions(user))


class Subscription(models.Model):
    """Whether a person is told of answers to a post. Who wrote there follows it unasked."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="subscriptions")
    person = models.ForeignKey(User, models.CASCADE, related_name="subscriptions")
    is_muted = models.BooleanField(default=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("langganan")
        verbose_name_plural = _("langganan")
        constraints = [
            models.UniqueConstraint(fields=["post", "person"], name="one_subscription_per_post"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.post}"


class Mention(models.Model):
    """A colleague named in a post or in an answer to it; kept so that each is told once."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    comment = models.ForeignKey(
        "sharing.Comment", models.CASCADE, null=True, related_name="mentions"
    )
    person = models.ForeignKey(User, models.CASCADE, related_name="mentions")

    class Meta:
        verbose_name = _("sebutan")
        verbose_name_plural = _("sebutan")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "person"],
                condition=Q(comment=None),
                name="one_mention_per_post",
            ),
            models.UniqueConstraint(fields=["comment", "person"], name="one_mention_per_comment"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.post}"
