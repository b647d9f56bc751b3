"""What pairs give to the group, and what becomes of it: the wall and the problem bank."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import Cycle
from reinforcement.models import FollowUp
from sharing.models import Post
from thinkpair import rules
from thinkpair.models.pairs import Pair


class CardQuerySet(models.QuerySet["Card"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_cards(user)).fetch_mode(models.FETCH_PEERS)

    def on_wall(self) -> Self:
        """Cards that pairs shared and that were not merged into another."""
        return self.filter(merged_into=None).exclude(shared_at=None)

    def with_people(self) -> Self:
        """Fetch along whose card each is, with their schools."""
        people = Prefetch("pair__people", User.objects.select_related("school").order_by("name"))
        return self.select_related("pair").prefetch_related(people)

    def given(self) -> Self:
        """Shared cards of threads that came to sharing their results, also those merged."""
        return self.filter(pair__thread__phase__in=["share", "closed"]).exclude(shared_at=None)

    def in_bank(self) -> Self:
        """Cards on the walls of threads whose results are shared."""
        return self.given().filter(merged_into=None)

    def as_shown_to(self, user: User) -> Self:
        """Fetch along who wrote a card and those beneath it, and say what this person said of it.

        Sets `has_agreed`, `has_voted` and `has_tried`; `merged` then holds what may be read.
        """
        people = Prefetch("pair__people", User.objects.order_by("name"))
        beneath = Card.objects.exclude(shared_at=None).prefetch_related(people).order_by("pk")
        kinds = CardReaction.Kind
        return (
            self.select_related("pair__thread__group")
            .prefetch_related(people, Prefetch("merged", beneath))
            .annotate(
                has_agreed=_said_by(user, kind=kinds.AGREE),
                has_voted=_said_by(user, kind=kinds.VOTE),
                has_tried=Exists(Trial.objects.filter(_of_outer_card(), person=user)),
            )
        )

    def picked_first(self) -> Self:
        """Say where a card hangs: `rank` is 0 for what the group picked, else 1."""
        rank = Case(When(picked_at=None, then=1), default=0, output_field=models.IntegerField())
        return self.annotate(rank=rank)


def _of_outer_card() -> Q:
    """What belongs to a card of the outer query, or to one that was merged into it."""
    return Q(card=OuterRef("pk")) | Q(card__merged_into=OuterRef("pk"))


def _said_by(user: User, *, kind: str) -> Exists:
    return Exists(CardReaction.objects.filter(_of_outer_card(), person=user, kind=kind))


class Card(models.Model):
    """What a pair wrote together. The pair alone reads it until they share it with the group.

    `revision` grows with every change, so that of two who write at once neither loses words.
    """

    pair = models.OneToOneField(Pair, models.CASCADE, related_name="card")
    problem = models.TextField(_("masalahnya"), max_length=1000, blank=True)
    cause = models.TextField(_("sebabnya, menurut kami"), max_length=1000, blank=True)
    attempt = models.TextField(_("yang akan kami coba"), max_length=4000, blank=True)
    need = models.TextField(_("yang kami butuhkan"), max_length=1000, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    # By field: who changed it last, and at which revision, e.g. {"cause": {"by": 7, "at": 3}}.
    edits = models.JSONField(default=dict, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    edited_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    shared_at = models.DateTimeField(null=True, editable=False)
    shared_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="merged"
    )
    # What the group chose to take along.
    picked_at = models.DateTimeField(null=True, editable=False)
    agree_count = models.PositiveIntegerField(default=0, editable=False)
    vote_count = models.PositiveIntegerField(default=0, editable=False)
    trial_count = models.PositiveIntegerField(default=0, editable=False)
    # What became of it.
    post = models.ForeignKey(Post, models.SET_NULL, null=True, editable=False, related_name="cards")
    follow_up = models.ForeignKey(
        FollowUp, models.SET_NULL, null=True, editable=False, related_name="cards"
    )
    cycle = models.ForeignKey(
        Cycle, models.SET_NULL, null=True, editable=False, related_name="cards"
    )

    # Set by `as_shown_to` and `picked_first`.
    has_agreed: bool
    has_voted: bool
    has_tried: bool
    rank: int

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("kartu bersama")
        verbose_name_plural = _("kartu bersama")
        indexes = [
            models.Index(
                fields=["-id"], name="card_newest_shared", condition=models.Q(merged_into=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair}"

    def get_absolute_url(self) -> str:
        return reverse("problem", args=[self.pk])


class CardReaction(models.Model):
    """That a member agrees with a card, or votes for it to be taken along."""

    class Kind(models.TextChoices):
        AGREE = "agree", _("Kami juga begitu")
        VOTE = "vote", _("Pilihan saya")

    card = models.ForeignKey(Card, models.CASCADE, related_name="reactions")
    person = models.ForeignKey(User, models.CASCADE, related_name="card_reactions")
    kind = models.CharField(max_length=5, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("reaksi kartu")
        verbose_name_plural = _("reaksi kartu")
        constraints = [
            models.UniqueConstraint(
                fields=["card", "person", "kind"], name="one_card_reaction_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"


class TrialQuerySet(models.QuerySet["Trial"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(rules.visible_trials(user)).fetch_mode(models.FETCH_PEERS)


class Trial(models.Model):
    """That a member tried in class what a card says, and later what came of it."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="trials")
    person = models.ForeignKey(User, models.PROTECT, related_name="trials")
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.TextField(_("hasilnya"), max_length=1000, blank=True)
    outcome_at = models.DateTimeField(null=True, editable=False)

    objects = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = _("percobaan")
        verbose_name_plural = _("percobaan")
        constraints = [
            models.UniqueConstraint(fields=["card", "person"], name="one_trial_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.card}"
