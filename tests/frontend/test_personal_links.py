"""Personal links to send one by one, guests without an account, and the texts for WhatsApp."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from accounts.models import User
from frontend.answers import invitation_text, roll_text
from sessions import services
from sessions.models import AgendaItem, ModelSession, Participation
from tests import make

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def letters_on(page: str) -> list[str]:
    return [unescape(url) for url in re.findall(r'href="(https://wa.me/[^"]*)"', page)]


def links_page(session: ModelSession) -> str:
    return reverse("personal-links", args=[session.pk])


# --- sending ------------------------------------------------------------------------------------
def test_board_sends_each_person_their_own_link_by_whatsapp(client):
    session = make.session()
    part = session.participations.get()
    User.objects.filter(pk=part.user_id).update(phone="+6281234567890")
    client.force_login(session.planned_by)

    [letter] = letters_on(client.get(links_page(session)).text)
    text = parse_qs(urlsplit(letter).query)["text"][0]

    assert letter.startswith("https://wa.me/6281234567890?text=")
    assert part.user.full_name in text
    assert session.title in text
    link = text.splitlines()[-1]
    assert client.get(link).status_code == 200
    assert client.get(session.get_absolute_url()).text.count(links_page(session)) == 1


def test_guru_model_sends_links_without_seeing_phone_numbers(client):
    session = make.session()
    User.objects.filter(pk=session.planned_by_id).update(phone="+6281234567890")
    client.force_login(session.teacher)

    page = client.get(links_page(session)).text

    assert letters_on(page)[0].startswith("https://wa.me/?text=")
    assert "6281234567890" not in page


def test_those_who_did_not_answer_are_reminded_alone(client):
    session = make.session()
    silent = make.member(session.group)
    services.invite(session, silent, by=session.planned_by, role="participant")
    answered = session.participations.earliest("pk")
    services.answer_invitation(answered, by=answered.user, answer="coming")
    client.force_login(session.planned_by)

    everyone = client.get(links_page(session)).text
    reminded = client.get(links_page(session), {"answer": "none"}).text

    assert len(letters_on(everyone)) == 2
    assert "Belum menjawab (1)" in everyone
    [letter] = letters_on(reminded)
    assert silent.full_name.split(",")[0] in parse_qs(urlsplit(letter).query)["text"][0]


def test_nobody_is_left_to_remind_once_all_have_answered(client):
    session = make.session()
    [part] = session.participations.all()
    services.answer_invitation(part, by=part.user, answer="coming")
    client.force_login(session.planned_by)

    page = client.get(links_page(session), {"answer": "none"}).text

    assert "Semua sudah menjawab" in page


def test_links_are_searched_come_in_pages_and_ask_the_same_for_few_and_many(
    client, django_assert_max_num_queries
):
    session = make.session()
    client.force_login(session.planned_by)
    client.get(links_page(session))
    with django_assert_max_num_queries(7) as few:
        client.get(links_page(session))
    for _ in range(30):
        services.invite(
            session, make.member(session.group), by=session.planned_by, role="participant"
        )
    last = session.participations.latest("pk").user

    with django_assert_max_num_queries(len(few)):
        page = client.get(links_page(session)).text
    found = client.get(links_page(session), {"q": last.name}).text

    assert len(letters_on(page)) == 20
    more = page.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert len(letters_on(client.get(f"{links_page(session)}{more}", headers=HTMX).text)) == 11
    assert len(letters_on(found)) == 1
    assert "Tidak ada yang cocok" in client.get(links_page(session), {"q": "Zzz"}).text


def test_revoking_one_or_all_kills_what_was_sent(client):
    session = make.session()
    part = session.participations.get()
    client.force_login(session.planned_by)
    first = reverse("rsvp", args=[services.personal_token(part)])

    one = client.post(reverse("revoke-link", args=[part.pk]))
    part.refresh_from_db()
    second = reverse("rsvp", args=[services.personal_token(part)])
    assert one.url == links_page(session)
    assert [client.get(url).status_code for url in (first, second)] == [410, 200]
    client.post(reverse("revoke-all-links", args=[session.pk]))

    assert client.get(second).status_code == 410


def test_uninviting_takes_the_person_off(client):
    session = make.session()
    part = session.participations.get()
    client.force_login(session.planned_by)

    answer = client.post(reverse("uninvite", args=[part.pk]))

    assert answer.url == links_page(session)
    assert not session.participations.exists()
    assert "Belum ada yang diundang" in client.get(links_page(session)).text


def test_after_the_session_nothing_is_sent_but_links_are_still_revoked(client):
    session = make.session(held=True)
    client.force_login(session.planned_by)

    page = client.get(links_page(session)).text

    assert letters_on(page) == []
    assert "Cabut semua tautan" in page
    assert "Tarik undangannya" not in page


# --- guests -------------------------------------------------------------------------------------
def test_a_narasumber_without_account_is_invited_once_and_picked_again_later(client):
    group = make.group()
    session = make.session(of=group)
    later = make.session(of=group, starts_in=timedelta(days=3))
    client.force_login(session.planned_by)
    words = {"name": "Dr. Sitti Rahma", "institution": "BPMP", "phone": "0812-3456-7890"}
    url = reverse("invite-guest", args=[session.pk])

    first = client.post(url, words)
    again = client.post(url, words)
    part = session.participations.get(user__is_guest=True)
    shown = client.get(first.url).text
    client.force_login(later.planned_by)
    later_url = reverse("invite-guest", args=[later.pk])
    offered = client.get(later_url).text
    client.post(later_url, {"guest": part.user_id})

    assert (part.role, part.user.phone) == ("resource_person", "+6281234567890")
    assert not part.user.is_active
    assert not part.user.has_usable_password()
    assert again.status_code == 422
    assert "sudah diundang" in again.text
    assert letters_on(shown)[0].startswith("https://wa.me/6281234567890?")
    assert "Undang lagi" in offered
    assert later.participations.get(user=part.user).role == "resource_person"


def test_a_narasumber_who_speaks_elsewhere_then_is_not_invited_and_the_page_says_why(client):
    group = make.group()
    session, other = make.session(of=group), make.session(of=group)
    part = services.invite_guest(
        session, by=session.planned_by, name="Dr. Sitti Rahma", institution="BPMP"
    )
    client.force_login(other.planned_by)

    answer = client.post(reverse("invite-guest", args=[other.pk]), {"guest": part.user_id})

    assert answer.status_code == 422
    assert "Dr. Sitti Rahma sudah menjadi narasumber" in answer.text
    assert not other.participations.filter(user=part.user_id).exists()


def test_guests_of_other_groups_are_not_offered_nor_taken(client):
    ours, theirs = make.session(), make.session()
    guest = services.invite_guest(
        theirs, by=theirs.planned_by, name="Sitti Rahma", institution="BPMP"
    )
    client.force_login(ours.planned_by)
    url = reverse("invite-guest", args=[ours.pk])

    assert "Sitti Rahma" not in client.get(url).text
    assert client.post(url, {"guest": guest.user_id}).status_code == 404


def test_two_groups_may_know_one_narasumber_by_one_number_and_she_may_sign_up():
    one, two = make.session(), make.session()
    for session in (one, two):
        services.invite_guest(
            session, by=session.planned_by, name="Sitti", institution="BPMP", phone="081234567890"
        )

    person = make.person()
    person.phone = "081234567890"
    person.full_clean()
    person.save()

    assert User.objects.filter(phone="+6281234567890").count() == 3


def test_wrong_number_of_a_guest_is_said_beside_the_field(client):
    session = make.session()
    client.force_login(session.planned_by)

    answer = client.post(
        reverse("invite-guest", args=[session.pk]),
        {"name": "Sitti", "institution": "BPMP", "phone": "12"},
    )

    assert answer.status_code == 422
    assert "Nomor HP tidak dikenali" in answer.text
    assert not User.objects.filter(is_guest=True).exists()


# --- texts for WhatsApp -------------------------------------------------------------------------
def full_session() -> ModelSession:
    group = make.group()
    schools = [make.school(), make.school()]
    people = [make.member(group, at=schools[number % 2]) for number in range(8)]
    session = make.session(of=group)
    session.mode, session.capacity = "blended", 2
    session.online_link = "https://meet.example.id/rahasia"
    session.save()
    words = ("coming", "coming", "coming", "coming", "online", "maybe", "not_coming")
    for person, word in zip(people, words, strict=False):
        part = make.participation(session, person)
        services.answer_invitation(part, by=person, answer=word, reason="Anak sakit.")
    services.invite_guest(session, by=session.planned_by, name="Sitti Rahma", institution="BPMP")
    return ModelSession.objects.get(pk=session.pk)


def test_numbered_list_per_school_says_what_the_database_says():
    session = full_session()
    people = session.participations.select_related("user__school")

    text = roll_text(session, people)

    sections = {}
    for block in text.split("\n\n")[1:]:
        heading, *lines = block.splitlines()
        school = ""
        found: list[tuple[str, str]] = []
        for line in lines:
            if line.startswith("_"):
                school = line.strip("_")
            else:
                number, name = line.split(". ", 1)
                assert int(number) == len(found) + 1
                found.append((school, name.removesuffix(" (narasumber)")))
        sections[heading.strip("*").rpartition(" (")[0]] = found
        assert heading.endswith(f"({len(found)})*")

    def rows(**found: object) -> set[tuple[str, str]]:
        return {
            (str(part.user.school or "") or part.user.institution, part.user.full_name)
            for part in people.filter(**found)
        }

    placed = {"queue_number": None}
    assert set(sections["Hadir"]) == rows(answer="coming", **placed)
    assert set(sections["Daring"]) == rows(answer="online")
    assert set(sections["Ragu"]) == rows(answer="maybe")
    assert set(sections["Berhalangan"]) == rows(answer="not_coming")
    assert set(sections["Belum menjawab"]) == rows(answer="")
    waiting = people.filter(queue_number__isnull=False).order_by("queue_number")
    assert [name for _school, name in sections["Daftar tunggu"]] == [
        part.user.full_name for part in waiting
    ]
    assert sum(len(found) for found in sections.values()) == people.count()
    assert "Anak sakit" not in text
    assert [school for school, _name in sections["Hadir"]] == sorted(
        school for school, _name in sections["Hadir"]
    )


def test_invitation_says_when_where_what_and_how_to_answer_but_not_the_room():
    session = full_session()
    AgendaItem.objects.create(session=session, position=1, title="Pembukaan", minutes=10)
    AgendaItem.objects.create(session=session, position=2, title="Buka kelas", minutes=70)

    text = invitation_text(
        session, "https://x/s/1/", agenda=list(session.agenda.all()), bring="Modul ajar"
    )

    for line in (
        f"*{session.group}*",
        f"Sesi guru model: {session}",
        f"Guru model: {session.teacher}",
        "Tempat: Kebun sekolah",
        "1. Pembukaan",
        "2. Buka kelas",
        "Modul ajar",
        "https://x/s/1/",
    ):
        assert line in text.splitlines()
    assert "Hari, tanggal: " in text
    assert "WITA" in text
    assert "meet.example.id" not in text


def test_board_copies_the_list_from_the_sessions_page_and_members_do_not(client):
    session = full_session()
    member = Participation.objects.filter(session=session, answer="coming").first().user

    client.force_login(session.planned_by)
    board = client.get(session.get_absolute_url()).text
    client.force_login(member)

    assert "*Daftar tunggu (2)*" in board
    assert "Daftar tunggu (2)" not in client.get(session.get_absolute_url()).text
