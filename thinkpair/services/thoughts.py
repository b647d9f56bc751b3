"""Every change to what is thought alone."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from thinkpair import rules
from thinkpair.events import AbsenceEnded, ThoughtWritten
from thinkpair.models import Absence, Pair, Thought, Thread
from thinkpair.services.absences import place_alone
from thinkpair.services.pairs import give_thoughts


def think(
    thread: Thread,
    *,
    by: User,
    text: str,
    standing: str = "",
    seen: str | None = None,
    is_whole: bool = True,
) -> Thought:
    """Keep one's own answer, or change it while everyone still thinks alone.

    Who called herself absent takes part again by it.

    `standing` says how one stands to the problem: who solved it is paired with who struggles.
    `seen` is the `version` that one goes on from, empty where there was none: where the answer was
    changed since, on another phone, nothing is written, and ValidationError says what it says now.
    What is not whole, since it is saved while one writes, is kept only as long as all think alone:
    later an answer takes its author to a pair.
    """
    with changing(thread):
        rules.may_think.require(by, thread)
        if not is_whole and thread.phase != Thread.Phase.THINK:
            raise PermissionDenied(
                _("Waktu berpikir sendiri sudah lewat. Tekan “Simpan jawaban” untuk tetap ikut.")
            )
        thought = Thought.objects.filter(thread=thread, author=by).first()
        thought = thought or Thought(thread=thread, author=by)
        _keep_words_of_elsewhere(thought, text, seen)
        thought.text, thought.standing = text, standing
        thought.full_clean()
        thought.save()
        # It is saved again and again while one writes; the log says so once an hour.
        hour = f"thought:{thought.pk}:{thought.written_at:%Y%m%d%H}"
        record(ThoughtWritten(thought_id=thought.pk), by=by, once=hour)
        # Who thinks takes part after all.
        gone, _each = Absence.objects.filter(thread=thread, person=by, by=by).delete()
        if gone:
            record(AbsenceEnded(thread_id=thread.pk, person_id=by.pk), by=by)
        _give_to_pair(thought)
        # Who thinks while others talk already joins them at once.
        place_alone(thread, by=by)
    return thought


def _give_to_pair(thought: Thought) -> None:
    """Let the pair read it, where its author was seated without a thought, as at a session."""
    pairs = Pair.objects.filter(thread=thought.thread, thread__phase=Thread.Phase.PAIR)
    if pair := pairs.filter(seats__person=thought.author).first():
        give_thoughts(pair, [thought.author_id])


def _keep_words_of_elsewhere(thought: Thought, text: str, seen: str | None) -> None:
    if seen is None or seen == thought.version or text == thought.text:
        return
    raise ValidationError(
        {
            "text": ValidationError(
                _("Sementara itu Bapak/Ibu menulis di tempat lain: “%(words)s” Gabungkan dulu."),
                code="conflict",
                params={"words": thought.text},
            )
        }
    )
