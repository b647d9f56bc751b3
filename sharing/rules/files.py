"""Who may read the files of a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from accounts.rules import is_district_officer

if TYPE_CHECKING:
    from accounts.models import User
from sharing.rules.moderation import without_judge
from sharing.rules.posts import readers


def visible_attachments(user: User | AnonymousUser) -> Q:
    """Whoever reads the post; one that was taken away nobody.

    The Dinas reads those of a group's post while it has to decide on a report about it.
    """
    reads = readers(user, through="post__")
    if not isinstance(user, AnonymousUser) and is_district_officer(user):
        reports = apps.get_model("sharing", "Report")._default_manager
        waiting = reports.filter(without_judge(), decided_at=None, comment=None)
        reads |= Q(post__withdrawn_at=None, post__in=waiting.values("post"))
    return reads & Q(removed_at=None)
