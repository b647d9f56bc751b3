"""What somebody who writes feedback has to go by: the own sheet, and what it may be about."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from observations.models import Answer, Indicator, Note
from sessions.models import ModelSession


@dataclass(frozen=True)
class Evidence:
    """One thing that an observer wrote down: its `key` on the page, the minute if it has one."""

    key: str
    minute: int | None
    text: str

    @property
    def words(self) -> str:
        """As it is put into a feedback, after “Menit 12: ” where it has a minute."""
        if self.minute is None:
            return self.text
        return _("Menit %(minute)s: %(text)s") % {"minute": self.minute, "text": self.text}


def own_evidence(user: User, session: ModelSession) -> list[Evidence]:
    """The notes, by minute, and then the evidence of the sheet that this person handed in.

    Two queries; empty until the sheet was handed in.
    """
    own = {"observation__observer": user, "observation__session": session}
    sent = {**own, "observation__submitted_at__isnull": False}
    notes = Note.objects.filter(**sent).order_by("minute", "pk")
    answers = Answer.objects.filter(**sent).exclude(evidence="").order_by("pk")
    return [
        *(Evidence(f"note-{note.pk}", note.minute, note.text) for note in notes),
        *(Evidence(f"answer-{answer.pk}", None, answer.evidence) for answer in answers),
    ]


def indicators_of(session: ModelSession) -> QuerySet[Indicator]:
    """What feedback on a session may be about: the indicators that its observers look at."""
    focus = getattr(session, "focus", None)
    asked = Indicator.objects.filter(aspect__instrument__is_default=True)
    if focus:
        asked = Indicator.objects.filter(aspect__instrument=focus.instrument_id)
    return asked.order_by("aspect__position", "position")
