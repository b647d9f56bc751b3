from uuid import uuid4

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from tests import make
from thinkpair import services
from thinkpair.models import Absence

pytestmark = pytest.mark.django_db


@pytest.fixture
def paired():
    group = make.group()
    thread = make.thread(of=group, thinkers=[make.member(group) for _ in range(4)])
    return services.end_thinking(thread, by=make.chair(group))


def test_one_says_to_be_absent_and_comes_back_without_javascript(client, paired):
    person = paired.pairs.get(number=1).people.first()
    client.force_login(person)

    client.post(reverse("mark-absent", args=[paired.pk]))
    page = client.get(paired.get_absolute_url()).content.decode()
    absent = list(Absence.objects.values_list("person", flat=True))
    client.post(reverse("end-absence", args=[paired.pk]))

    assert absent == [person.pk]
    assert "Bapak/Ibu tercatat berhalangan" in page
    assert not Absence.objects.exists()
    assert person.pair_seats.filter(thread=paired).exists()


def test_the_board_marks_a_member_and_a_member_marks_nobody_else(client, paired):
    one, other = paired.pairs.get(number=1).people.all()
    client.force_login(other)
    refused = client.post(reverse("mark-absent", args=[paired.pk]), {"person": one.pk})
    client.force_login(make.chair(paired.group))

    stranger = client.post(reverse("mark-absent", args=[paired.pk]), {"person": make.person().pk})
    done = client.post(reverse("mark-absent", args=[paired.pk]), {"person": one.pk})
    page = client.get(paired.get_absolute_url()).content.decode()

    assert (refused.status_code, stranger.status_code, done.status_code) == (403, 404, 302)
    assert "Ikut lagi" in page
    assert one.name in page


def test_the_earlier_talk_is_read_by_those_who_had_it_alone(client, paired):
    pair = paired.pairs.get(number=1)
    one, other = pair.people.all()
    services.say(pair, by=one, text="Rahasia kita.", submission=uuid4())
    services.say(pair, by=other, text="Siap.", submission=uuid4())
    services.mark_absent(paired, by=other, person=other)
    address = reverse("past-talk", args=[pair.pk])

    def answer(user):
        client.force_login(user)
        return client.get(address)

    told = answer(one).content.decode()
    assert "Rahasia kita." in told
    assert told.index("Rahasia kita.") < told.index("Siap.")
    assert "Rahasia kita." in answer(other).content.decode()
    neighbour = paired.pairs.exclude(pk=pair.pk).get().people.exclude(pk=one.pk)[0]
    for stranger in (neighbour, make.chair(paired.group)):
        assert answer(stranger).status_code == 404
    client.force_login(one)
    assert address in client.get(paired.get_absolute_url()).content.decode()
    assert client.get(pair.get_absolute_url()).status_code == 404


def test_who_left_three_reads_nothing_of_what_the_two_say_and_send_afterwards(client):
    group = make.group()
    thread = make.thread(of=group, thinkers=[make.member(group) for _ in range(3)])
    services.end_thinking(thread, by=make.chair(group))
    pair = thread.pairs.get()
    gone, one, other = pair.people.order_by("pk")
    services.say(pair, by=one, text="Sebelum ia pergi.", submission=uuid4())
    early = make.talk_file(in_=pair, by=one)
    services.mark_absent(thread, by=gone, person=gone)
    services.say(pair, by=other, text="Sesudah ia pergi.", submission=uuid4())
    late = make.talk_file(in_=pair, by=other)
    client.force_login(gone)
    api = APIClient()
    api.force_authenticate(gone)

    page = client.get(reverse("past-talk", args=[pair.pk])).text
    said = api.get("/api/v1/messages/").content.decode()
    files = {file: client.get(reverse("talk-file", args=[file.key])) for file in (early, late)}

    assert ("Sebelum ia pergi." in page, "Sesudah ia pergi." in page) == (True, False)
    assert ("Sebelum ia pergi." in said, "Sesudah ia pergi." in said) == (True, False)
    assert reverse("talk-file", args=[late.key]) not in page
    assert files[early].getvalue()
    assert files[late].status_code == 404
    for name in ("pair", "pair-news", "pair-ticket"):
        assert client.get(reverse(name, args=[pair.pk])).status_code == 404
