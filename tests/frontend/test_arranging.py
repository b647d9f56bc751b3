import pytest
from django.urls import reverse

from tests import make
from thinkpair import services

pytestmark = pytest.mark.django_db


def signed_in(client, user):
    client.force_login(user)
    return client


def test_the_board_sees_the_proposed_pairs_and_members_are_asked_to_wait(client):
    group = make.group()
    people = [make.member(group) for _ in range(4)]
    thread = make.arranged(of=group, thinkers=people)

    page = signed_in(client, make.chair(group)).get(thread.get_absolute_url())
    waiting = signed_in(client, people[0]).get(thread.get_absolute_url()).content.decode()

    words = page.content.decode().replace("\xa0", " ")
    for person in people:
        assert person.name in words
        assert str(person.school) in words
    assert "Buka ruang pasangan" in words
    assert "Dari sekolah yang berbeda, belum pernah berpasangan." in words
    assert "Pengurus sedang menyusun pasangan." in waiting
    assert people[1].name not in waiting


def test_lock_swap_and_repropose_without_javascript(client):
    group = make.group()
    thread = make.arranged(of=group, thinkers=[make.member(group) for _ in range(4)])
    signed_in(client, make.chair(group))
    first, second = thread.pairs.order_by("number")
    one, partner = first.people.order_by("pk")
    other = second.people.order_by("pk")[0]

    locked = client.post(reverse("lock-pair", args=[thread.pk, 1]))
    swapped = client.post(
        reverse("swap-people", args=[thread.pk]), {"one": one.pk, "other": other.pk}
    )
    redrawn = client.post(reverse("repropose-pairs", args=[thread.pk]))

    assert [answer.status_code for answer in (locked, swapped, redrawn)] == [302, 302, 302]
    assert set(thread.pairs.get(people=other).people.all()) == {other, partner}
    assert "Lepas kunci" in client.get(thread.get_absolute_url()).content.decode()


def test_the_lock_says_whom_its_page_showed(client):
    group = make.group()
    thread = make.arranged(of=group, thinkers=[make.member(group) for _ in range(4)])
    signed_in(client, make.chair(group))
    one, other = thread.pairs.get(number=1).people.order_by("name", "pk")
    lock = reverse("lock-pair", args=[thread.pk, 1])

    page = client.get(thread.get_absolute_url()).text
    stale = client.post(lock, {"seen": f"{one.pk},{make.member(group).pk}"})
    fresh = client.post(lock, {"seen": f"{one.pk},{other.pk}"})

    assert f'name="seen" value="{one.pk},{other.pk}"' in page
    assert (stale.status_code, fresh.status_code) == (403, 302)


def test_a_swap_that_cannot_be_is_answered_with_a_sentence(client):
    group = make.group()
    thread = make.arranged(of=group, thinkers=[make.member(group) for _ in range(4)])
    signed_in(client, make.chair(group))
    one, other = thread.pairs.get(number=1).people.all()

    partners = client.post(
        reverse("swap-people", args=[thread.pk]), {"one": one.pk, "other": other.pk}
    )
    nobody = client.post(reverse("swap-people", args=[thread.pk]), {"one": "", "other": "999999"})

    assert (partners.status_code, nobody.status_code) == (422, 422)
    assert "Keduanya sudah berpasangan." in partners.content.decode()


def test_open_pairs_leads_the_board_to_the_thread(client):
    group = make.group()
    thread = make.arranged(of=group, thinkers=[make.member(group) for _ in range(2)])

    answer = signed_in(client, make.chair(group)).post(reverse("open-pairs", args=[thread.pk]))

    assert answer["Location"] == thread.get_absolute_url()
    thread.refresh_from_db()
    assert thread.phase == "pair"


def test_opening_rooms_without_a_pair_says_that_it_is_the_end(client):
    group = make.group()
    one, other = make.member(group), make.member(group)
    thread = make.arranged(of=group, thinkers=[one, other])
    services.mark_absent(thread, by=one, person=one)
    signed_in(client, make.chair(group))

    answer = client.post(reverse("open-pairs", args=[thread.pk]), follow=True).text

    assert "Jawaban tidak cukup untuk dipasangkan, jadi diskusi ini ditutup." in answer
