"""Every change to gardens, harvests and the lessons taught in a garden."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.services import changing, record
from kesraku import rules
from kesraku.events import (
    GardenEdited,
    GardenEnded,
    GardenResumed,
    GardenStarted,
    HarvestRecorded,
    HarvestRemoved,
    LessonLinkedToGarden,
    LessonUnlinkedFromGarden,
    PostLinkedToGarden,
    PostUnlinkedFromGarden,
)
from kesraku.models import Crop, Garden, GardenLesson, GardenPost, Harvest
from sharing.models import Post

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User
    from sessions.models import ModelSession

# One harvest of more is a slip of the pen: grams written for kilograms.
MOST_GRAMS = 500_000


class Facts(TypedDict, total=False):
    name: str
    crop: Crop
    planted_on: date
    story: str
    families: int


def start_garden(*, by: User, submission: UUID | None = None, **facts: Unpack[Facts]) -> Garden:
    """Open a garden of the person's school.

    Sent again with the same `submission`, it returns the garden of the first time.
    """
    submission = submission or uuid4()
    with changing(by):
        rules.may_start_garden.require(by)
        if already := Garden.objects.filter(submission=submission, started_by=by).first():
            return already
        garden = Garden(school=by.school, started_by=by, submission=submission)
        _write(garden, facts)
        garden.save()
        record(GardenStarted(garden_id=garden.pk), by=by)
    return garden


def edit_garden(garden: Garden, *, by: User, **facts: Unpack[Facts]) -> Garden:
    """Change what is told of a garden."""
    with changing(garden):
        rules.may_tend_garden.require(by, garden)
        _write(garden, facts)
        first = garden.harvests.order_by("on").first()
        if first and first.on < garden.planted_on:
            raise ValidationError({"planted_on": _("Sudah ada panen sebelum tanggal itu.")})
        garden.save(update_fields=facts)
        record(GardenEdited(garden_id=garden.pk), by=by)
    return garden


def end_garden(garden: Garden, *, by: User) -> Garden:
    """Say that a garden is over; its page stays. `resume_garden` undoes this."""
    with changing(garden):
        rules.may_tend_garden.require(by, garden)
        garden.ended_at = timezone.now()
        garden.save(update_fields=["ended_at"])
        record(GardenEnded(garden_id=garden.pk), by=by)
    return garden


def resume_garden(garden: Garden, *, by: User) -> Garden:
    """Tend a garden again that was ended."""
    with changing(garden):
        rules.may_resume_garden.require(by, garden)
        garden.ended_at = None
        garden.save(update_fields=["ended_at"])
        record(GardenResumed(garden_id=garden.pk), by=by)
    return garden


def record_harvest(
    garden: Garden, *, by: User, on: date, grams: int, submission: UUID | None = None
) -> Harvest:
    """Add what the garden gave on a day, in grams.

    Sent again with the same `submission`, it returns the harvest of the first time.
    """
    submission = submission or uuid4()
    with changing(garden):
        rules.may_tend_garden.require(by, garden)
        if already := Harvest.objects.filter(submission=submission, recorded_by=by).first():
            return already
        harvest = Harvest(garden=garden, on=on, grams=grams, recorded_by=by, submission=submission)
        harvest.full_clean()
        _check_harvest(harvest)
        harvest.save()
        _count(garden, harvest.grams)
        record(HarvestRecorded(harvest_id=harvest.pk), by=by)
    return harvest


def remove_harvest(harvest: Harvest, *, by: User) -> Garden:
    """Take back a harvest that was written down wrongly, and return its garden."""
    garden = harvest.garden
    with changing(garden):
        rules.may_tend_garden.require(by, garden)
        # Asked under the lock: of two at once the second finds it gone, and counts nothing.
        if garden.harvests.filter(pk=harvest.pk).exists():
            _count(garden, -harvest.grams)
            record(HarvestRemoved(garden_id=garden.pk, grams=harvest.grams), by=by)
            harvest.delete()
    return garden


def link_garden(session: ModelSession, garden: Garden, *, by: User) -> GardenLesson:
    """Say that a session is taught in or about a garden, instead of any other garden."""
    with changing(session, garden):
        rules.may_link_garden.require(by, session)
        linked = GardenLesson.objects.filter(session=session).first()
        if linked and linked.garden_id == garden.pk:
            return linked
        if garden.ended_at:
            raise ValidationError({"garden": _("Kebun ini sudah selesai. Pilih kebun lain.")})
        lesson, _created = GardenLesson.objects.update_or_create(
            session=session,
            defaults={"garden": garden, "linked_by": by, "linked_at": timezone.now()},
        )
        record(LessonLinkedToGarden(session_id=session.pk, garden_id=garden.pk), by=by)
    return lesson


def unlink_garden(session: ModelSession, *, by: User) -> None:
    """Say that a session is not about a garden after all."""
    with changing(session):
        rules.may_link_garden.require(by, session)
        GardenLesson.objects.filter(session=session).delete()
        record(LessonUnlinkedFromGarden(session_id=session.pk), by=by)


def link_post(garden: Garden, post: Post, *, by: User) -> GardenPost:
    """Say that a post is about a garden; said twice it is so once.

    Raises ValidationError for a post that the person cannot read.
    """
    with changing(garden, post):
        rules.may_link_post.require(by, garden, post)
        if not Post.objects.visible_to(by).filter(pk=post.pk).exists():
            raise ValidationError({"post": _("Bahan ini tidak ditemukan.")})
        link, is_new = GardenPost.objects.get_or_create(
            garden=garden, post=post, defaults={"linked_by": by}
        )
        if is_new:
            record(PostLinkedToGarden(garden_id=garden.pk, post_id=post.pk), by=by)
    return link


def unlink_post(link: GardenPost, *, by: User) -> None:
    """Say that a post is not about a garden after all."""
    with changing(link.garden):
        rules.may_unlink_post.require(by, link.garden, link.post)
        gone, _rows = GardenPost.objects.filter(pk=link.pk).delete()
        if gone:
            record(PostUnlinkedFromGarden(garden_id=link.garden_id, post_id=link.post_id), by=by)


def _write(garden: Garden, facts: Facts) -> None:
    for name, fact in facts.items():
        setattr(garden, name, fact)
    garden.full_clean()
    if garden.planted_on > timezone.localdate():
        raise ValidationError({"planted_on": _("Tanggal tanam belum tiba.")})


def _check_harvest(harvest: Harvest) -> None:
    if harvest.on > timezone.localdate():
        raise ValidationError({"on": _("Tanggal panen belum tiba.")})
    if harvest.on < harvest.garden.planted_on:
        raise ValidationError({"on": _("Tanggal panen lebih awal daripada tanggal tanam.")})
    if harvest.grams > MOST_GRAMS:
        raise ValidationError({"grams": _("Satu panen paling banyak 500 kg. Periksa angkanya.")})


def _count(garden: Garden, grams: int) -> None:
    Garden.objects.filter(pk=garden.pk).update(harvested_grams=F("harvested_grams") + grams)
    garden.refresh_from_db(fields=["harvested_grams"])
