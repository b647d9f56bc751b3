"""What becomes of an instrument as a whole: who may, and what it changes."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from activity.models import Entry
from groups.roles import Role
from observations import reference, rules, services
from observations.content import content_of
from observations.models import Aspect, Indicator, Instrument, Item, Scale
from observations.queries import missing_in_instrument
from tests import make

pytestmark = pytest.mark.django_db

HEAD = {
    "name": "Lembar literasi",
    "minutes": 10,
    "source": "Disusun MGMP IPA.",
    "valid_from": timezone.localdate(),
}


def default() -> Instrument:
    reference.load()
    return Instrument.objects.get(is_default=True)


# Who makes: for the group, for everybody; copies; edits and publishes the group's draft, the
# draft for everybody, the one that came along; renews and retires the published group's,
# everybody's, the one that came along.
ALLOWED = {
    "board": ("yes no  yes", "yes no  no ", "yes no  no"),
    "maker, still pengawas": ("no  yes yes", "no  yes no ", "no  yes no"),
    "maker, not pengawas any more": ("no  no  no ", "no  no  no ", "no  no  no"),
    "other pengawas": ("no  yes yes", "no  no  no ", "no  no  no"),
    "officer": ("no  yes yes", "no  no  no ", "no  yes no"),
    "other board": ("no  no  yes", "no  no  no ", "no  no  no"),
    "member": ("no  no  no ", "no  no  no ", "no  no  no"),
    "core teacher": ("no  no  no ", "no  no  no ", "no  no  no"),
    "principal": ("no  no  no ", "no  no  no ", "no  no  no"),
    "stranger": ("no  no  no ", "no  no  no ", "no  no  no"),
}


@pytest.mark.parametrize("who", ALLOWED)
def test_who_may_do_what_with_an_instrument(who: str):
    group = make.group()
    pengawas = make.supervisor(make.school())
    gone = make.supervisor(make.school())
    maker = gone if who == "maker, not pengawas any more" else pengawas
    for_group = make.instrument(of=group)
    for_all = make.instrument(by=maker)
    shared, everybodys = (
        make.instrument(of=group, published=True),
        make.instrument(by=maker, published=True),
    )
    yesterday = timezone.localdate() - timedelta(days=1)
    gone.appointments.update(starts_on=yesterday, ends_on=yesterday)
    people = {
        "board": lambda: make.chair(group),
        "maker, still pengawas": lambda: pengawas,
        "maker, not pengawas any more": lambda: gone,
        "other pengawas": lambda: make.supervisor(make.school()),
        "officer": make.officer,
        "other board": lambda: make.chair(make.group()),
        "member": lambda: make.member(group),
        "core teacher": lambda: make.member(group, Role.CORE_TEACHER),
        "principal": lambda: make.principal(make.school()),
        "stranger": make.person,
    }
    user = type(maker).objects.get(pk=people[who]().pk)
    shipped = default()
    verdicts = (
        (
            rules.may_make_instrument(user, group),
            rules.may_make_instrument(user, None),
            rules.may_copy_instrument(user, shipped),
        ),
        tuple(rules.may_edit_instrument(user, each) for each in (for_group, for_all, shipped)),
        tuple(rules.may_renew_instrument(user, each) for each in (shared, everybodys, shipped)),
    )

    found = tuple(
        "".join(f"{'yes' if verdict else 'no':4}" for verdict in part).strip() for part in verdicts
    )

    assert found == tuple(line.strip() for line in ALLOWED[who])
    assert [bool(one) for one in verdicts[1]] == [
        bool(rules.may_publish_instrument(user, each)) for each in (for_group, for_all, shipped)
    ]
    assert [bool(one) for one in verdicts[2]] == [
        bool(rules.may_retire_instrument(user, each)) for each in (shared, everybodys, shipped)
    ]
    reasons = [reason for part in verdicts for verdict in part for reason in verdict.reasons]
    assert all(str(reason).endswith(".") for reason in reasons)


def test_make_instrument_begins_a_draft_with_a_code_of_its_own():
    group = make.group()
    chair = make.chair(group)

    first = services.make_instrument(by=chair, group=group, **HEAD)
    second = services.make_instrument(by=chair, group=group, **HEAD)

    assert (first.code, second.code) == ("lembar-literasi", "lembar-literasi-2")
    assert (first.status, first.version, first.group, first.made_by) == ("draft", 1, group, chair)
    assert not Entry.objects.filter(name__startswith="observations.Instrument").exists()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"name": ""}, "name"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 10_000}, "minutes"),
        ({"source": ""}, "source"),
        ({"valid_to": timezone.localdate() - timedelta(days=1)}, "valid_to"),
    ],
)
def test_the_head_of_an_instrument_is_checked(words, field: str):
    group = make.group()
    chair = make.chair(group)
    draft = services.make_instrument(by=chair, group=group, **HEAD)

    with pytest.raises(ValidationError) as made:
        services.make_instrument(by=chair, group=group, **HEAD | words)
    with pytest.raises(ValidationError) as edited:
        services.edit_instrument(draft, by=chair, **words)

    assert list(made.value.message_dict) == list(edited.value.message_dict) == [field]
    assert [(each.name, each.minutes) for each in Instrument.objects.all()] == [
        ("Lembar literasi", 10)
    ]


def test_nobody_begins_more_drafts_than_can_be_looked_after(monkeypatch):
    officer = make.officer()
    monkeypatch.setattr(services.instruments, "MOST_DRAFTS", 1)
    services.make_instrument(by=officer, group=None, **HEAD)

    with pytest.raises(ValidationError, match="sudah punya 1 draf"):
        services.make_instrument(by=officer, group=None, **HEAD)

    assert Instrument.objects.count() == 1


def test_copy_instrument_takes_everything_along_and_shares_what_cannot_change():
    group = make.group()
    shipped = default()

    copy = services.copy_instrument(shipped, by=make.chair(group), group=group, name="SMART kami")

    before, after = content_of(shipped), content_of(copy)
    assert (copy.code, copy.copied_from, copy.group) == ("smart-kami", shipped, group)
    assert (copy.status, copy.is_default) == ("draft", False)
    assert after["scales"] == before["scales"]
    assert after["instrument"] == before["instrument"] | {
        "code": "smart-kami",
        "name": "SMART kami",
    }
    assert Scale.objects.filter(made_for=copy).count() == 0


def test_copy_of_a_draft_gets_scales_of_its_own():
    chair = make.chair(group := make.group())
    draft = make.instrument(of=group)
    [scale] = draft.own_scales.all()

    copy = services.copy_instrument(draft, by=chair, group=group, name="Salinan")
    services.edit_scale(
        scale, draft, by=chair, name="Lain", points=[{"label": "A"}, {"label": "B"}]
    )

    assert [point.label for point in copy.own_scales.get().points.all()] == ["Belum", "Sudah"]
    assert copy.own_scales.get().code == f"{scale.code}-2"


def test_renew_instrument_begins_one_next_version():
    published = make.instrument(of=(group := make.group()), published=True)
    chair = make.chair(group)

    draft = services.renew_instrument(published, by=chair)
    with pytest.raises(ValidationError, match="sudah punya draf versi berikutnya"):
        services.renew_instrument(published, by=chair)

    assert (draft.code, draft.version, draft.status) == (published.code, 2, "draft")
    assert content_of(draft)["scales"] == content_of(published)["scales"]
    assert Instrument.objects.count() == 2


def test_publish_instrument_takes_the_place_of_the_older_version():
    old = make.instrument(of=(group := make.group()), published=True)
    chair = make.chair(group)
    draft = services.renew_instrument(old, by=chair)

    services.publish_instrument(draft, by=chair)

    old.refresh_from_db()
    assert (old.status, draft.status) == ("retired", "published")
    assert draft.published_at
    assert Entry.objects.latest("pk").name == "observations.InstrumentPublished"
    assert list(Instrument.objects.visible_to(chair).usable_on(timezone.localdate())) == [draft]


def test_publish_instrument_says_everything_that_is_missing():
    chair = make.chair(group := make.group())
    draft = services.make_instrument(by=chair, group=group, **HEAD)
    nothing = missing_in_instrument(draft)
    empty = services.add_aspect(draft, by=chair, name="Kosong")
    picks = services.add_aspect(draft, by=chair, name="Pilih", pick_one=True)
    services.add_aspect(draft, by=chair, name="Pilih lagi", pick_one=True)
    only = services.add_indicator(picks, by=chair, name="Satu-satunya")
    scale = services.add_scale(draft, by=chair, name="Pendek", points=[{"label": "Ya"}])
    services.add_indicator(picks, by=chair, name="Tanpa butir")
    services.remove_part(picks.indicators.get(name="Tanpa butir"), by=chair)
    services.add_item(
        only, by=chair, text="Terlihat?", kind="scale", scale=scale, evidence="unless_best"
    )

    with pytest.raises(ValidationError) as refused:
        services.publish_instrument(draft, by=chair)

    assert nothing == ["Tambahkan paling sedikit satu aspek dengan isinya."]
    assert refused.value.messages == [
        "Hanya satu aspek yang boleh memakai “satu indikator saja”.",
        f"Aspek “{empty}” belum punya indikator.",
        "Aspek “Pilih” perlu paling sedikit dua indikator untuk dipilih.",
        "Skala “Pendek” perlu paling sedikit dua kata.",
        "Butir “Terlihat?” meminta bukti kecuali pada kata terbaik, tetapi tidak punya.",
        "Aspek “Pilih lagi” belum punya indikator.",
    ]
    draft.refresh_from_db()
    assert draft.is_draft
    assert not Entry.objects.filter(name="observations.InstrumentPublished").exists()


def test_publish_instrument_misses_the_items_of_an_indicator():
    chair = make.chair(group := make.group())
    draft = services.make_instrument(by=chair, group=group, **HEAD)
    aspect = services.add_aspect(draft, by=chair, name="Aspek")
    services.add_indicator(aspect, by=chair, name="Kosong")

    assert missing_in_instrument(draft) == ["Indikator “Kosong” belum punya butir."]


def test_shipped_instruments_miss_nothing():
    reference.load()

    for instrument in Instrument.objects.all():
        assert missing_in_instrument(instrument) == []


def test_retire_instrument_keeps_it_for_those_who_have_it():
    published = make.instrument(of=(group := make.group()), published=True)
    chair = make.chair(group)

    services.retire_instrument(published, by=chair)

    assert published.status == "retired"
    assert not Instrument.objects.usable_on(timezone.localdate()).exists()
    assert Instrument.objects.visible_to(make.member(group)).contains(published)
    assert Entry.objects.latest("pk").name == "observations.InstrumentRetired"


def test_discard_instrument_leaves_nothing_of_the_draft():
    draft = make.instrument(of=(group := make.group()))

    services.discard_instrument(draft, by=make.chair(group))

    for model in (Instrument, Aspect, Indicator, Item, Scale):
        assert not model.objects.exists()


def everything_that_changes(instrument: Instrument, chair):
    """Each change that there is to an instrument, by name, ready to be tried."""
    aspect = instrument.aspects.first()
    indicator = aspect.indicators.first()
    item = indicator.items.first()
    scale = instrument.own_scales.get()
    words = {"name": "Lain", "points": [{"label": "A"}, {"label": "B"}]}
    return {
        "edit": lambda: services.edit_instrument(instrument, by=chair, name="Lain"),
        "replace content": lambda: services.replace_content(
            instrument, content_of(instrument), by=chair
        ),
        "discard": lambda: services.discard_instrument(instrument, by=chair),
        "publish": lambda: services.publish_instrument(instrument, by=chair),
        "add aspect": lambda: services.add_aspect(instrument, by=chair, name="Lain"),
        "edit aspect": lambda: services.edit_aspect(aspect, by=chair, name="Lain"),
        "remove aspect": lambda: services.remove_part(aspect, by=chair),
        "move aspect": lambda: services.move_part(aspect, by=chair, up=False),
        "add indicator": lambda: services.add_indicator(aspect, by=chair, name="Lain"),
        "edit indicator": lambda: services.edit_indicator(indicator, by=chair, name="Lain"),
        "remove indicator": lambda: services.remove_part(indicator, by=chair),
        "move indicator": lambda: services.move_part(indicator, by=chair, up=False),
        "add item": lambda: services.add_item(indicator, by=chair, text="Lain", kind="text"),
        "edit item": lambda: services.edit_item(item, by=chair, text="Lain"),
        "remove item": lambda: services.remove_part(item, by=chair),
        "move item": lambda: services.move_part(item, by=chair, up=False),
        "add scale": lambda: services.add_scale(instrument, by=chair, **words),
        "edit scale": lambda: services.edit_scale(scale, instrument, by=chair, **words),
        "remove scale": lambda: services.remove_scale(scale, instrument, by=chair),
    }


CHANGES = sorted(
    [
        *(
            "edit",
            "discard",
            "publish",
            "replace content",
            "add scale",
            "edit scale",
            "remove scale",
        ),
        *(
            f"{verb} {part}"
            for verb in ("add", "edit", "remove", "move")
            for part in ("aspect", "indicator", "item")
        ),
    ]
)


def test_every_change_there_is_is_tried():
    published = make.instrument(of=make.group(), published=True)
    known = {
        name.replace("_instrument", "").replace("_", " ")
        for name in services.__all__
        if name.endswith(
            ("_instrument", "_aspect", "_indicator", "_item", "_scale", "_part", "_content")
        )
    }
    tried = set(everything_that_changes(published, None))

    assert set(CHANGES) == tried
    # These begin another instrument or end this one, or are named for what they change.
    assert known - tried == {
        *("make", "copy", "import", "renew", "retire", "move part", "remove part"),
    }


@pytest.mark.parametrize("state", ["published", "retired"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_published_version_never_changes(change: str, state: str):
    published = make.instrument(of=(group := make.group()), published=True)
    chair = make.chair(group)
    if state == "retired":
        services.retire_instrument(published, by=chair)
    before = content_of(published)

    with pytest.raises(PermissionDenied, match="sudah terbit tidak berubah"):
        everything_that_changes(published, chair)[change]()

    published.refresh_from_db()
    assert content_of(published) == before
    assert published.status == state
    assert Instrument.objects.count() == 1


@pytest.mark.parametrize("change", CHANGES)
def test_who_is_not_of_the_board_changes_no_draft(change: str):
    draft = make.instrument(of=make.group())
    before = content_of(draft)

    with pytest.raises(PermissionDenied, match="milik kelompok"):
        everything_that_changes(draft, make.chair(make.group()))[change]()

    draft.refresh_from_db()
    assert content_of(draft) == before
    assert draft.is_draft


def test_changing_a_scale_that_is_shared_changes_it_for_the_draft_alone():
    group = make.group()
    chair = make.chair(group)
    shipped = default()
    copy = services.copy_instrument(shipped, by=chair, group=group, name="SMART kami")
    shared = Scale.objects.get(code="keefektifan-3")

    own = services.edit_scale(
        shared, copy, by=chair, name="Dua kata", points=[{"label": "Belum"}, {"label": "Sudah"}]
    )

    assert own.made_for == copy
    assert [scale["name"] for scale in content_of(copy)["scales"]] == ["Dua kata"]
    assert len(content_of(shipped)["scales"][0]["points"]) == 3


def test_a_scale_in_use_or_of_others_is_not_removed():
    draft = make.instrument(of=(group := make.group()))
    chair = make.chair(group)
    shared = Scale.objects.create(code="bersama", name="Bersama")

    with pytest.raises(ValidationError, match="Masih ada butir"):
        services.remove_scale(draft.own_scales.get(), draft, by=chair)
    with pytest.raises(ValidationError, match="instrumen lain"):
        services.remove_scale(shared, draft, by=chair)

    assert Scale.objects.count() == 2
