"""Checking in by code, the board's ticks, and what the history keeps."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from activity.models import Entry
from groups.models import Group
from sessions import codes, rules, services
from sessions.models import CheckIn, CodeTries, ModelSession, Participation
from tests import make

pytestmark = pytest.mark.django_db
BEGUN = timedelta(minutes=-5)


def begun(**options: object) -> ModelSession:
    return make.session(**{"starts_in": BEGUN} | options)


def in_state(state: str, group: Group) -> ModelSession:
    options = {
        "tomorrow": {"starts_in": timedelta(days=1)},
        "in 31 minutes": {"starts_in": timedelta(minutes=31)},
        "in 29 minutes": {"starts_in": timedelta(minutes=29)},
        "begun": {"starts_in": BEGUN},
        "held": {"held": True},
        "closed": {"held": True},
        "cancelled": {"cancelled": True},
    }[state]
    session = make.session(of=group, observers=[make.member(group)], **options)
    if state == "closed":
        close(session)
    return session


def close(session: ModelSession):
    ModelSession.objects.filter(pk=session.pk).update(closed_at=timezone.now())
    session.refresh_from_db()


def who_is(who: str, session: ModelSession) -> User:
    people: dict[str, Callable[[], User]] = {
        "board": lambda: session.planned_by,
        "guru model": lambda: session.model_teacher,
        "leader": lambda: leader_of(session),
        "observer": lambda: session.participations.observers().get().user,
        "walk-in": lambda: make.member(session.group),
        "invited outsider": lambda: invited(session),
        "supervisor": lambda: make.supervisor(session.model_teacher.school),
        "other chair": lambda: make.chair(make.group()),
        "newcomer": make.newcomer,
    }
    return User.objects.get(pk=people[who]().pk)


def leader_of(session: ModelSession) -> User:
    session.leader = make.member(session.group)
    session.save(update_fields=["leader"])
    return session.leader


def invited(session: ModelSession) -> User:
    guest = make.person()
    session.participations.create(user=guest, role="resource_person")
    return guest


STATES = ["tomorrow", "in 31 minutes", "in 29 minutes", "begun", "held", "closed", "cancelled"]
OPEN = {"in 29 minutes", "begun", "held"}
TICKED = OPEN | {"in 31 minutes"}
# For each rule and person: the states of the session in which it says yes.
ALLOWED = {
    ("may_check_in", "board"): OPEN,
    ("may_check_in", "guru model"): OPEN,
    ("may_check_in", "observer"): OPEN,
    ("may_check_in", "walk-in"): OPEN,
    ("may_check_in", "invited outsider"): OPEN,
    ("may_check_in", "supervisor"): set(),
    ("may_check_in", "other chair"): set(),
    ("may_check_in", "newcomer"): set(),
    ("may_show_codes", "board"): OPEN,
    ("may_show_codes", "guru model"): OPEN,
    ("may_show_codes", "leader"): OPEN,
    ("may_show_codes", "observer"): set(),
    ("may_show_codes", "walk-in"): set(),
    ("may_show_codes", "supervisor"): set(),
    ("may_show_codes", "other chair"): set(),
    ("may_tick_attendance", "board"): TICKED,
    ("may_tick_attendance", "guru model"): set(),
    ("may_tick_attendance", "leader"): set(),
    ("may_tick_attendance", "observer"): set(),
    ("may_tick_attendance", "supervisor"): set(),
    ("may_tick_attendance", "other chair"): set(),
    ("may_print_sheet", "board"): set(STATES),
    ("may_print_sheet", "guru model"): set(),
    ("may_print_sheet", "leader"): set(),
    ("may_print_sheet", "observer"): set(),
    ("may_print_sheet", "supervisor"): set(),
    ("may_print_sheet", "other chair"): set(),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("name", "who"), ALLOWED)
def test_who_may_do_what_and_when(name: str, who: str, state: str, monkeypatch: pytest.MonkeyPatch):
    # At noon, half an hour from now is the same day.
    noon = timezone.localtime().replace(hour=12, minute=0)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    session = in_state(state, make.group())

    assert bool(getattr(rules, name)(who_is(who, session), session)) is (
        state in ALLOWED[name, who]
    )


def check_in(session: ModelSession, by: User, at: datetime | None = None, **options: object):
    values = {"method": "code", "at": at or timezone.now(), "submission": uuid4()}
    return services.check_in(session, by=by, **values | options)


@pytest.mark.parametrize(
    ("after", "word"),
    [(-29, "present"), (0, "present"), (15, "present"), (16, "late"), (75, "late")],
)
def test_who_comes_more_than_fifteen_minutes_after_the_start_is_late(after: int, word: str):
    session = make.session(starts_in=timedelta(minutes=-80))
    person = session.participations.get().user
    at = session.starts_at + timedelta(minutes=after)

    part = check_in(session, person, at)

    assert (part.attendance, part.method, part.attended_at) == (word, "code", at)
    assert part.ticked_by == person
    assert Entry.objects.latest("pk").name == "sessions.CheckedIn"


def test_the_lesson_clock_says_when_it_began():
    session = make.session(starts_in=timedelta(minutes=-60))
    session.clock_started_at = timezone.now() - timedelta(minutes=10)
    session.save(update_fields=["clock_started_at"])

    assert check_in(session, session.planned_by).attendance == "present"


def test_a_member_who_was_not_invited_is_let_in():
    session = begun()
    late_member = make.member(session.group)

    part = check_in(session, late_member)

    assert (part.role, part.attendance) == ("participant", "present")


def test_a_stranger_is_sent_to_the_board_and_nothing_is_written():
    session = begun()

    with pytest.raises(PermissionDenied, match="pengurus mencatat"):
        check_in(session, make.person())

    assert session.participations.count() == 1
    assert not CheckIn.objects.exists()


def test_the_first_check_in_stands_and_the_same_one_again_changes_nothing():
    session = begun()
    person, submission = session.planned_by, uuid4()
    first = check_in(session, person, submission=submission)
    again = check_in(session, person, submission=submission)
    other = check_in(session, person, method="qr")

    assert first.attended_at == again.attended_at == other.attended_at
    assert other.method == "code"
    assert CheckIn.objects.count() == 1
    assert Entry.objects.filter(name="sessions.CheckedIn").count() == 1


def test_a_check_in_of_another_person_is_not_mine():
    session, submission = begun(), uuid4()
    check_in(session, session.planned_by, submission=submission)

    with pytest.raises(ValidationError, match="sudah dipakai"):
        check_in(session, make.member(session.group), submission=submission)


def test_the_boards_word_stands_and_the_history_keeps_the_code():
    session = begun()
    board = session.planned_by
    person = session.participations.get().user
    services.tick_attendance(session, by=board, attendance={person.pk: "sick"})

    for _twice in range(2):
        part = check_in(session, person, method="qr")

    assert (part.attendance, part.method) == ("sick", "tick")
    assert list(part.check_ins.order_by("pk").values_list("attendance", "method")) == [
        ("sick", "tick"),
        ("sick", "qr"),
    ]


def test_a_scan_that_arrives_late_keeps_its_moment_and_says_so():
    session = make.session(starts_in=timedelta(minutes=-40))
    scanned = timezone.now() - timedelta(minutes=30)

    part = check_in(session, session.planned_by, scanned, method="qr")

    assert part.attended_at == scanned
    assert part.attendance == "present"
    assert part.check_ins.get().was_sent_later


def test_a_moment_to_come_is_now_and_one_before_the_doors_open_is_refused():
    session = begun()

    part = check_in(session, session.planned_by, timezone.now() + timedelta(hours=1))
    with pytest.raises(ValidationError, match="belum dibuka"):
        check_in(session, make.member(session.group), timezone.now() - timedelta(hours=1))

    assert part.attended_at <= timezone.now()


def test_nothing_is_written_once_the_session_is_closed():
    session = begun()
    stale = ModelSession.objects.get(pk=session.pk)
    close(session)

    with pytest.raises(PermissionDenied, match="sudah ditutup"):
        check_in(stale, session.planned_by)

    assert not CheckIn.objects.exists()


# --- codes


def by_code(session: ModelSession, by: User, code: str = "", **options: object) -> Participation:
    return services.check_in_by_code(session, by=by, code=code, submission=uuid4(), **options)


def code_of(session: ModelSession, ago: timedelta = timedelta()) -> str:
    return codes.digits(session.pk, session.secret, timezone.now() - ago)


def token_of(session: ModelSession, ago: timedelta = timedelta()) -> str:
    return codes.qr_token(session.pk, session.secret, timezone.now() - ago)


def test_the_digits_and_the_qr_code_let_in():
    session = begun()

    typed = by_code(session, session.planned_by, code_of(session))
    scanned = by_code(session, session.model_teacher, token=token_of(session))

    assert (typed.method, scanned.method) == ("code", "qr")


def test_codes_of_other_sessions_old_and_forged_ones_let_nobody_in():
    session, other = begun(), begun()
    board = session.planned_by
    genuine = token_of(session)
    forged = genuine[:-1] + ("A" if genuine[-1] != "A" else "B")
    fitting = codes.digits(session.pk, other.secret, timezone.now())
    old = timedelta(seconds=125)

    for token in ({"token": token_of(other)}, {"token": forged}, {"token": token_of(session, old)}):
        with pytest.raises(codes.CodeRefused):
            by_code(session, board, **token)
    for wrong in (code_of(other), code_of(session, old), fitting):
        with pytest.raises(codes.CodeRefused):
            by_code(session, board, wrong)

    assert not CheckIn.objects.exists()


def test_a_phone_with_a_wrong_clock_says_how_long_it_kept_the_code():
    session = make.session(starts_in=timedelta(minutes=-40))
    kept = timedelta(minutes=30)
    ahead = timezone.now() + timedelta(hours=5)

    part = by_code(
        session,
        session.planned_by,
        token=token_of(session, kept),
        scanned_at=ahead - kept,
        sent_at=ahead,
    )

    assert part.attended_at
    assert abs(part.attended_at - (timezone.now() - kept)) < timedelta(seconds=5)


def test_a_code_fits_the_claimed_moment_or_is_refused():
    session = make.session(starts_in=timedelta(minutes=-40))
    now = timezone.now()

    with pytest.raises(codes.CodeRefused):
        by_code(
            session,
            session.planned_by,
            token=token_of(session, timedelta(minutes=30)),
            scanned_at=now - timedelta(minutes=20),
            sent_at=now,
        )


def test_five_wrong_codes_make_one_person_wait_and_nobody_else(monkeypatch: pytest.MonkeyPatch):
    session = begun()
    person, other = make.member(session.group), session.planned_by
    wrong = f"{(int(code_of(session)) + 1) % 10**6:06}"

    for _try in range(5):
        with pytest.raises(codes.CodeRefused):
            by_code(session, person, wrong)
    with pytest.raises(ValidationError, match="lima kali salah"):
        by_code(session, person, code_of(session))
    assert by_code(session, other, code_of(session)).was_present
    assert not session.participations.filter(user=person).exists()

    later = timezone.now() + timedelta(minutes=5, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert by_code(session, person, code_of(session)).was_present


def test_a_right_code_forgives_the_wrong_ones():
    session = begun()
    person = session.planned_by
    wrong = f"{(int(code_of(session)) + 1) % 10**6:06}"
    for _try in range(4):
        with pytest.raises(codes.CodeRefused):
            by_code(session, person, wrong)

    by_code(session, person, code_of(session))

    assert not CodeTries.objects.exists()


def test_who_is_in_already_needs_no_code():
    session = begun()
    make.check_in(to=session, by=session.planned_by)

    assert by_code(session, session.planned_by, "000000").was_present
    assert CheckIn.objects.count() == 1


# --- ticks


def tick(session: ModelSession, words: dict[User, str], **options: object) -> list[Participation]:
    options.setdefault("by", session.planned_by)
    attendance = {person.pk: word for person, word in words.items()}
    return services.tick_attendance(session, attendance=attendance, **options)


def test_ticks_write_what_changed_and_by_whom():
    group = make.group()
    one, two = make.member(group), make.member(group)
    session = make.session(of=group, held=True)
    board = session.planned_by

    tick(session, {one: "present", two: "sick"})
    tick(session, {one: "present"}, by=make.chair(group))

    assert make.participation(session, one).was_present
    assert make.participation(session, one).attended_at
    assert make.participation(session, one).ticked_by == board
    assert make.participation(session, two).attendance == "sick"
    assert make.participation(session, two).attended_at is None
    assert make.participation(session, board).attendance == ""
    assert Entry.objects.last().data == {"session_id": session.pk, "people": 2}
    assert CheckIn.objects.count() == 2


def test_ticks_are_refused_whole_when_one_name_or_word_is_wrong():
    session = make.session(held=True)
    invited, stranger = session.participations.get().user, make.person()

    with pytest.raises(ValidationError, match="tidak diundang"):
        tick(session, {invited: "present", stranger: "present"})
    with pytest.raises(ValidationError, match="tidak dikenali"):
        tick(session, {invited: "datang"})
    with pytest.raises(PermissionDenied):
        tick(session, {invited: "present"}, by=session.model_teacher)

    assert session.participations.get().attendance == ""


def test_the_board_ticks_a_member_who_was_not_invited_and_the_guru_model():
    session = begun()
    newer = make.member(session.group)

    tick(session, {newer: "present", session.model_teacher: "present"})

    assert make.participation(session, newer).was_present
    assert make.participation(session, session.model_teacher).was_present


def test_a_correction_needs_a_reason_and_the_history_keeps_both():
    session = begun()
    person = session.planned_by
    check_in(session, person)

    with pytest.raises(ValidationError, match="alasan"):
        tick(session, {person: "late"})
    tick(session, {person: "late"}, reason="Datang 09.20, kode diketik teman.")

    part = make.participation(session, person)
    assert (part.attendance, part.method) == ("late", "tick")
    assert list(part.check_ins.order_by("pk").values_list("attendance", "method", "reason")) == [
        ("present", "code", ""),
        ("late", "tick", "Datang 09.20, kode diketik teman."),
    ]


def test_two_of_the_board_at_once_lose_nothing():
    group = make.group()
    one, two = make.member(group), make.member(group)
    session = make.session(of=group, held=True)
    nothing = {one.pk: "", two.pk: ""}
    tick(session, {one: "present"}, seen=nothing)

    left = tick(session, {one: "absent", two: "sick"}, seen=nothing, by=make.chair(group))

    assert [part.user for part in left] == [one]
    assert make.participation(session, one).attendance == "present"
    assert make.participation(session, two).attendance == "sick"


def test_attendance_of_a_closed_session_is_frozen():
    session = begun()
    close(session)

    with pytest.raises(PermissionDenied, match="sudah ditutup"):
        tick(session, {session.planned_by: "present"})
