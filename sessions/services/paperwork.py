"""What the papers of a session say, and its photos and materials."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from hashlib import blake2b
from typing import TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.files import CheckedFile
from activity.services import changing, record
from sessions import rules
from sessions.events import FileKept, FileRemoved, PaperworkFilled
from sessions.models import ModelSession, Paperwork, SessionFile
from sessions.services.submissions import made_before

Kind = SessionFile.Kind
# As many as a report can show; a page of them stays light.
MOST_FILES = 40


class Words(TypedDict, total=False):
    """What is said, by field of the model; all of it is optional."""

    letter_subject: str
    letter_to: str
    letter_enclosures: str
    letter_copies: str
    letter_city: str
    letter_on: date | None
    dress: str
    bring: str
    began_at: datetime | None
    ended_at: datetime | None
    acknowledged_by: str
    foreword: str
    background: str
    legal_basis: str
    purpose: str
    audience: str
    funding: str
    results: str
    problems: str
    conclusion: str
    recommendation: str


def fill_paperwork(
    session: ModelSession,
    *,
    by: User,
    seen: Mapping[str, str] | None = None,
    **words: Unpack[Words],
) -> Paperwork:
    """Write down what only the papers say. Fields that are not given stay.

    `seen` has, by field, the `mark_of` what was shown: what is still as it was shown is not
    written, so that two who fill in different fields lose nothing. What somebody else wrote into
    the same field meanwhile raises ValidationError on it, and then nothing is written.
    """
    with changing(session):
        rules.may_fill_paperwork.require(by, session)
        paper, _is_new = Paperwork.objects.select_for_update().get_or_create(session=session)
        fresh = {name: _tidy(value) for name, value in words.items()}
        if seen is not None:
            fresh = _written_now(paper, fresh, seen)
        for name, value in fresh.items():
            setattr(paper, name, value)
        paper.full_clean(exclude=["session"])
        if paper.began_at and paper.ended_at and paper.ended_at <= paper.began_at:
            raise ValidationError({"ended_at": _("Sesi berakhir sebelum mulai.")})
        if fresh:
            paper.save(update_fields=fresh)
            record(PaperworkFilled(session_id=session.pk), by=by)
    return paper


def mark_of(value: object) -> str:
    """A short mark of a field's value, to tell later whether it is still the same."""
    return blake2b(str(_tidy(value) or "").encode(), digest_size=6).hexdigest()


def _tidy(value: object) -> object:
    """Lines end alike, however they arrived."""
    return "\n".join(value.splitlines()).strip() if isinstance(value, str) else value


def _written_now(
    paper: Paperwork, words: Mapping[str, object], seen: Mapping[str, str]
) -> dict[str, object]:
    """What differs from what was shown. Raises ValidationError where somebody else wrote too."""
    fresh: dict[str, object] = {}
    lost: dict[str, ValidationError] = {}
    for name, value in words.items():
        shown, there = seen.get(name), getattr(paper, name)
        if mark_of(value) in {shown, mark_of(there)}:
            continue
        if shown and shown != mark_of(there):
            said = _("Sementara itu ditulis orang lain: “%(words)s”. Gabungkan, lalu simpan lagi.")
            lost[name] = ValidationError(said % {"words": _in_words(there)}, "stale")
        fresh[name] = value
    if lost:
        raise ValidationError(lost)
    return fresh


def _in_words(value: object) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H.i")
    return date_format(value, "j F Y") if isinstance(value, date) else str(value or "–")


def keep_file(
    session: ModelSession,
    *,
    by: User,
    kind: str,
    file: CheckedFile,
    submission: UUID,
    has_consent: bool = False,
) -> SessionFile:
    """Put a photo or material to the session, for all its readers. The same `submission` is once.

    A picture of either kind needs that the people on it agreed. Raises ValidationError by field.
    """
    with changing(session):
        rules.may_keep_file.require(by, session)
        if found := made_before(SessionFile.objects.all(), submission, session_id=session.pk):
            return found
        if kind not in {Kind.PHOTO, Kind.MATERIAL}:
            raise ValidationError({"kind": _("Pilih foto atau materi.")})
        if session.files.count() >= MOST_FILES:
            words = _("Paling banyak %(count)s berkas tiap sesi.")
            raise ValidationError({"file": words % {"count": MOST_FILES}})
        if (kind == Kind.PHOTO or file.is_image) and not has_consent:
            words = _("Centang dulu: gambar hanya disimpan bila orang di dalamnya setuju.")
            raise ValidationError({"has_consent": words})
        if kind == Kind.PHOTO and not file.is_image:
            raise ValidationError(
                {"file": _("Foto adalah gambar; pilih “Materi” untuk yang lain.")}
            )
        kept = SessionFile.objects.create(
            session=session,
            kind=kind,
            file=file.content,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            has_consent=has_consent,
            by=by,
            submission=submission,
        )
        record(FileKept(file_id=kept.pk), by=by)
    return kept


def remove_file(file: SessionFile, *, by: User) -> None:
    """Take a photo or material away for good. Taking it away twice does it once."""
    with changing(file.session):
        rules.may_remove_file.require(by, file)
        delete = partial(file.file.storage.delete, str(file.file))
        gone, _by_model = file.session.files.filter(pk=file.pk).delete()
        if gone:
            transaction.on_commit(delete)
            record(FileRemoved(session_id=file.session_id, file_name=file.name), by=by)
