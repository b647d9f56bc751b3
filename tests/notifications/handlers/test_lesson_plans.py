"""What is told of modul ajar."""

import pytest
from django.urls import reverse

from activity.services import relay
from groups.roles import Role
from notifications.models import Notice
from tests import make

pytestmark = pytest.mark.django_db


def test_who_observes_learns_of_a_lesson_plan_once_and_she_of_comments():
    group = make.group()
    observer = make.member(group)
    guide = make.member(group, Role.CORE_TEACHER)
    session = make.session(of=group, observers=[observer])
    relay()
    Notice.objects.all().delete()

    for _ in range(2):
        plan = make.lesson_plan(of=session)
    make.plan_comment(on=plan, by=observer)
    make.plan_comment(on=plan, by=guide)
    make.plan_comment(on=plan, by=session.teacher)
    relay()

    url = reverse("joint-plan", args=[session.pk])
    told = Notice.objects.order_by("pk").values_list("recipient", "text", "url")
    assert list(told) == [
        (observer.pk, f"Modul ajar “{session}” dapat dibaca: versi 2.", url),
        (guide.pk, f"Modul ajar “{session}” dapat dibaca: versi 2.", url),
        (session.teacher_id, f"{observer} mengomentari modul ajar “{session}”.", url),
    ]
