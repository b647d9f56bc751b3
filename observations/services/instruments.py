"""Every change to an instrument as a whole: make, copy, renew, edit, publish, retire, discard."""

from __future__ import annotations

from datetime import date
from itertools import chain, count
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.services import changing, record
from groups.models import Group
from observations import rules
from observations.content import (
    Content,
    ScaleContent,
    content_of,
    scale_content,
    whole,
    whole_scale,
)
from observations.events import InstrumentPublished, InstrumentRetired
from observations.models import Instrument, Item, Scale
from observations.queries import missing_in_instrument
from observations.schema import checked_content
from observations.services.writing import UNASKED, head_of, write_head, write_parts, write_scale

MOST_DRAFTS = 30
LONGEST_CODE = 40
LONGEST_MINUTES = 300


class Facts(TypedDict, total=False):
    """What stands at the head of an instrument; `minutes` is what it takes to fill the sheet."""

    name: str
    purpose: str
    minutes: int
    source: str
    licence: str
    notice: str
    valid_from: date
    valid_to: date | None


def make_instrument(*, by: User, group: Group | None, **facts: Unpack[Facts]) -> Instrument:
    """Begin a draft of the group, or of everybody, that has nothing to fill in yet."""
    with transaction.atomic():
        _check_maker(by, group)
        # No event: a draft is its makers' own.
        instrument = Instrument(made_by=by, group=group, code=_free_code(facts["name"]), **facts)
        _check(instrument)
        instrument.save()
    return instrument


def copy_instrument(
    instrument: Instrument, *, by: User, group: Group | None, name: str
) -> Instrument:
    """Begin a draft that has all that the instrument has; source, licence and notice go along."""
    with transaction.atomic():
        rules.may_copy_instrument.require(by, instrument)
        _check_maker(by, group)
        # No event: a draft is its makers' own.
        return write_draft(
            content_of(instrument), maker=by, group=group, name=name, copied_from=instrument
        )


def import_instrument(data: Any, *, by: User, group: Group | None) -> Instrument:
    """Begin a draft of an instrument that is plain data, see `observations.content`.

    Raises ValidationError, a sentence for each thing that is wrong with the data.
    """
    with transaction.atomic():
        _check_maker(by, group)
        # No event: a draft is its makers' own.
        return write_draft(checked_content(data), maker=by, group=group)


def replace_content(instrument: Instrument, data: Any, *, by: User) -> Instrument:
    """Let a draft say what the data say, and nothing else; it keeps its code and version."""
    with changing(instrument):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        content = whole(checked_content(data))
        _empty(instrument)
        for name, value in head_of(content).items():
            if name not in {"code", "version"}:
                setattr(instrument, name, value)
        _check(instrument)
        instrument.save()
        scales = {scale["code"]: _scale_for(scale, instrument) for scale in content["scales"]}
        write_parts(instrument, content, scales)
    return instrument


def renew_instrument(instrument: Instrument, *, by: User) -> Instrument:
    """Begin the next version of a published instrument, as a draft that may change.

    Raises ValidationError when there is such a draft already.
    """
    with changing(instrument):
        rules.may_renew_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        versions = Instrument.objects.filter(code=instrument.code)
        if versions.filter(status=Instrument.Status.DRAFT).exists():
            raise ValidationError(_("Instrumen ini sudah punya draf versi berikutnya."))
        return write_draft(
            content_of(instrument),
            maker=by,
            group=instrument.group,
            code=instrument.code,
            version=versions.latest("version").version + 1,
            valid_from=timezone.localdate(),
            copied_from=instrument,
        )


def edit_instrument(instrument: Instrument, *, by: User, **facts: Unpack[Facts]) -> Instrument:
    """Change the head of a draft."""
    with changing(instrument):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        for name, value in facts.items():
            setattr(instrument, name, value)
        _check(instrument)
        instrument.save(update_fields=[*facts, "saved_at"])
    return instrument


def discard_instrument(instrument: Instrument, *, by: User) -> None:
    """Delete a draft with all that it has. It cannot be brought back."""
    with changing(instrument):
        rules.may_edit_instrument.require(by, instrument)
        # No event: a draft is its makers' own.
        _empty(instrument)
        instrument.delete()


def publish_instrument(instrument: Instrument, *, by: User) -> Instrument:
    """Let the instrument be chosen, in place of its older versions. It never changes again.

    Raises ValidationError, a sentence for each, while something is missing.
    """
    with changing(instrument):
        rules.may_publish_instrument.require(by, instrument)
        if missing := missing_in_instrument(instrument):
            raise ValidationError(missing)
        older = Instrument.objects.filter(code=instrument.code, status=Instrument.Status.PUBLISHED)
        older.update(status=Instrument.Status.RETIRED)
        instrument.status = Instrument.Status.PUBLISHED
        instrument.published_at = timezone.now()
        instrument.save(update_fields=["status", "published_at", "saved_at"])
        record(InstrumentPublished(instrument_id=instrument.pk), by=by)
    return instrument


def retire_instrument(instrument: Instrument, *, by: User) -> Instrument:
    """Have it chosen no more. Sessions and sheets that have it keep it."""
    with changing(instrument):
        rules.may_retire_instrument.require(by, instrument)
        instrument.status = Instrument.Status.RETIRED
        instrument.save(update_fields=["status", "saved_at"])
        record(InstrumentRetired(instrument_id=instrument.pk), by=by)
    return instrument


def write_draft(
    content: Content,
    *,
    maker: User,
    group: Group | None,
    code: str = "",
    version: int = 1,
    **facts: Any,
) -> Instrument:
    """Make a draft of a content, under a code that is free. In the caller's transaction.

    `facts` hold in place of what the content says. A scale that is there with the same code and
    words, and that can no longer change, is shared; any other becomes the draft's own.
    """
    facts |= {"made_by": maker, "group": group, "version": version, "is_default": False}
    code = code or _free_code(facts.get("name") or content["instrument"]["name"])
    instrument = write_head(content, code=code, **facts)
    scales = {scale["code"]: _scale_for(scale, instrument) for scale in content["scales"]}
    write_parts(instrument, content, scales)
    return instrument


def _empty(instrument: Instrument) -> None:
    """Delete all parts of a draft and the scales that were made for it."""
    Item.objects.filter(indicator__aspect__instrument=instrument).delete()
    instrument.aspects.all().delete()
    instrument.own_scales.all().delete()


def free_scale_code(wanted: str) -> str:
    """That code, or with a number when it is taken."""
    wanted = wanted[:LONGEST_CODE]
    taken = Scale.objects.filter(code__startswith=wanted).values_list("code", flat=True)
    return free_among(set(taken), wanted)


def free_among(taken: set[str], wanted: str) -> str:
    """That code, or with the first number that makes it differ from those that are taken."""
    numbered = (f"{wanted}-{number}" for number in count(2))
    return next(code for code in chain([wanted], numbered) if code not in taken)


def _scale_for(content: ScaleContent, instrument: Instrument) -> Scale:
    fixed = Q(made_for=None) | ~Q(made_for__status=Instrument.Status.DRAFT)
    found = Scale.objects.filter(fixed, code=content["code"]).prefetch_related("points").first()
    if found and scale_content(found) == whole_scale(content):
        return found
    return write_scale(content, code=free_scale_code(content["code"]), made_for=instrument)


def _free_code(name: str) -> str:
    wanted = slugify(name)[:LONGEST_CODE] or "instrumen"
    taken = Instrument.objects.filter(code__startswith=wanted).values_list("code", flat=True)
    return free_among(set(taken), wanted)


def _check_maker(by: User, group: Group | None) -> None:
    """Insist that the person may make an instrument, and has not begun too many."""
    rules.may_make_instrument.require(by, group)
    drafts = Instrument.objects.filter(made_by=by, status=Instrument.Status.DRAFT)
    if drafts.count() >= MOST_DRAFTS:
        raise ValidationError(
            _("Bapak/Ibu sudah punya %(count)s draf. Terbitkan atau hapus dahulu sebagian.")
            % {"count": MOST_DRAFTS}
        )


def _check(instrument: Instrument) -> None:
    """Raise ValidationError for words that cannot be kept."""
    instrument.full_clean(exclude=UNASKED)
    if not 1 <= instrument.minutes <= LONGEST_MINUTES:
        raise ValidationError(
            {"minutes": _("Tulis angka antara 1 dan %(largest)s.") % {"largest": LONGEST_MINUTES}}
        )
    if instrument.valid_to and instrument.valid_to < instrument.valid_from:
        raise ValidationError({"valid_to": _("Tanggal ini sebelum instrumen mulai berlaku.")})
