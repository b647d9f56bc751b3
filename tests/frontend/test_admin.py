"""The Django admin: who gets in, what may be changed there, and what nobody reads there."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from accounts.models import Appointment, User
from activity.admin import ReadOnlyAdmin
from activity.models import Entry
from schools.models import School
from tests import make

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model.__module__.split(".")[0] != "allauth"]
EDITABLE = {"User", "Appointment", "School", "Subject", "Crop"}
# What people write in confidence, and what opens doors.
NEVER = {
    "observations": {"Answer", "Note"},
    "reinforcement": {"PrivateNote", "FeedbackShare"},
    "thinkpair": {"Thought", "Message", "PairMember"},
}
SECRET = {
    "data",
    "token",
    "text",
    "body",
    "body_html",
    "answer",
    "answer_reason",
    "reflection",
    "conclusion",
    "commitment",
    "result",
    "thanks",
    "message",
    "appreciation",
    "seen",
    "question",
    "suggestion",
    "support",
    "target",
    "went_well",
    "not_yet",
    "learned",
}


@pytest.fixture
def staff() -> User:
    staff = make.person()
    staff.is_staff = True
    staff.save()
    return staff


def _list(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_list_opens_for_staff(client, staff, model):
    session = make.session(held=True)
    client.force_login(staff)

    answer = client.get(_list(model))

    assert answer.status_code == 200
    assert session


def test_what_is_not_settings_is_only_read():
    editable = {
        model.__name__
        for model, page in admin.site._registry.items()
        if model in OURS and not isinstance(page, ReadOnlyAdmin)
    }

    assert editable == EDITABLE


def test_confidential_words_are_in_no_list():
    from_instruments = {"Item"}
    for model in OURS:
        page = admin.site._registry[model]
        if isinstance(page, ReadOnlyAdmin) and model.__name__ not in from_instruments:
            assert not SECRET & set(page.shown), model
    for app, names in NEVER.items():
        for name in names:
            assert not admin.site.is_registered(apps.get_model(app, name))
    assert not {"Token", "TokenProxy", "Authenticator"} & {m.__name__ for m in admin.site._registry}


def test_rows_that_are_only_read_have_no_page(client, staff):
    session = make.session()
    client.force_login(staff)

    url = reverse("admin:model_sessions_modelsession_change", args=[session.pk])

    assert client.get(url).status_code == 403
    assert client.get(reverse("admin:model_sessions_modelsession_add")).status_code == 403


@pytest.mark.parametrize("who", ["stranger", "teacher", "officer"])
def test_nobody_else_gets_in(client, who: str):
    if who != "stranger":
        client.force_login({"teacher": make.person, "officer": make.officer}[who]())

    assert client.get("/admin/").status_code == 302
    assert client.get(_list(User)).status_code == 302


def _as_form(person: User, **changes: object) -> dict[str, object]:
    names = ("username", "name", "title_before", "title_after", "phone", "email", "nip", "nuptk")
    kept: dict[str, object] = {name: getattr(person, name) for name in names}
    kept |= {"language": "id", "time_zone": person.time_zone, "is_active": "on", "school": ""}
    return kept | changes


def test_staff_keeps_accounts_but_makes_no_superuser(client, staff):
    person = make.newcomer()
    client.force_login(staff)
    url = reverse("admin:accounts_user_change", args=[person.pk])

    answer = client.post(
        url, _as_form(person, phone="0812 3456 7890", is_superuser="on", is_staff="on")
    )

    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.phone == "+6281234567890"
    assert (person.is_superuser, person.is_staff) == (False, False)


def test_staff_cannot_change_a_superuser(client, staff):
    chief = User.objects.create_superuser(username="kepala", name="Kepala", password="x")
    client.force_login(staff)
    url = reverse("admin:accounts_user_change", args=[chief.pk])

    assert client.post(url, _as_form(chief, name="Lain")).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[chief.pk])
    new = {"password1": "rumput-laut-7", "password2": "rumput-laut-7", "usable_password": "true"}
    assert client.post(password, new).status_code == 403


def test_new_account_has_a_name_a_school_and_a_password(client, staff):
    client.force_login(staff)

    answer = client.post(
        reverse("admin:accounts_user_add"),
        {
            "username": "pengawas.satu",
            "name": "Pengawas Satu",
            "usable_password": "true",
            "password1": "rumput-laut-7",
            "password2": "rumput-laut-7",
        },
    )

    assert answer.status_code == 302
    assert User.objects.get(username="pengawas.satu").check_password("rumput-laut-7")


def test_appointing_lets_in(client, staff):
    person, school = make.newcomer(), make.school()
    client.force_login(staff)

    client.post(
        reverse("admin:accounts_appointment_add"),
        {
            "user": person.pk,
            "duty": "supervisor",
            "school": school.pk,
            "starts_on": "2026-11-01",
            "ends_on": "",
            "decree": "800/12/2026",
        },
    )

    person.refresh_from_db()
    assert person.approved_at
    assert Appointment.objects.get().school == school


def test_letting_in_by_the_list(client, staff):
    people = [make.newcomer(), make.newcomer()]
    client.force_login(staff)

    client.post(_list(User), {"action": "let_in", "_selected_action": [p.pk for p in people]})

    assert not User.objects.filter(approved_at=None).exists()


def test_a_corrected_school_says_so(client, staff):
    school = make.school()
    client.force_login(staff)
    words = {"npsn": school.npsn, "name": "UPT SMPN 1 Seko", "level": "SMP", "address": ""}

    client.post(
        reverse("admin:schools_school_change", args=[school.pk]),
        words | {"district": school.district_id, "is_public": "on"},
    )

    kept = School.objects.get(pk=school.pk)
    assert (kept.name, kept.is_corrected) == ("UPT SMPN 1 Seko", True)


def test_words_of_a_reminder_are_not_shown_with_the_log(client, staff):
    Entry.objects.create(name="notifications.TaskIsDue", data={"text": "Janji saya sendiri"})
    client.force_login(staff)

    page = client.get(_list(Entry)).text

    assert "notifications.TaskIsDue" in page
    assert "Janji saya sendiri" not in page
