"""Proposed pairs as the board sees them, and why two sit together, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.models import User
from thinkpair.models import Pair, Thread
from thinkpair.queries.matching import REMEMBERED, seats_of


@dataclass(frozen=True, slots=True)
class Meeting:
    """That two of a pair sat together before, and when that was last."""

    people: tuple[User, User]
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair before its room opens: who, why as far as the board may know, and who met before."""

    number: int
    is_locked: bool
    people: list[User]
    reason: str
    met: list[Meeting]


def proposals_of(thread: Thread) -> list[Proposal]:
    """The proposed pairs in their order, for the board alone. Four queries.

    Nothing in it tells of anybody's thought: who struggles is the pair's to know.
    """
    people = Prefetch("people", User.objects.select_related("school").order_by("name", "pk"))
    pairs = list(thread.pairs.prefetch_related(people).order_by("number"))
    met = _last_met(thread)
    return [
        Proposal(
            number=pair.number,
            is_locked=pair.is_locked,
            people=list(pair.people.all()),
            reason=_sentence(_open_reasons(pair.reasons)),
            met=[
                Meeting(two, met[frozenset((two[0].pk, two[1].pk))])
                for two in combinations(pair.people.all(), 2)
                if frozenset((two[0].pk, two[1].pk)) in met
            ],
        )
        for pair in pairs
    ]


def reasons_for_pair(pair: Pair) -> str:
    """Why these people sit together, in one sentence of the reader, for the pair alone to read."""
    told = set(pair.reasons)
    words = _open_reasons(told)
    if "complement" in told:
        words.append(_("ada yang pernah mengatasi masalah ini dan ada yang masih menghadapinya"))
    if "trying" in told:
        words.append(_("ada yang sedang mencoba mengatasi masalah ini"))
    if "similar" in told:
        words.append(_("masalah yang ditulis mirip"))
    return _sentence(words)


def _open_reasons(told: Collection[str]) -> list[str]:
    """Reasons that tell only what the whole group knows."""
    found = []
    if "locked" in told:
        found.append(_("pengurus ingin mereka bersama"))
    if {"schools", "new"} <= set(told):
        found.append(_("dari sekolah yang berbeda, belum pernah berpasangan"))
    elif "schools" in told:
        found.append(_("dari sekolah yang berbeda"))
    elif "new" in told:
        found.append(_("belum pernah berpasangan"))
    if "guided" in told:
        found.append(_("guru inti atau instruktur bersama anggota baru"))
    if "trio" in told:
        found.append(_("bertiga agar tidak ada yang sendirian"))
    if "forced" in told:
        found.append(_("belum lama ini berpasangan, tidak ada susunan lain tanpa pengulangan"))
    elif "again" in told:
        found.append(_("belum lama ini berpasangan"))
    return found


def _sentence(reasons: list[str]) -> str:
    words = "; ".join(reasons) or _("agar setiap orang mendapat teman bicara")
    return f"{words[0].upper()}{words[1:]}."


def _last_met(thread: Thread) -> dict[frozenset[int], datetime]:
    """When any two last sat together in the group's latest threads but this one. Two queries."""
    past = Thread.objects.filter(group=thread.group_id, paired_at__isnull=False)
    latest = past.exclude(pk=thread.pk).order_by("-paired_at", "-pk")[:REMEMBERED]
    when = dict(latest.values_list("pk", "paired_at"))
    together: dict[tuple[int, datetime], set[int]] = defaultdict(set)
    for earlier, pair, person in seats_of(when):
        if at := when[earlier]:
            together[pair, at].add(person)
    met: dict[frozenset[int], datetime] = {}
    for (_pair, at), people in together.items():
        for two in combinations(people, 2):
            key = frozenset(two)
            met[key] = max(at, met.get(key, at))
    return met
