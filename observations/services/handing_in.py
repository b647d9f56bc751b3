"""Handing a sheet in, the first time and at each correction, and what it lacks until then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from groups.models import Stage
from groups.services import count_in_cycle
from observations import rules
from observations.events import ObservationCorrected, ObservationSubmitted
from observations.models import Answer, Item, Observation, Submission
from observations.queries import items_of
from observations.services.content import Content, Reasons, keep_content
from observations.services.sheets import check_seen
from sessions.services import count_in_session

# One short sentence. Less is not evidence that somebody can learn from.
FEWEST_LETTERS = 10
MOST_SUBMISSIONS = 50
Evidence, Kind = Item.Evidence, Item.Kind


def submit_observation(observation: Observation, *, by: User) -> Observation:
    """Hand the sheet in: it counts in the cycle and opens to its readers.

    Raises ValidationError by part, as `save_observation` does, while something is missing.
    """
    with changing(observation.session, observation):
        rules.may_submit_observation.require(by, observation)
        hand_in(observation, by=by)
    return observation


def correct_observation(
    observation: Observation,
    *,
    by: User,
    content: Content,
    reason: str = "",
    seen_at: datetime | None = None,
) -> Observation:
    """Hand a submitted sheet in anew, with other content. What it said before is kept.

    `seen_at` is as in `save_observation`. Raises ValidationError by part, as that does; then the
    sheet stays as it was.
    """
    with changing(observation.session, observation):
        rules.may_correct_observation.require(by, observation)
        check_seen(observation, seen_at)
        remember_first(observation)
        keep_content(observation, content)
        observation.revision += 1
        observation.device, observation.sequence = None, 0
        hand_in(observation, by=by, reason=reason)
    return observation


def hand_in(observation: Observation, *, by: User, reason: str = "") -> None:
    """Keep the content of a locked sheet as handed in now, in the caller's transaction.

    The first time it counts in session and cycle; later it is a correction. A photo that a
    correction adds may still be on its way: nobody sees it before it is whole.
    """
    is_correction = observation.submitted_at is not None
    rule = rules.may_correct_observation if is_correction else rules.may_submit_observation
    rule.require(by, observation)
    missing = missing_in(observation)
    if not is_correction and observation.photos.filter(stored_at=None).exists():
        missing["photos"] = _("Masih ada foto yang belum terkirim.")
    if missing:
        raise ValidationError(missing)
    now = timezone.now()
    if is_correction:
        observation.corrected_at = now
        record(ObservationCorrected(observation_id=observation.pk), by=by)
    else:
        observation.submitted_at = now
        count_in_session(observation.session_id, "sheets_submitted")
        count_in_cycle(observation.session.cycle_id, Stage.ACTION)
        record(ObservationSubmitted(observation_id=observation.pk), by=by)
    observation.save()
    _add_submission(observation, reason, now)


def remember_first(observation: Observation) -> None:
    """Keep what a submitted sheet says before its first correction, where that was not done yet.

    Sheets of the time before corrections have none.
    """
    if observation.submitted_at and not observation.submissions.exists():
        _add_submission(observation, "", observation.submitted_at)


def content_of(observation: Observation) -> dict[str, Any]:
    """What a sheet says now, in words, so that it can be read whatever becomes of its rows.

    `answers` are `{item, text, answer, is_na, evidence}`, where `answer` is the word of the scale,
    true or false, a number or a text; `notes` are `{uid, minute, about, seat, item, text}`;
    `photos` are `{uid, minute, note, item}`, where `item` is the text of an item.
    """
    answers = observation.answers.select_related("item", "point").order_by("pk")
    notes = observation.notes.select_related("item")
    photos = observation.photos.select_related("item", "note")
    return {
        "instrument": f"{observation.instrument} {observation.instrument.version}",
        "indicator": str(observation.indicator or ""),
        "answers": [
            {
                "item": answer.item_id,
                "text": answer.item.text,
                "answer": _in_words(answer),
                "is_na": answer.is_na,
                "evidence": answer.evidence,
            }
            for answer in answers
        ],
        "notes": [
            {
                "uid": str(note.uid),
                "minute": note.minute,
                "about": note.about,
                "seat": note.seat,
                "item": str(note.item or ""),
                "text": note.text,
            }
            for note in notes
        ],
        "photos": [
            {
                "uid": str(photo.uid),
                "minute": photo.minute,
                "note": str(photo.note.uid) if photo.note else "",
                "item": str(photo.item or ""),
            }
            for photo in photos
        ],
    }


def missing_in(observation: Observation) -> Reasons:
    """What a sheet still needs, in words, by part."""
    answers = {
        answer.item_id: answer for answer in observation.answers.select_related("point", "item")
    }
    reasons: Reasons = {}
    for item in items_of(observation.instrument_id, observation.indicator_id):
        answer = answers.get(item.pk) or Answer(item=item)
        if not (answer.is_na and item.allows_na):
            reasons |= _missing_answer(item, answer) | _missing_evidence(item, answer)
    return reasons


def _missing_answer(item: Item, answer: Answer) -> Reasons:
    if not item.is_required:
        return {}
    if item.kind == Kind.SCALE and answer.point is None:
        return {f"point-{item.pk}": _("Pilih kata yang paling cocok.")}
    if item.kind == Kind.YES_NO and answer.yes is None:
        return {f"yes-{item.pk}": _("Pilih ya atau tidak.")}
    if item.kind == Kind.COUNT and answer.number is None:
        return {f"number-{item.pk}": _("Tulis jumlahnya; nol juga boleh.")}
    if item.kind == Kind.TEXT and len(answer.text.strip()) < FEWEST_LETTERS:
        return {
            f"text-{item.pk}": _("Tulis satu kalimat, supaya guru model dapat belajar darinya.")
        }
    return {}


def _missing_evidence(item: Item, answer: Answer) -> Reasons:
    is_best = answer.point is not None and answer.point.is_best
    is_asked = item.evidence == Evidence.ALWAYS or (
        item.evidence == Evidence.UNLESS_BEST and answer.point is not None and not is_best
    )
    if is_asked and len(answer.evidence.strip()) < FEWEST_LETTERS:
        return {
            f"evidence-{item.pk}": _("Tulis apa yang terlihat atau terdengar. Satu kalimat cukup.")
        }
    return {}


def _in_words(answer: Answer) -> str | bool | int | None:
    found = {
        Kind.SCALE: str(answer.point or ""),
        Kind.YES_NO: answer.yes,
        Kind.COUNT: answer.number,
        Kind.TEXT: answer.text,
    }
    return found[Kind(answer.item.kind)]


def _add_submission(observation: Observation, reason: str, at: datetime) -> None:
    number = observation.submissions.count() + 1
    if number > MOST_SUBMISSIONS:
        raise ValidationError(_("Lembar ini sudah terlalu sering dikoreksi."))
    submission = Submission(
        observation=observation,
        number=number,
        submitted_at=at,
        content=content_of(observation),
        reason=reason.strip(),
    )
    submission.clean_fields(exclude=["observation", "content"])
    submission.save()
