"""What only the papers of a session say, and its photos and materials."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from PIL import Image

from accounts.models import User
from activity.files import CheckedFile
from activity.models import Entry
from groups.roles import Role
from sessions import rules, services
from sessions.models import ModelSession, Paperwork, SessionFile
from tests import make

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"
STATES = {
    "planned": {},
    "held": {"held": True},
    "cancelled": {"cancelled": True},
}


def picture(name: str = "foto.jpg") -> CheckedFile:
    stored = BytesIO()
    Image.new("RGB", (4, 4), "green").save(stored, "JPEG")
    return make.file(stored.getvalue(), name)


def kept(session: ModelSession, by: User, **changes) -> SessionFile:
    words = {
        "kind": "material",
        "file": make.file(PDF, "materi.pdf"),
        "submission": uuid4(),
    }
    return services.keep_file(session, by=by, **words | changes)


def marks(session: ModelSession) -> dict[str, str]:
    """What a page that is opened now remembers of each field."""
    paper = Paperwork.objects.filter(session=session).first() or Paperwork()
    names = ("funding", "results", "letter_on")
    return {name: services.mark_of(getattr(paper, name)) for name in names}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("chair", True),
        ("secretary", True),
        ("guru model", False),
        ("observer", False),
        ("member", False),
        ("core teacher", False),
        ("supervisor", False),
        ("officer", False),
        ("other chair", False),
        ("newcomer", False),
    ],
)
def test_who_fills_in_papers_and_keeps_files(who: str, may: bool, state: str):
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], **STATES[state])
    person = {
        "chair": lambda: make.chair(group),
        "secretary": lambda: make.member(group, Role.SECRETARY),
        "guru model": lambda: session.teacher,
        "observer": lambda: observer,
        "member": lambda: make.member(group),
        "core teacher": lambda: make.member(group, Role.CORE_TEACHER),
        "supervisor": lambda: make.supervisor(session.teacher.school),
        "officer": make.officer,
        "other chair": lambda: make.chair(make.group()),
        "newcomer": make.newcomer,
    }[who]()
    may = may and state != "cancelled"

    assert bool(rules.may_fill_paperwork(person, session)) is may
    assert bool(rules.may_keep_file(person, session)) is may
    if not may:
        with pytest.raises(PermissionDenied):
            services.fill_paperwork(session, by=person, funding="Iuran.")
        with pytest.raises(PermissionDenied):
            kept(session, person)
        assert not Paperwork.objects.exists()
        assert not SessionFile.objects.exists()


def test_words_are_kept_and_what_is_not_given_stays():
    session = make.session()
    chair = session.planned_by
    services.fill_paperwork(
        session, by=chair, letter_subject="Undangan", letter_on=date(2026, 11, 20)
    )
    Entry.objects.all().delete()

    paper = services.fill_paperwork(session, by=chair, funding=" Iuran\r\nanggota. ")

    paper.refresh_from_db()
    assert (paper.letter_subject, paper.letter_on) == ("Undangan", date(2026, 11, 20))
    assert paper.funding == "Iuran\nanggota."
    assert Entry.objects.get().name == "sessions.PaperworkFilled"


def test_an_end_before_the_beginning_is_refused_on_its_field():
    session = make.session()

    with pytest.raises(ValidationError) as refused:
        services.fill_paperwork(
            session,
            by=session.planned_by,
            began_at=session.starts_at,
            ended_at=session.starts_at - timedelta(minutes=1),
        )

    assert list(refused.value.error_dict) == ["ended_at"]
    assert not Paperwork.objects.exists()


def test_two_who_fill_in_different_fields_lose_nothing():
    session = make.session()
    chair = session.planned_by
    seen = marks(session)
    services.fill_paperwork(session, by=chair, seen=seen, funding="Iuran.", results="")

    paper = services.fill_paperwork(session, by=chair, seen=seen, funding="", results="Dua RPP.")

    paper.refresh_from_db()
    assert (paper.funding, paper.results) == ("Iuran.", "Dua RPP.")


def test_two_who_fill_in_the_same_field_are_told_and_nothing_is_written():
    session = make.session()
    chair = session.planned_by
    seen = marks(session)
    services.fill_paperwork(session, by=chair, seen=seen, letter_on=date(2026, 11, 20))

    with pytest.raises(ValidationError) as refused:
        services.fill_paperwork(
            session, by=chair, seen=seen, letter_on=date(2026, 11, 21), results="Dua RPP."
        )

    assert list(refused.value.error_dict) == ["letter_on"]
    assert "“20 November 2026”" in refused.value.messages[0]
    assert Paperwork.objects.get().results == ""
    same = services.fill_paperwork(session, by=chair, seen=seen, letter_on=date(2026, 11, 20))
    assert same.letter_on == date(2026, 11, 20)
    again = services.fill_paperwork(
        session, by=chair, seen=marks(session), letter_on=date(2026, 11, 21)
    )
    assert again.letter_on == date(2026, 11, 21)


def test_saving_what_did_not_change_records_nothing():
    session = make.session()
    services.fill_paperwork(session, by=session.planned_by, funding="Satu\nDua")
    Entry.objects.all().delete()

    services.fill_paperwork(
        session, by=session.planned_by, seen=marks(session), funding="Satu\r\nDua", results=""
    )

    assert not Entry.objects.exists()


# --- files


def test_a_file_is_kept_once_and_its_readers_are_those_of_the_session():
    session = make.session()
    mark = uuid4()
    first = kept(session, session.planned_by, submission=mark)

    again = kept(session, session.planned_by, submission=mark)

    assert again == first
    assert (first.name, first.kind, first.size) == ("materi.pdf", "material", len(PDF))
    readers = SessionFile.objects.visible_to(make.member(session.group))
    assert list(readers) == [first]
    assert not SessionFile.objects.visible_to(make.person()).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "photo", "file": picture()}, "has_consent"),
        ({"kind": "material", "file": picture()}, "has_consent"),
        ({"kind": "photo", "has_consent": True}, "file"),
        ({"kind": "sheet"}, "kind"),
        ({"kind": "x"}, "kind"),
    ],
)
def test_what_cannot_be_kept_is_refused_on_its_field(changes, field):
    session = make.session()

    with pytest.raises(ValidationError) as refused:
        kept(session, session.planned_by, **changes)

    assert list(refused.value.error_dict) == [field]
    assert not SessionFile.objects.exists()


def test_a_photo_with_consent_is_kept_without_hidden_data():
    session = make.session()

    photo = kept(session, session.planned_by, kind="photo", file=picture(), has_consent=True)

    assert (photo.kind, photo.has_consent, photo.content_type) == ("photo", True, "image/jpeg")


def test_there_is_an_end_to_files(monkeypatch):
    session = make.session()
    monkeypatch.setattr("sessions.services.paperwork.MOST_FILES", 1)
    kept(session, session.planned_by)

    with pytest.raises(ValidationError, match="Paling banyak 1 berkas"):
        kept(session, session.planned_by)


def test_a_removed_file_is_gone_from_the_disk_too(django_capture_on_commit_callbacks):
    session = make.session()
    file = kept(session, session.planned_by)
    path = file.file.name

    with django_capture_on_commit_callbacks(execute=True):
        services.remove_file(file, by=session.planned_by)
        services.remove_file(file, by=session.planned_by)

    assert not SessionFile.objects.exists()
    assert not default_storage.exists(path)
    assert Entry.objects.filter(name="sessions.FileRemoved").count() == 1


def test_members_remove_nothing_and_sheets_stay():
    session = make.session()
    file = kept(session, session.planned_by)
    sheet = services.keep_sheet(
        session,
        by=session.planned_by,
        file=make.file(PDF, "daftar.pdf"),
        submission=uuid4(),
    )

    with pytest.raises(PermissionDenied):
        services.remove_file(file, by=session.teacher)
    with pytest.raises(PermissionDenied, match="bukti kehadiran"):
        services.remove_file(sheet, by=session.planned_by)
    assert SessionFile.objects.count() == 2
