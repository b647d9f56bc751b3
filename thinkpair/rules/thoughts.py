"""Who may read and write thoughts, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from accounts.access import Reasons, rule
from thinkpair.rules.pairs import own_open_pairs
from thinkpair.rules.threads import is_in_thread

if TYPE_CHECKING:
    from accounts.models import User
    from thinkpair.models import Thread


def visible_thoughts(user: User) -> Q:
    """Their author; once the pairs' rooms are open, also the pair."""
    return Q(author=user) | Q(pair__in=own_open_pairs(user))


@rule
def may_think(user: User, thread: Thread) -> Reasons:
    """Those who take part: alone, and late while others already talk in pairs."""
    if not is_in_thread(user, thread):
        yield _("Hanya yang ikut diskusi ini yang berpikir di sini.")
    if thread.phase in {"share", "closed"}:
        yield _("Waktu berpikir sendiri sudah lewat.")
    elif thread.phase != "think" and _is_paired_by_a_thought(user, thread):
        # At a session also those are seated who have not answered yet.
        yield _("Pasangan Bapak/Ibu sudah dibagi. Jawaban tidak diubah lagi.")


def _is_paired_by_a_thought(user: User, thread: Thread) -> bool:
    own = thread.thoughts.filter(author=user)
    return user.pair_seats.filter(Exists(own), thread=thread).exists()
