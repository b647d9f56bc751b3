"""Every change to observations: start, save, submit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from groups.models import Stage
from groups.services import count_in_cycle
from observations import rules
from observations.events import ObservationStarted, ObservationSubmitted
from observations.models import Answer, Indicator, Instrument, Item, Note, Observation
from observations.queries import items_of
from observations.services.focus import chosen, focus_of, instrument_for
from sessions.models import ModelSession
from sessions.services import count_in_session

# One short sentence. Less is not evidence that somebody can learn from.
FEWEST_LETTERS = 10
LAST_MINUTE = 600
LARGEST_NUMBER = 100_000
_LONGEST = {"text": 4000, "evidence": 2000}
Evidence, Kind = Item.Evidence, Item.Kind

type Reasons = dict[str, str | Promise]


class Words(TypedDict, total=False):
    """The answer to one item. `point` is the id of a scale point; `number` is a count."""

    point: int | None
    yes: bool | None
    number: int | None
    text: str
    is_na: bool
    evidence: str


class NoteWords(TypedDict):
    """One note. A `minute` of None means the minute of the lesson that it is now."""

    minute: int | None
    text: str


def start_observation(
    session: ModelSession,
    *,
    by: User,
    instrument: Instrument | None = None,
    indicator: Indicator | None = None,
) -> Observation:
    """Give the observer an empty sheet with the session's focus, or the one begun before.

    With another `instrument` it is one of that, with the indicator that it needs; raises
    ValidationError as `chosen` does.
    """
    with changing(session):
        if begun := Observation.objects.filter(session=session, observer=by).first():
            return begun
        rules.may_observe.require(by, session)
        asked = instrument_for(session)
        if instrument is None or (instrument == asked and indicator is None):
            instrument, indicator = asked, focus_of(session, asked)
        else:
            instrument = chosen(instrument, indicator, by)
        begun = Observation.objects.create(
            session=session, observer=by, instrument=instrument, indicator=indicator
        )
        record(ObservationStarted(observation_id=begun.pk), by=by)
    return begun


def save_observation(
    observation: Observation,
    *,
    by: User,
    answers: Mapping[int, Words],
    notes: Sequence[NoteWords] | None = None,
    seen_at: datetime | None = None,
) -> Observation:
    """Keep a draft, as incomplete as it is. Items not in `answers` keep theirs.

    `seen_at` is the `saved_at` of the draft that the observer had before the eyes: when it was
    saved again since, from another page or phone, nothing is kept and ValidationError says so.

    `answers` maps an item's id to its words; `notes`, when given, replaces all notes. What cannot
    be kept raises ValidationError by part: `point-7` is the scale of item 7, and so `text-7`,
    `number-7`, `evidence-7`; `minute-0` and `note-0` are those of the first note.
    """
    with changing(observation):
        rules.may_edit_observation.require(by, observation)
        # No event: a draft is its observer's own.
        if seen_at and observation.saved_at > seen_at:
            raise ValidationError(
                _(
                    "Lembar ini sudah tersimpan dari halaman lain setelah halaman ini dibuka. "
                    "Tekan sekali lagi bila isian di halaman ini yang benar."
                ),
                code="stale",
            )
        if observation.indicator_id is None:
            observation.indicator = focus_of(observation.session, observation.instrument)
        items = {
            item.pk: item for item in items_of(observation.instrument_id, observation.indicator_id)
        }
        if not items.keys() >= answers.keys():
            raise ValidationError(_("Lembar ini sudah berubah. Muat ulang halaman."))
        kept = {answer.item_id: answer for answer in observation.answers.all()}
        filled = [
            _filled(kept.get(pk) or Answer(observation=observation, item=items[pk]), words)
            for pk, words in answers.items()
        ]
        written, errors = _written(observation, notes or [])
        if errors := errors | _reasons_against_answers(filled, items):
            raise ValidationError(errors)
        Answer.objects.bulk_create(answer for answer in filled if answer.pk is None)
        Answer.objects.bulk_update(
            [answer for answer in filled if answer.pk], list(Words.__annotations__)
        )
        if notes is not None:
            observation.notes.all().delete()
            Note.objects.bulk_create(written)
        observation.save(update_fields=["indicator", "saved_at"])
    return observation


def submit_observation(observation: Observation, *, by: User) -> Observation:
    """Hand the sheet in: it counts in the cycle and opens to its readers. It stays as it is.

    Raises ValidationError by part, as `save_observation` does, while something is missing.
    """
    with changing(observation):
        rules.may_submit_observation.require(by, observation)
        if missing := missing_in(observation):
            raise ValidationError(missing)
        observation.submitted_at = timezone.now()
        observation.save(update_fields=["submitted_at", "saved_at"])
        count_in_session(observation.session_id, "sheets_submitted")
        count_in_cycle(observation.session.cycle_id, Stage.ACTION)
        record(ObservationSubmitted(observation_id=observation.pk), by=by)
    return observation


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


def _filled(answer: Answer, words: Words) -> Answer:
    for name, value in words.items():
        setattr(answer, "point_id" if name == "point" else name, value)
    answer.text, answer.evidence = answer.text.strip(), answer.evidence.strip()
    return answer


def _written(observation: Observation, notes: Sequence[NoteWords]) -> tuple[list[Note], Reasons]:
    """The notes that say something, as rows, and what stands against some of them."""
    written: list[Note] = []
    reasons: Reasons = {}
    for index, words in enumerate(notes):
        if not words["text"].strip():
            continue
        # By the lesson clock; None when the lesson is over.
        now = observation.session.minute_at(timezone.now())
        minute = now if words["minute"] is None else words["minute"]
        note = Note(observation=observation, minute=minute or 0, text=words["text"].strip())
        written.append(note)
        if minute is None or not 0 <= minute <= LAST_MINUTE:
            reasons[f"minute-{index}"] = _("Tulis menit pelajaran untuk catatan ini.")
        try:
            note.clean_fields(exclude=["observation", "minute"])
        except ValidationError as error:
            reasons[f"note-{index}"] = error.messages[0]
    return written, reasons


def _reasons_against_answers(answers: list[Answer], items: Mapping[int, Item]) -> Reasons:
    reasons: Reasons = {}
    for answer in answers:
        item = items[answer.item_id]
        scale = {point.pk for point in item.scale.points.all()} if item.scale else set()
        if answer.point_id is not None and answer.point_id not in scale:
            reasons[f"point-{item.pk}"] = _("Pilih kata yang paling cocok.")
        if answer.number is not None and not 0 <= answer.number <= LARGEST_NUMBER:
            reasons[f"number-{item.pk}"] = _("Tulis angka antara 0 dan %(largest)s.") % {
                "largest": LARGEST_NUMBER
            }
        if answer.is_na and not item.allows_na:
            reasons[f"is_na-{item.pk}"] = _("Butir ini perlu dijawab.")
        for name, longest in _LONGEST.items():
            if len(getattr(answer, name)) > longest:
                reasons[f"{name}-{item.pk}"] = _("Paling banyak %(count)s huruf.") % {
                    "count": longest
                }
    return reasons
