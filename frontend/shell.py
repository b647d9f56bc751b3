"""What stands around every page: the bar, the five places, and whose group this is."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groups.models import Group, Membership
from groups.rules import seats
from notifications.models import Notice


@dataclass(frozen=True)
class Place:
    """One of the five places, and the paths that belong to it by their first segment."""

    name: str
    label: Promise
    icon: str
    segments: frozenset[str]

    @property
    def url(self) -> str:
        return address(self.name)


PLACES = (
    Place(
        "home",
        _("Beranda"),
        icon="house",
        segments=frozenset({"", "groups", "cycles", "invitations"}),
    ),
    Place(
        "sessions",
        _("Sesi"),
        icon="calendar-days",
        segments=frozenset(
            {
                *("sessions", "series", "calendar", "here", "lesson-plans", "participations"),
                *("observations", "sheets", "feedback", "follow-ups"),
                *("instruments", "aspects", "indicators", "items"),
            }
        ),
    ),
    Place(
        "posts",
        _("Berbagi"),
        icon="book-open",
        segments=frozenset(
            {"posts", "library", "comments", "reports", "files", "gardens"},
        ),
    ),
    Place(
        "threads",
        _("Diskusi"),
        icon="messages-square",
        segments=frozenset({"threads", "pairs", "problems", "cards", "trials"}),
    ),
    Place("me", _("Saya"), icon="user-round", segments=frozenset({"me", "people", "accounts"})),
)


class Shell:
    """What the bar and the places need. Nothing is asked of the database before a page uses it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def memberships(self) -> list[Membership]:
        """The person's memberships in force, with their groups, those of a board first."""
        user = self.request.user
        if not user.is_authenticated:
            return []
        return sorted(seats(user), key=lambda membership: membership.role == "member")

    @property
    def groups(self) -> list[Group]:
        """The person's groups, each once."""
        return list(
            {membership.group_id: membership.group for membership in self.memberships}.values()
        )

    @property
    def name(self) -> str:
        """The name in the bar: the person's first group."""
        return next((group.name for group in self.groups), "")

    @property
    def unread(self) -> int:
        return getattr(self.request.user, "unread_notices", 0)

    @cached_property
    def tells_of_this_page(self) -> bool:
        """Whether unread notices lead to this page. Asked only of who has some at all."""
        user = self.request.user
        if not user.is_authenticated or not self.unread:
            return False
        return Notice.objects.visible_to(user).unread().leading_to(self.request.path).exists()

    @property
    def place(self) -> str:
        """The name of the place this page belongs to, empty for one beside the five."""
        segment = self.request.path.strip("/").split("/")[0]
        return next((place.name for place in PLACES if segment in place.segments), "")

    @property
    def places(self) -> list[Place]:
        return [place for place in PLACES if place.url]

    @property
    def home(self) -> str:
        return address("home") or "/"

    @property
    def sheets(self) -> str:
        return address("sheets")

    @property
    def notices(self) -> str:
        return address("notices")

    @property
    def sign_in(self) -> str:
        return address("account_login")


def shell_of(request: HttpRequest) -> Shell:
    """Return the shell of this request; views read the person's groups from it, asked once."""
    if not hasattr(request, "_shell"):
        request._shell = Shell(request)  # type: ignore[attr-defined]
    shell: Shell = request._shell  # type: ignore[attr-defined]
    return shell


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give every template its shell."""
    return {"shell": shell_of(request)}


@cache
def address(name: str) -> str:
    """Return the address of a page by its URL name, empty while there is no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
