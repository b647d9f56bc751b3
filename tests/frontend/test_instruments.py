from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from groups.roles import Role
from observations import reference, services
from observations.content import content_of
from observations.models import Aspect, Indicator, Instrument, Item
from tests import make
from tests.observations.test_xlsform import form

pytestmark = pytest.mark.django_db


def main(answer) -> str:
    return answer.text.split("<main")[1].split("</main>")[0]


def drafted(client):
    """A draft of a group, with its chair signed in."""
    group = make.group()
    chair = make.chair(group)
    draft = make.instrument(of=group, by=chair)
    client.force_login(chair)
    return draft


HEAD = {
    "name": "Lembar literasi",
    "minutes": 10,
    "source": "Disusun MGMP IPA.",
    "valid_from": f"{timezone.localdate():%Y-%m-%d}",
}


def test_the_list_shows_drafts_to_their_makers_and_what_may_be_used_to_everyone(client):
    reference.load()
    draft = drafted(client)
    url = reverse("instruments")
    own = main(client.get(url))

    client.force_login(make.member(draft.group))
    other = main(client.get(url))

    assert str(draft) in own
    assert "Buat instrumen" in own
    assert str(draft) not in other
    assert "Buat instrumen" not in other
    for page in (own, other):
        assert page.index("Lembar observasi lesson study") < page.index("SMART Ringkas")


def test_old_versions_have_their_own_list(client):
    draft = drafted(client)
    services.publish_instrument(draft, by=draft.made_by)
    services.retire_instrument(draft, by=draft.made_by)

    usable = main(client.get(reverse("instruments")))
    old = main(client.get(reverse("instruments"), {"old": 1}))

    assert str(draft) not in usable
    assert "Belum ada" in usable
    assert str(draft) in old


def test_the_list_costs_the_same_however_long_it_is(client, django_assert_max_num_queries):
    draft = drafted(client)
    for _time in range(3):
        make.instrument(of=draft.group, by=draft.made_by, published=True)
        client.get(reverse("instruments"))
        with django_assert_max_num_queries(7):
            page = main(client.get(reverse("instruments")))

    assert page.count("versi 1") == 3


def test_make_instrument_page_begins_a_draft_for_ones_group(client):
    group = make.group()
    client.force_login(make.chair(group))
    url = reverse("make-instrument")

    page = main(client.get(url))
    wrong = client.post(url, HEAD | {"group": group.pk, "name": ""})
    foreign = client.post(url, HEAD | {"group": make.group().pk})
    made = client.post(url, HEAD | {"group": group.pk})

    instrument = Instrument.objects.get()
    assert 'type="radio"' not in page
    assert wrong.status_code == foreign.status_code == 422
    assert made.url == instrument.get_absolute_url()
    assert (instrument.group, instrument.is_draft) == (group, True)


def test_a_pengawas_makes_instruments_for_everybody(client):
    client.force_login(make.supervisor(make.school()))

    client.post(reverse("make-instrument"), HEAD | {"group": "0"})

    assert Instrument.objects.get().group is None


def test_who_is_on_two_boards_chooses_for_whom(client):
    first, second = make.group(), make.group()
    chair = make.chair(first)
    make.also(chair, second, Role.CHAIR)
    client.force_login(chair)

    page = main(client.get(reverse("make-instrument")))
    client.post(reverse("make-instrument"), HEAD | {"group": second.pk})

    assert page.count('type="radio"') == 2
    assert Instrument.objects.get().group == second


def test_the_page_of_a_draft_says_what_is_missing_and_publishes_when_nothing_is(client):
    draft = drafted(client)
    aspect = services.add_aspect(draft, by=draft.made_by, name="Penutup")
    url = draft.get_absolute_url()
    lacking = main(client.get(url))
    refused = client.post(reverse("publish-instrument", args=[draft.pk]), follow=True)
    services.remove_part(aspect, by=draft.made_by)
    ready = main(client.get(url))

    client.post(reverse("publish-instrument", args=[draft.pk]))

    published = main(client.get(url))
    assert "Aspek “Penutup” belum punya indikator." in lacking
    assert "Terbitkan" not in lacking
    assert "Aspek “Penutup” belum punya indikator." in refused.text
    assert "Terbitkan" in ready
    assert "Terbit " in published
    assert "Tambah butir" not in published
    assert "Buat versi baru" in published


def test_a_published_instrument_shows_what_it_asks_and_whose_it_is(client):
    reference.load()
    client.force_login(make.person())

    page = main(client.get(Instrument.objects.get(code="teach-primary").get_absolute_url()))

    assert "tidak dibuat oleh The World Bank" in page
    assert "CC BY 3.0 IGO" in page
    assert "Guru mengajukan pertanyaan terbuka" in page
    assert "Rendah / Sedang / Tinggi" in page
    assert "boleh tidak berlaku" in page
    assert "Ubah keterangan" not in page
    assert "Salin" not in page


def test_the_page_costs_the_same_however_much_is_asked(client, django_assert_max_num_queries):
    reference.load()
    client.force_login(make.chair(make.group()))
    for code in ("lesson-study", "teach-primary"):
        url = Instrument.objects.get(code=code).get_absolute_url()
        client.get(url)
        with django_assert_max_num_queries(13):
            client.get(url)


def test_parts_are_added_changed_moved_and_removed_by_forms(client):
    draft = drafted(client)

    client.post(reverse("add-aspect", args=[draft.pk]), {"name": "Penutup", "pick_one": "on"})
    aspect = draft.aspects.last()
    client.post(reverse("add-indicator", args=[aspect.pk]), {"name": "Refleksi"})
    indicator = aspect.indicators.get()
    words = {"text": "Apa yang dipelajari?", "kind": "text", "evidence": "never"}
    added = client.post(
        reverse("add-item", args=[indicator.pk]),
        words | {"encouraged": "Satu hal\n\n Dua hal ", "is_required": "on"},
    )
    item = indicator.items.get()
    client.post(reverse("edit-item", args=[item.pk]), words | {"text": "Apa lagi?"})
    client.post(reverse("edit-indicator", args=[indicator.pk]), {"name": "Refleksi murid"})
    client.post(reverse("edit-aspect", args=[aspect.pk]), {"name": "Akhir"})
    moved = client.post(reverse("move-aspect", args=[aspect.pk]), {"to": "up"})

    url = draft.get_absolute_url()
    assert added.url == f"{url}#item-{item.pk}"
    assert moved.url == f"{url}#aspect-{aspect.pk}"
    assert item.encouraged == ["Satu hal", "Dua hal"]
    assert [str(each) for each in draft.aspects.all()] == ["Akhir", "Pembukaan"]
    assert str(aspect.indicators.get()) == "Refleksi murid"
    item.refresh_from_db()
    assert (item.text, item.encouraged, item.is_required) == ("Apa lagi?", [], False)
    for name, part in (("item", item), ("indicator", indicator), ("aspect", aspect)):
        assert client.post(reverse(f"remove-{name}", args=[part.pk])).url == url
    assert (Aspect.objects.count(), Indicator.objects.count(), Item.objects.count()) == (1, 1, 1)


def test_moving_with_htmx_swaps_the_parts_alone(client):
    draft = drafted(client)
    aspect = services.add_aspect(draft, by=draft.made_by, name="Penutup")

    answer = client.post(
        reverse("move-aspect", args=[aspect.pk]), {"to": "up"}, headers={"HX-Request": "true"}
    )

    assert answer.text.strip().startswith('<div id="parts"')
    assert answer.text.index("Penutup") < answer.text.index("Pembukaan")


def test_a_new_item_starts_like_the_one_before_it(client):
    draft = drafted(client)
    indicator = Indicator.objects.get()

    page = main(client.get(reverse("add-item", args=[indicator.pk])))

    assert page.count("checked") == 3
    assert f'value="{draft.own_scales.get().pk}" selected' in page


def test_a_part_that_cannot_be_kept_keeps_its_words(client):
    drafted(client)
    indicator = Indicator.objects.get()
    url = reverse("add-item", args=[indicator.pk])

    answer = client.post(
        url, {"text": "Berapa kali?", "kind": "scale", "scale": "", "evidence": "never"}
    )

    assert answer.status_code == 422
    assert "Pilih skala untuk butir ini." in answer.text
    assert "Berapa kali?" in answer.text
    assert indicator.items.count() == 1


def test_scales_are_made_changed_and_removed_by_forms(client):
    draft = drafted(client)
    words = {"name": "Empat", "label-0": "A", "label-1": "B", "meaning-1": "Lebih", "best-1": "on"}

    client.post(reverse("add-scale", args=[draft.pk]), words)
    scale = draft.own_scales.get(name="Empat")
    page = main(client.get(reverse("edit-scale", args=[draft.pk, scale.pk])))
    same = client.post(reverse("add-scale", args=[draft.pk]), words | {"label-1": "a"})
    client.post(reverse("edit-scale", args=[draft.pk, scale.pk]), words | {"label-2": "C"})

    assert 'value="Lebih"' in page
    assert page.count("checked") == 1
    assert same.status_code == 422
    assert "Ada kata yang sama." in same.text
    assert [(point.label, point.is_best) for point in scale.points.all()] == [
        ("A", False),
        ("B", True),
        ("C", False),
    ]
    used = draft.own_scales.exclude(pk=scale.pk).get()
    kept = client.post(reverse("remove-scale", args=[draft.pk, used.pk]), follow=True)
    client.post(reverse("remove-scale", args=[draft.pk, scale.pk]))
    assert "Masih ada butir yang memakai skala ini." in kept.text
    assert [each.pk for each in draft.own_scales.all()] == [used.pk]


def test_a_shared_scale_says_that_it_becomes_the_drafts_own(client):
    reference.load()
    group = make.group()
    chair = make.chair(group)
    default = Instrument.objects.get(is_default=True)
    copy = services.copy_instrument(default, by=chair, group=group, name="Salinan")
    scale = Item.objects.filter(indicator__aspect__instrument=copy, kind="scale")[0].scale
    client.force_login(chair)

    page = main(client.get(reverse("edit-scale", args=[copy.pk, scale.pk])))

    assert "Skala bersama" in page
    assert "Hapus skala" not in page


def test_preview_shows_the_sheet_of_the_chosen_indicator_and_keeps_nothing(client):
    reference.load()
    client.force_login(make.person())
    instrument = Instrument.objects.get(is_default=True)
    url = reverse("preview-instrument", args=[instrument.pk])
    last = instrument.aspects.first().indicators.last()

    first = main(client.get(url))
    chosen = main(client.get(url, {"indicator": last.pk}))

    assert first.count("scale-option") == chosen.count("scale-option") == 9
    assert "Butir 6 dari 6" in first
    assert last.items.first().text in chosen
    assert last.items.first().text not in first
    assert "<form" not in first


def test_copy_page_copies_under_another_name(client):
    reference.load()
    group = make.group()
    client.force_login(make.chair(group))
    instrument = Instrument.objects.get(code="teach-primary")
    url = reverse("copy-instrument", args=[instrument.pk])

    page = main(client.get(url))
    done = client.post(url, {"name": "Teach kami", "group": group.pk})

    copy = Instrument.objects.get(name="Teach kami")
    assert "tidak dibuat oleh The World Bank" in page
    assert done.url == copy.get_absolute_url()
    assert copy.notice == instrument.notice


def test_renewing_twice_says_that_there_is_a_draft(client):
    draft = drafted(client)
    services.publish_instrument(draft, by=draft.made_by)
    url = reverse("renew-instrument", args=[draft.pk])

    first = client.post(url)
    second = client.post(url, follow=True)

    assert first.url == Instrument.objects.get(version=2).get_absolute_url()
    assert "sudah punya draf versi berikutnya" in second.text


def test_discarding_a_draft_leads_to_the_list(client):
    draft = drafted(client)

    answer = client.post(reverse("discard-instrument", args=[draft.pk]))

    assert answer.url == reverse("instruments")
    assert not Instrument.objects.exists()


def test_hostile_words_are_shown_as_words(client):
    draft = drafted(client)
    services.add_aspect(draft, by=draft.made_by, name="<script>alert(1)</script>")

    for url in (draft.get_absolute_url(), reverse("preview-instrument", args=[draft.pk])):
        assert "<script>alert" not in client.get(url).text


def test_an_expired_instrument_is_still_read(client):
    draft = drafted(client)
    services.publish_instrument(draft, by=draft.made_by)
    Instrument.objects.update(valid_to=timezone.localdate() - timedelta(days=1))

    assert "sampai" in main(client.get(draft.get_absolute_url()))


def uploaded(data: bytes, name: str = "berkas.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize("kind", ["json", "xlsform"])
def test_what_is_exported_comes_in_again_as_a_draft(client, kind: str):
    reference.load()
    group = make.group()
    client.force_login(make.chair(group))
    teach = Instrument.objects.get(code="teach-primary")
    file = client.get(reverse(f"export-{kind}", args=[teach.pk]))

    done = client.post(
        reverse("import-instrument"), {"file": uploaded(file.content), "group": group.pk}
    )

    draft = Instrument.objects.get(status="draft")
    before, after = content_of(teach), content_of(draft)
    assert done.url == draft.get_absolute_url()
    assert file["Content-Disposition"].startswith('attachment; filename="teach-primary-1.')
    assert after["scales"] == before["scales"]
    assert after["instrument"] | {"code": ""} == before["instrument"] | {"code": ""}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"bukan apa-apa", "Berkas ini bukan JSON dan bukan XLSForm (.xlsx)."),
        (b"[" * 100_000, "Berkas ini bukan JSON dan bukan XLSForm (.xlsx)."),
        (b"{}", "ada yang kurang: format, scales, instrument"),
        (b"PK" + b"0" * 50, "Berkas ini bukan .xlsx yang dapat dibaca."),
        (b" " * 1_000_001, "Berkas terlalu besar. Paling besar 1 MB."),
        (form(("image", "foto", "Foto kelas")), "survey, baris 2: jenis “image” tidak dapat"),
    ],
)
def test_a_file_that_cannot_come_in_says_why_and_makes_nothing(client, data: bytes, said: str):
    group = make.group()
    client.force_login(make.chair(group))

    answer = client.post(reverse("import-instrument"), {"file": uploaded(data), "group": group.pk})

    assert answer.status_code == 422
    assert said in answer.text
    assert not Instrument.objects.exists()


def test_what_xlsform_would_read_as_an_answer_is_said_on_the_page(client):
    draft = drafted(client)
    services.add_aspect(draft, by=draft.made_by, name="Tulis ${nama}")

    answer = client.get(reverse("export-xlsform", args=[draft.pk]), follow=True)

    assert "berarti jawaban lain" in answer.text


def test_a_sheet_says_what_the_licence_wants_said(client):
    reference.load()
    group = make.group()
    observer = make.member(group)
    session = make.session(of=group, observers=[observer], starts_in=-timedelta(minutes=5))
    teach = Instrument.objects.get(code="teach-primary")
    services.choose_focus(session, by=session.teacher, instrument=teach)
    sheet = services.start_observation(session, by=observer)
    client.force_login(observer)

    for url in (reverse("observe", args=[session.pk]), sheet.get_absolute_url()):
        assert "tidak dibuat oleh The World Bank" in main(client.get(url))
