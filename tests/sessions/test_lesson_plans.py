"""Versions of a lesson plan, what colleagues say about them, and the files of before."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from accounts.models import User
from activity.files import CheckedFile
from activity.models import Entry
from sessions import rules, services
from sessions.models import LessonPlan, ModelSession, PlanComment
from tests import make
from tests.sessions.test_rules import STATES, session_in, who_is

pytestmark = pytest.mark.django_db


def pdf(words: str, name: str = "Modul ajar.pdf") -> CheckedFile:
    return make.file(f"%PDF-1.4 {words}".encode(), name)


def happened() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("name", flat=True))


def test_each_version_is_kept_with_its_name_type_size_and_what_changed():
    session = make.session()
    teacher = session.teacher

    first = services.share_lesson_plan(session, by=teacher, file=pdf("satu"), submission=uuid4())
    second = services.share_lesson_plan(
        session, by=session.planned_by, file=pdf("dua"), change=" Lebih singkat. ",
        submission=uuid4(),
    )  # fmt: skip

    session.refresh_from_db()
    assert session.lesson_plan_versions == 2
    assert [
        (plan.number, plan.by, plan.change) for plan in session.lesson_plans.order_by("pk")
    ] == [
        (1, teacher, ""),
        (2, session.planned_by, "Lebih singkat."),
    ]
    assert (first.name, first.content_type, first.size) == ("Modul ajar.pdf", "application/pdf", 13)
    with first.file.open() as kept, second.file.open() as newer:
        assert (kept.read(), newer.read()) == (b"%PDF-1.4 satu", b"%PDF-1.4 dua")
    assert happened()[-2:] == ["sessions.LessonPlanShared"] * 2


def test_the_same_form_and_the_same_file_add_no_version():
    session = make.session()
    submission = uuid4()

    def share(words: str, mark):
        return services.share_lesson_plan(
            session, by=session.teacher, file=pdf(words), submission=mark
        )

    first = share("satu", submission)
    again = share("dua", submission)
    same = share("satu", uuid4())

    assert first == again == same
    assert LessonPlan.objects.count() == 1
    assert happened().count("sessions.LessonPlanShared") == 1


def test_the_newest_file_that_is_gone_is_kept_anew():
    session = make.session()
    lost = make.lesson_plan(of=session)
    with lost.file.open() as kept:
        content = kept.read()
    lost.file.storage.delete(lost.file.name)

    plan = services.share_lesson_plan(
        session, by=session.teacher, file=make.file(content, lost.name), submission=uuid4()
    )

    assert (lost.number, plan.number) == (1, 2)
    with plan.file.open() as kept:
        assert kept.read() == content


def test_planning_and_changing_add_versions_too():
    session = make.session()

    services.change_session(session, by=session.teacher, lesson_plan=pdf("satu"))
    services.change_session(session, by=session.teacher, title="Pigmen daun")
    services.change_session(session, by=session.teacher, lesson_plan=pdf("satu"))
    services.change_session(session, by=session.teacher, lesson_plan=pdf("dua"))

    assert [plan.number for plan in session.lesson_plans.order_by("pk")] == [1, 2]
    assert happened().count("sessions.LessonPlanShared") == 2


def test_who_may_not_share_a_lesson_plan_changes_nothing():
    session = make.session()

    with pytest.raises(PermissionDenied, match="Hanya guru model dan pengurus"):
        services.share_lesson_plan(
            session, by=make.member(session.group), file=pdf("a"), submission=uuid4()
        )
    held = make.session(held=True)
    with pytest.raises(PermissionDenied, match="sudah terlaksana"):
        services.share_lesson_plan(held, by=held.teacher, file=pdf("a"), submission=uuid4())

    assert not LessonPlan.objects.exists()


def test_a_comment_is_said_once_and_only_with_words():
    plan = make.lesson_plan()
    reader = make.member(plan.session.group)
    submission = uuid4()

    first = services.comment_plan(plan, by=reader, body=" Kartu peran? ", submission=submission)
    again = services.comment_plan(plan, by=reader, body="Lagi.", submission=submission)
    with pytest.raises(ValidationError):
        services.comment_plan(plan, by=reader, body="  ", submission=uuid4())
    with pytest.raises(ValidationError):
        services.comment_plan(plan, by=reader, body="a" * 2001, submission=uuid4())
    services.hold_session(*[_begun(plan.session)], by=plan.session.planned_by)
    with pytest.raises(PermissionDenied, match="sudah terlaksana"):
        services.comment_plan(plan, by=reader, body="Terlambat.", submission=uuid4())

    assert first == again
    assert PlanComment.objects.get().body == "Kartu peran?"
    assert happened().count("sessions.PlanCommented") == 1


def _begun(session: ModelSession) -> ModelSession:
    earlier = timedelta(days=3)
    ModelSession.objects.filter(pk=session.pk).update(
        starts_at=session.starts_at - earlier, ends_at=session.ends_at - earlier
    )
    return ModelSession.objects.get(pk=session.pk)


# For each rule and person: the states of the session in which it says yes.
OPEN = {"planned", "begun"}
ALLOWED = {
    ("may_share_lesson_plan", "board"): OPEN,
    ("may_share_lesson_plan", "guru model"): OPEN,
    ("may_share_lesson_plan", "observer"): set(),
    ("may_share_lesson_plan", "member"): set(),
    ("may_share_lesson_plan", "core teacher"): set(),
    ("may_share_lesson_plan", "supervisor"): set(),
    ("may_share_lesson_plan", "other chair"): set(),
    ("may_comment_plan", "board"): OPEN,
    ("may_comment_plan", "guru model"): OPEN,
    ("may_comment_plan", "observer"): OPEN,
    ("may_comment_plan", "member"): OPEN,
    ("may_comment_plan", "core teacher"): OPEN,
    ("may_comment_plan", "supervisor"): set(),
    ("may_comment_plan", "other supervisor"): set(),
    ("may_comment_plan", "principal"): set(),
    ("may_comment_plan", "other chair"): set(),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("rule", "who"), ALLOWED)
def test_who_may_share_and_comment(rule: str, who: str, state: str):
    session = session_in(state)

    verdict = getattr(rules, rule)(who_is(who, session), session)

    assert bool(verdict) is (state in ALLOWED[rule, who])
    assert all(str(reason).endswith(".") for reason in verdict.reasons)


def test_who_is_invited_from_outside_comments_too():
    plan = make.lesson_plan()
    guest = make.person()
    services.invite(plan.session, guest, by=plan.session.planned_by, role="resource_person")

    assert rules.may_comment_plan(guest, plan.session)


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("guru model", True),
        ("board", True),
        ("observer", True),
        ("member", True),
        ("supervisor", True),
        ("other supervisor", False),
        ("principal", False),
        ("officer", False),
        ("other chair", False),
        ("newcomer", False),
    ],
)
def test_who_reads_versions_and_comments(who: str, reads: bool):
    session = session_in("planned")
    plan = make.lesson_plan(of=session)
    comment = make.plan_comment(on=plan, by=session.teacher)
    user: User = who_is(who, session)

    assert LessonPlan.objects.visible_to(user).contains(plan) is reads
    assert PlanComment.objects.visible_to(user).contains(comment) is reads


def test_files_of_before_become_first_versions_once():
    migration = import_module("sessions.migrations.0004_fill_names_and_first_versions")
    old, none, new = make.session(), make.session(), make.session()
    old.lesson_plan.save("lama.pdf", ContentFile(b"%PDF-1.4 lama"), save=False)
    old.lesson_plan_name, old.lesson_plan_type = "Lama.pdf", "application/pdf"
    old.lesson_plan_size = 13
    old.save()
    make.lesson_plan(of=new)

    migration.fill(apps, None)
    migration.fill(apps, None)

    plan = old.lesson_plans.get()
    old.refresh_from_db()
    assert (plan.number, plan.name, plan.size, plan.by) == (1, "Lama.pdf", 13, old.teacher)
    assert (plan.file.name, old.lesson_plan_versions) == (old.lesson_plan.name, 1)
    assert not none.lesson_plans.exists()
    assert new.lesson_plans.count() == 1
    assert migration.Migration.operations[0].reverse_code is not None
