"""The pages of groups: what is on them, for whom, and what their buttons do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from groups import services
from groups.models import Group, Invitation, JoinRequest, Membership
from groups.roles import Role
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def day(offset: int):
    return timezone.localdate() + timedelta(days=offset)


def kkg(n: int) -> Group:
    return Group.objects.create(
        kind=Group.Kind.KKG,
        name=f"KKG Gugus {n:02}",
        code=f"KKG-{n}",
        level="SD",
        regency=make.district().regency,
        district=make.district(),
        governing_body="Dinas Pendidikan",
    )


# --- the list -----------------------------------------------------------------------------------
def test_groups_page_shows_ones_own_first_then_the_others(client):
    own, other = make.group(), make.group()
    teacher = make.member(own, Role.SECRETARY)
    make.member(other)
    services.ask_to_join(other, by=teacher)
    client.force_login(teacher)

    page = client.get(reverse("groups")).text
    page = page[page.index("<main") :]

    assert page.index("Kelompok saya") < page.index(own.name) < page.index("Kelompok lain")
    assert page.index("Kelompok lain") < page.index(other.name)
    assert page.count(f'href="{own.get_absolute_url()}"') == 1
    assert "Sekretaris" in page
    assert "1 anggota" in page
    assert "Menunggu keputusan pengurus" in page
    assert "Buat kelompok" not in page


def test_groups_page_is_searched_and_says_when_nothing_fits(client):
    make.group()
    seko = kkg(7)
    client.force_login(make.newcomer())

    assert seko.name in client.get(reverse("groups"), {"q": "seko"}).text
    found = client.get(reverse("groups"), {"q": "gugus 07"}).text
    assert (seko.name in found, "MGMP IPA" in found) == (True, False)
    assert "Tidak ada kelompok yang cocok" in client.get(reverse("groups"), {"q": "xyz"}).text


def test_groups_page_asks_as_much_for_30_groups_as_for_one(client, django_assert_num_queries):
    client.force_login(make.person())
    kkg(1)
    with django_assert_num_queries(5) as first:
        client.get(reverse("groups"))
    for n in range(2, 31):
        kkg(n)

    with django_assert_num_queries(len(first)):
        page = client.get(reverse("groups"))

    more = client.get(reverse("groups") + page.context["page"].next_url, headers=HTMX)
    assert [group.name for group in more.context["page"].items] == [
        f"KKG Gugus {n}" for n in range(21, 31)
    ]
    assert "<html" not in more.text


def test_no_groups_yet_says_what_to_do(client):
    client.force_login(make.newcomer())

    assert "Minta tautan undangan" in client.get(reverse("groups")).text


# --- a group's page -----------------------------------------------------------------------------
def test_group_page_for_a_member_tells_who_and_where_the_cycle_stands(client):
    cycle = make.cycle()
    group = cycle.group
    chair, guide = make.chair(group), make.member(group, Role.CORE_TEACHER)
    member = make.member(group)
    client.force_login(member)

    page = client.get(group.get_absolute_url()).text

    for words in (chair.full_name, "Ketua", guide.full_name, "Guru inti", "Bertanya di kelas"):
        assert words in page
    assert 'aria-current="step"' in page
    assert "3 anggota" in page
    for words in ("Undang anggota", "Permintaan bergabung", "Serah terima", "Minta bergabung"):
        assert words not in page
    assert reverse("members", args=[group.pk]) in page


def test_group_page_for_the_board_offers_what_it_can_do(client):
    request = make.join_request()
    group = request.group
    client.force_login(make.chair(group))

    page = client.get(group.get_absolute_url()).text

    for words in ("Undang anggota", "Permintaan bergabung", request.user.full_name, "Buka siklus"):
        assert words in page
    for name in ("hand-over-board", "edit-group", "appoint-guide", "open-cycle"):
        assert reverse(name, args=[group.pk]) in page
    assert "Serahkan dulu jabatan pengurus" in page


def test_group_page_for_a_stranger_names_nobody_and_offers_to_ask(client):
    cycle = make.cycle()
    chair = make.chair(cycle.group)
    client.force_login(make.newcomer())

    page = client.get(cycle.group.get_absolute_url()).text

    assert (cycle.group.name in page, "Minta bergabung" in page) == (True, True)
    assert (chair.full_name in page, cycle.theme in page) == (False, False)


def test_group_page_says_when_the_board_s_term_ran_out(client):
    group = make.group()
    chair = make.chair(group)
    chair.memberships.filter(role=Role.CHAIR).update(ends_on=day(-1))
    client.force_login(chair)

    page = client.get(group.get_absolute_url()).text

    assert "Masa tugas pengurus sudah berakhir" in page
    assert "Undang anggota" not in page


def test_group_page_shows_a_board_that_is_still_to_come(client):
    group = make.group()
    chair, successor = make.chair(group), make.member(group)
    services.hand_over_board(
        group, by=chair, chair=successor, starts_on=day(5), ends_on=day(370), decree="SK 12"
    )
    client.force_login(successor)

    page = client.get(group.get_absolute_url()).text

    assert page.index("Pengurus berikutnya") < page.rindex(successor.full_name)
    assert "SK 12" in page


def test_group_page_asks_as_much_for_30_requests_as_for_one(client, django_assert_num_queries):
    group = make.group()
    client.force_login(make.chair(group))
    make.join_request(to=group)
    make.member(group, Role.SECRETARY)
    with django_assert_num_queries(10) as first:
        client.get(group.get_absolute_url())
    for _ in range(29):
        make.join_request(to=group)
        make.member(group, Role.CORE_TEACHER)

    with django_assert_num_queries(len(first)):
        client.get(group.get_absolute_url())


def test_a_group_that_is_not_there_is_404(client):
    client.force_login(make.person())

    assert client.get(reverse("group", args=[987])).status_code == 404


# --- members ------------------------------------------------------------------------------------
def test_members_page_marks_offices_and_is_searched(client):
    group = make.group()
    guide, member = make.member(group, Role.INSTRUCTOR), make.member(group)
    client.force_login(member)

    page = client.get(reverse("members", args=[group.pk])).text
    found = client.get(reverse("members", args=[group.pk]), {"q": guide.name}).text

    assert (guide.full_name in page, member.full_name in page) == (True, True)
    assert '<span class="chip">Instruktur</span>' in page
    assert (guide.full_name in found, member.full_name in found) == (True, False)


def test_members_page_is_404_for_a_stranger_and_open_to_the_dinas(client):
    group = make.group()
    member = make.member(group)
    client.force_login(make.person())
    assert client.get(reverse("members", args=[group.pk])).status_code == 404

    client.force_login(make.officer())

    assert member.full_name in client.get(reverse("members", args=[group.pk])).text


def test_members_page_asks_as_much_for_30_people_as_for_one(client, django_assert_num_queries):
    group = make.group()
    client.force_login(make.member(group))
    url = reverse("members", args=[group.pk])
    with django_assert_num_queries(6) as first:
        client.get(url)
    for _ in range(29):
        make.member(group, Role.CORE_TEACHER)

    with django_assert_num_queries(len(first)):
        page = client.get(url)

    more = client.get(url + page.context["page"].next_url)
    shown = [*page.context["page"].items, *more.context["page"].items]
    assert len({seat.user_id for seat in shown}) == 30


# --- asking, deciding, leaving ------------------------------------------------------------------
def test_asking_to_join_twice_waits_once(client):
    group, newcomer = make.group(), make.newcomer()
    client.force_login(newcomer)
    url = reverse("ask-to-join", args=[group.pk])

    answers = [client.post(url, {"message": "Saya guru IPA."}) for _ in range(2)]

    assert [answer.url for answer in answers] == [group.get_absolute_url()] * 2
    assert JoinRequest.objects.get().message == "Saya guru IPA."
    page = client.get(group.get_absolute_url()).text
    assert "Permintaan Bapak/Ibu menunggu" in page


def test_asking_to_join_with_a_message_too_long_is_422_in_words(client):
    group = make.group()
    client.force_login(make.newcomer())

    answer = client.post(reverse("ask-to-join", args=[group.pk]), {"message": "a" * 301})

    assert answer.status_code == 422
    assert "field-bad" in answer.text
    assert not JoinRequest.objects.exists()


def test_one_tap_accepts_a_request_and_shows_who_still_waits(client):
    request = make.join_request()
    waiting = make.join_request(to=request.group)
    client.force_login(make.chair(request.group))
    url = reverse("decide-join", args=[request.pk])

    answer = client.post(url, {"answer": "accept"}, headers=HTMX)

    assert answer.status_code == 200
    assert reverse("decide-join", args=[waiting.pk]) in answer.text
    assert url not in answer.text
    assert "sekarang anggota" in answer.text
    assert request.user.memberships.get().group == request.group


def test_declining_lets_nobody_in(client):
    request = make.join_request()
    client.force_login(make.chair(request.group))

    answer = client.post(reverse("decide-join", args=[request.pk]), {"answer": "decline"})

    assert answer.url == request.group.get_absolute_url()
    assert JoinRequest.objects.get().accepted is False
    assert not request.user.memberships.exists()


def test_deciding_from_a_stale_page_is_refused_in_words(client):
    request = make.join_request()
    chair, secretary = make.chair(request.group), make.member(request.group, Role.SECRETARY)
    services.decide_join(request, by=chair, accepted=False)
    client.force_login(secretary)

    answer = client.post(
        reverse("decide-join", args=[request.pk]), {"answer": "accept"}, headers=HTMX
    )

    assert answer.status_code == 403
    assert "Permintaan ini sudah diputuskan." in answer.text
    assert not request.user.memberships.exists()


def test_deciding_is_403_for_who_asked_and_404_for_others(client):
    request = make.join_request()
    url = reverse("decide-join", args=[request.pk])

    client.force_login(request.user)
    assert client.post(url, {"answer": "accept"}).status_code == 403
    client.force_login(make.member(request.group))
    assert client.post(url, {"answer": "accept"}).status_code == 404

    assert JoinRequest.objects.waiting().exists()


def test_leaving_says_so_and_a_chair_is_refused(client):
    group = make.group()
    member, chair = make.member(group), make.chair(group)
    url = reverse("leave-group", args=[group.pk])

    client.force_login(member)
    assert client.post(url).url == reverse("groups")
    client.force_login(chair)
    refused = client.post(url)

    assert member.memberships.get().ends_on == day(0)
    assert refused.status_code == 403
    assert "Serahkan dulu jabatan pengurus" in refused.text


# --- making and changing ------------------------------------------------------------------------
def test_the_dinas_makes_a_group_with_its_first_chair(client):
    chair = make.person()
    client.force_login(make.officer())
    form = {
        "kind": "mgmp",
        "name": "MGMP IPA SMP Luwu Utara",
        "code": "MGMP-IPA",
        "subject": make.subject().pk,
        "level": "SMP",
        "regency": make.district().regency_id,
        "governing_body": "Dinas Pendidikan",
        "chair": chair.email.upper(),
        "starts_on": day(0),
        "ends_on": day(365),
        "decree": "SK 1",
    }

    unknown = client.post(reverse("new-group"), form | {"chair": "siapa"})
    without_subject = client.post(reverse("new-group"), form | {"subject": ""})
    made = client.post(reverse("new-group"), form)

    assert (unknown.status_code, without_subject.status_code) == (422, 422)
    assert "Tidak ada orang yang dikenal" in unknown.text
    assert "Pilih mata pelajaran" in without_subject.text
    group = Group.objects.get()
    assert made.url == group.get_absolute_url()
    assert set(group.memberships.values_list("user", "role")) == {
        (chair.pk, "member"),
        (chair.pk, "chair"),
    }


def test_a_teacher_makes_no_group(client):
    client.force_login(make.person())

    answer = client.get(reverse("new-group"))

    assert answer.status_code == 403
    assert "Kelompok baru hanya dapat dibuat oleh Dinas Pendidikan." in answer.text


def test_the_board_changes_the_letterhead_and_a_member_may_not(client):
    group = make.group()
    url = reverse("edit-group", args=[group.pk])
    form = {
        "name": group.name,
        "code": group.code,
        "subject": group.subject_id,
        "level": group.level,
        "governing_body": group.governing_body,
        "weekday": 3,
        "letterhead": "MGMP IPA\nKABUPATEN LUWU UTARA",
    }

    client.force_login(make.member(group))
    assert client.post(url, form).status_code == 403
    client.force_login(make.chair(group))
    assert client.post(url, form | {"name": ""}).status_code == 422
    assert client.post(url, form).url == group.get_absolute_url()

    group.refresh_from_db()
    assert group.letterhead.splitlines() == ["MGMP IPA", "KABUPATEN LUWU UTARA"]
    assert group.weekday == 3


def test_a_name_that_another_group_has_is_said_at_the_field(client):
    group, other = make.group(), make.group()
    client.force_login(make.chair(group))
    form = {
        "name": other.name,
        "code": group.code,
        "subject": group.subject_id,
        "level": group.level,
        "governing_body": group.governing_body,
    }

    answer = client.post(reverse("edit-group", args=[group.pk]), form)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    group.refresh_from_db()
    assert group.name != other.name


# --- invitations --------------------------------------------------------------------------------
def test_inviting_twice_by_one_form_leads_to_one_page_with_a_code(client):
    group = make.group()
    client.force_login(make.chair(group))
    form = {"submission": str(uuid4())}

    answers = [client.post(reverse("make-invitation", args=[group.pk]), form).url for _ in range(2)]

    invitation = Invitation.objects.get()
    assert answers == [reverse("group-invitation", args=[group.pk, invitation.pk])] * 2
    page = client.get(answers[0]).text
    assert f"http://testserver/invitations/{invitation.token}/" in page
    assert "<svg" in page
    assert "Salin untuk WhatsApp" in page
    assert group.name in page
    assert "style=" not in page


def test_a_member_neither_invites_nor_sees_the_code(client):
    invitation = make.invitation()
    group = invitation.group
    client.force_login(make.member(group))

    seen = client.get(reverse("group-invitation", args=[group.pk, invitation.pk]))
    made = client.post(reverse("make-invitation", args=[group.pk]), {"submission": str(uuid4())})

    assert (seen.status_code, made.status_code) == (404, 403)
    assert Invitation.objects.count() == 1


def test_the_code_of_another_group_s_address_is_404(client):
    invitation = make.invitation()
    client.force_login(invitation.made_by)

    url = reverse("group-invitation", args=[make.group().pk, invitation.pk])

    assert client.get(url).status_code == 404


def test_a_revoked_invitation_shows_no_code_and_lets_nobody_in(client):
    invitation, newcomer = make.invitation(), make.newcomer()
    group = invitation.group
    client.force_login(invitation.made_by)

    client.post(reverse("revoke-invitation", args=[group.pk, invitation.pk]))

    page = client.get(reverse("group-invitation", args=[group.pk, invitation.pk])).text
    assert ('class="qr"' in page, "sudah tidak berlaku" in page) == (False, True)
    client.force_login(newcomer)
    public = client.get(invitation.get_absolute_url())
    refused = client.post(reverse("accept-invitation", args=[invitation.token]))
    assert (public.status_code, refused.status_code) == (410, 403)
    assert "Minta tautan baru kepada pengurus kelompok" in public.text
    assert "Undangan ini sudah tidak berlaku." in refused.text
    assert not newcomer.memberships.exists()


def test_a_stranger_reads_who_invites_and_the_token_waits_for_sign_up(client):
    invitation = make.invitation()
    chair = invitation.made_by

    page = client.get(invitation.get_absolute_url())

    assert page.status_code == 200
    assert invitation.group.name in page.text
    assert chair.full_name in page.text
    assert reverse("account_signup") in page.text
    assert f"{reverse('account_login')}?next={invitation.get_absolute_url()}" in page.text
    assert client.session["invitation"] == invitation.token


def test_an_expired_invitation_is_410_and_leaves_no_token(client):
    invitation = make.invitation()
    Invitation.objects.update(expires_at=timezone.now())

    page = client.get(invitation.get_absolute_url())

    assert page.status_code == 410
    assert "Undangan sudah tidak berlaku" in page.text
    assert reverse("account_signup") not in page.text
    assert "invitation" not in client.session


def test_a_guessed_token_is_404(client):
    make.invitation()

    assert client.get(reverse("invitation", args=["tebakan"])).status_code == 404
    client.force_login(make.person())
    assert client.post(reverse("accept-invitation", args=["tebakan"])).status_code == 404


def test_joining_twice_by_one_tap_makes_one_membership(client):
    invitation, newcomer = make.invitation(), make.newcomer()
    client.force_login(newcomer)
    assert "Gabung" in client.get(invitation.get_absolute_url()).text
    url = reverse("accept-invitation", args=[invitation.token])

    answers = [client.post(url).url for _ in range(2)]

    assert answers == [invitation.group.get_absolute_url()] * 2
    assert Membership.objects.filter(user=newcomer).count() == 1
    assert User.objects.get(pk=newcomer.pk).approved_at is not None
    assert "sudah menjadi anggota" in client.get(invitation.get_absolute_url()).text


def test_joining_without_signing_in_leads_to_the_sign_in(client):
    invitation = make.invitation()

    answer = client.post(reverse("accept-invitation", args=[invitation.token]))

    assert answer.url.startswith(reverse("account_login"))


# --- offices ------------------------------------------------------------------------------------
def test_hand_over_form_names_members_only_and_ends_the_old_board(client):
    group = make.group()
    chair, successor, stranger = make.chair(group), make.member(group), make.person()
    client.force_login(chair)
    url = reverse("hand-over-board", args=[group.pk])
    form = {"starts_on": day(0), "ends_on": day(365), "decree": "421/1/2026"}

    page = client.get(url).text
    wrong = client.post(url, form | {"chair": stranger.pk})
    late = client.post(url, form | {"chair": successor.pk, "ends_on": day(-1)})
    done = client.post(url, form | {"chair": successor.pk})

    assert (successor.full_name in page, stranger.full_name in page) == (True, False)
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["chair"])
    assert (late.status_code, list(late.context["form"].errors)) == (422, ["ends_on"])
    assert done.url == group.get_absolute_url()
    assert group.memberships.current().get(role=Role.CHAIR).user == successor
    again = client.post(url, form | {"chair": chair.pk})
    assert again.status_code == 403
    assert "pengurus kelompok atau Dinas" in again.text


def test_guides_are_appointed_and_dismissed_by_the_board(client):
    group = make.group()
    chair, member = make.chair(group), make.member(group)
    client.force_login(chair)
    url = reverse("appoint-guide", args=[group.pk])

    client.post(url, {"person": member.pk, "role": "core_teacher"})
    again = client.post(url, {"person": member.pk, "role": "core_teacher"})

    seat = member.memberships.get(role=Role.CORE_TEACHER)
    assert (again.status_code, "sudah memegang tugas itu" in again.text) == (422, True)
    client.post(reverse("dismiss-guide", args=[seat.pk]))
    seat.refresh_from_db()
    assert seat.ends_on == day(0)
    client.force_login(member)
    assert client.get(url).status_code == 403
    assert client.post(reverse("dismiss-guide", args=[seat.pk])).status_code == 403
    client.force_login(make.person())
    assert client.post(reverse("dismiss-guide", args=[seat.pk])).status_code == 404
