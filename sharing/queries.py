"""Readings of posts that are too large for a queryset method."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Appointment, User
from accounts.roles import Duty
from accounts.rules import is_district_officer
from activity.owed import Owed
from groups.models import Membership
from groups.roles import GUIDES
from groups.rules import board_groups_of, groups_of
from sharing.models import (
    FeedVisit,
    LinkPreview,
    Post,
    PostRead,
    Reach,
    Reaction,
    Report,
    Subscription,
)

# An @ and so many letters begin to offer people.
LEAST_LETTERS = 2
_SHARED = ~Q(reach__channel=Reach.Channel.VISIT)


def most_shared(user: User, month: date) -> QuerySet[Post]:
    """The posts for all teachers or for anyone that were shared on in a month, most first.

    `month` is its first day. Each carries `shares` and `visits`, the numbers of that month.
    """
    of_month = Q(reach__month=month)
    beyond_the_group = Post.objects.visible_to(user).shared().exclude(audience=Post.Audience.GROUP)
    return (
        beyond_the_group.filter(of_month)
        .annotate(
            shares=Coalesce(Sum("reach__times", filter=of_month & _SHARED), 0),
            visits=Coalesce(Sum("reach__times", filter=of_month & ~_SHARED), 0),
        )
        .filter(shares__gt=0)
        .select_related("author__school", "group")
        .order_by("-shares", "-visits", "-pk")
    )


def channels_of(month: date) -> list[tuple[str, int]]:
    """How often what `most_shared` lists was shared on by each channel, most first; no visits."""
    counted = (
        Reach.objects.filter(month=month, post__withdrawn_at=None)
        .exclude(channel=Reach.Channel.VISIT)
        .exclude(post__audience=Post.Audience.GROUP)
        .values("channel")
        .annotate(all=Sum("times"), posts=Count("post"))
        .order_by(F("all").desc(), "channel")
    )
    return [(str(Reach.Channel(row["channel"]).label), row["all"]) for row in counted]


def people_to_mention(user: User, words: str, *, most: int = 8) -> QuerySet[User]:
    """Colleagues whose name or username begins so, members of the user's groups first.

    Nobody for fewer than two letters, and nobody for whom was not let in.
    """
    sought = words.strip().removeprefix("@")
    if len(sought) < LEAST_LETTERS or not user.approved_at:
        return User.objects.none()
    near = Membership.objects.filter(user=OuterRef("pk"), group__in=groups_of(user))
    begins = Q(username__istartswith=sought) | Q(name__istartswith=sought)
    return (
        User.objects.visible_to(user)
        .filter(begins | Q(name__icontains=f" {sought}"))
        .exclude(pk=user.pk)
        .annotate(is_near=Exists(near))
        .select_related("school")
        .order_by("-is_near", "name", "pk")[:most]
    )


def preview_of(post: Post) -> LinkPreview | None:
    """What the page behind a post's link says of itself, if that is known.

    It has no readers of its own: whoever reads the post reads it.
    """
    if not post.shown_link:
        return None
    known = LinkPreview.objects.filter(url=post.shown_link, fetched_at__isnull=False)
    return known.exclude(title="").first()


def owed_by(user: User, now: datetime) -> list[Owed]:  # noqa: ARG001 -- every stage is asked alike
    """A board, and the Dinas, look at what was reported. One query, for them alone."""
    if not board_groups_of(user) and not is_district_officer(user):
        return []
    waiting = count_waiting_reports(user)
    if not waiting:
        return []
    rest = ngettext("yang menunggu: %(count)s", "yang menunggu: %(count)s", waiting)
    return [
        Owed(
            key="reports",
            stage="s",
            verb=_("Periksa laporan"),
            rest=rest % {"count": waiting},
            url=reverse("reports"),
        )
    ]


def count_waiting_reports(user: User) -> int:
    """How many reports wait for this person to decide, a hundred at most."""
    return Report.objects.decided_by(user).waiting()[:100].count()


def judges_of(report: Report) -> QuerySet[User]:
    """Who decides on a report: the board without the writer, and what `decided_reports` adds."""
    writer = (report.comment or report.post).author_id
    seats = Membership.objects.current().on_board().filter(group=report.post.group_id)
    people = User.objects.filter(is_active=True).exclude(pk=writer)
    board = Q(pk__in=seats.values("user"))
    if report.post.audience != Post.Audience.GROUP or not people.filter(board).exists():
        officers = Appointment.objects.current().of(Duty.DISTRICT_OFFICER)
        board |= Q(pk__in=officers.values("user"))
    return people.filter(board)


def readers_among(people: QuerySet[User], post: Post) -> QuerySet[User]:
    """Those of these people who may read the post: what `visible_posts` says to each, for all."""
    if post.withdrawn_at:
        board = Membership.objects.current().on_board().filter(group=post.group_id)
        return people.filter(Q(pk=post.author_id) | Q(pk__in=board.values("user")))
    return people.filter(_in_audience(post) | Q(pk=post.author_id))


def audience_among(people: QuerySet[User], post: Post) -> QuerySet[User]:
    """Those of these people who may read the answers to a post that was not withdrawn."""
    return people.filter(_in_audience(post))


def _in_audience(post: Post) -> Q:
    if post.audience == Post.Audience.PUBLIC:
        return Q(pk__isnull=False)
    members = Q(pk__in=Membership.objects.current().filter(group=post.group_id).values("user"))
    if post.audience == Post.Audience.DISTRICT:
        return members | Q(approved_at__isnull=False)
    return members


def followers(post: Post) -> QuerySet[User]:
    """Who is told of answers to a post: its author and who follows it, without who muted it."""
    subscribed = Subscription.objects.filter(post=post)
    follows = Q(pk=post.author_id) | Q(pk__in=subscribed.filter(is_muted=False).values("person"))
    return User.objects.filter(follows).exclude(
        pk__in=subscribed.filter(is_muted=True).values("person")
    )


def endorser_seat(post: Post) -> Membership | None:
    """The seat in the group by which a post's endorser is or was guru inti or instruktur."""
    if not post.endorsed_by_id:
        return None
    held = Membership.objects.filter(user=post.endorsed_by_id, group=post.group_id)
    return held.filter(role__in=GUIDES).order_by("-starts_on", "-pk").first()


@dataclass(frozen=True)
class OwnPart:
    """What one reader has to do with a post; nobody else is told."""

    used: bool
    thanked: bool
    follows: bool
    is_unread: bool


def own_part(user: User, post: Post) -> OwnPart:
    """What this person said to a post, and whether they follow it. One query."""
    of_post = {"post": OuterRef("pk"), "person": user}
    reactions = Reaction.objects.filter(**of_post)
    subscribed = Subscription.objects.filter(**of_post)
    found = (
        with_unread(Post.objects.filter(pk=post.pk), user)
        .annotate(
            used=Exists(reactions.filter(kind=Reaction.Kind.USED)),
            thanked=Exists(reactions.filter(kind=Reaction.Kind.THANKS)),
            followed=Exists(subscribed.filter(is_muted=False)),
            muted=Exists(subscribed.filter(is_muted=True)),
        )
        .values("used", "thanked", "followed", "muted", "is_unread")
        .get()
    )
    by_nature = post.author_id == user.pk and not found["muted"]
    return OwnPart(
        used=found["used"],
        thanked=found["thanked"],
        follows=found["followed"] or by_nature,
        is_unread=found["is_unread"],
    )


def with_unread(posts: QuerySet[Post], user: User) -> QuerySet[Post]:
    """Say of each post whether this person has yet to read it: `is_unread`.

    Before the first visit to the feed nothing is, and one's own posts never are.
    """
    visited = FeedVisit.objects.filter(person=user, read_up_to__lt=OuterRef("pk"))
    read = PostRead.objects.filter(person=user, post=OuterRef("pk"))
    unread = Q(Exists(visited)) & ~Q(Exists(read)) & ~Q(author=user)
    return posts.annotate(is_unread=ExpressionWrapper(unread, output_field=BooleanField()))


# The most that is counted; beyond it the page says “99+”.
MOST_NEWS = 100


@dataclass(frozen=True)
class News:
    """What came to a person's feed since the visit before this one.

    `known` is the id of the newest post of that visit, `older` that of the newest post in the list
    which is not new: there the list is parted. `count` is a hundred at most.
    """

    known: int
    count: int
    older: int | None


def news_for(user: User, posts: QuerySet[Post], now: datetime) -> News | None:
    """What in these posts is new to the person, and where the rest begins. Three queries at most.

    None on the first visit, and when nothing is new.
    """
    visit = FeedVisit.objects.filter(person=user).first()
    if visit is None:
        return None
    known = visit.known_before(now)
    count = posts.filter(pk__gt=known).exclude(author=user)[:MOST_NEWS].count()
    if not count:
        return None
    rest = posts.filter(pk__lte=known).order_by("-pk").values_list("pk", flat=True)
    return News(known, count, rest.first())
