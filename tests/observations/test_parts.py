import pytest
from django.core.exceptions import ValidationError

from observations import services
from observations.content import content_of
from observations.models import Indicator, Instrument, Item
from observations.services import parts
from tests import make

pytestmark = pytest.mark.django_db


def drafted() -> tuple[Instrument, Indicator, object]:
    """A draft of a group with one aspect and one indicator, and the chair who makes it."""
    draft = make.instrument(of=(group := make.group()))
    return draft, Indicator.objects.get(aspect__instrument=draft), make.chair(group)


def names(rows) -> list[str]:
    return [str(row) for row in rows.all()]


def test_parts_are_added_at_the_end_under_codes_of_their_own():
    draft, indicator, chair = drafted()

    services.add_aspect(draft, by=chair, name="Penutup")
    services.add_indicator(indicator.aspect, by=chair, name=indicator.name)
    first = services.add_item(indicator, by=chair, text="Murid bertanya?", kind="yes_no")
    second = services.add_item(indicator, by=chair, text="Murid bertanya?", kind="count")

    assert names(draft.aspects)[-1] == "Penutup"
    assert [each.code for each in indicator.aspect.indicators.all()] == [
        indicator.code,
        f"{indicator.code}-2",
    ]
    assert (first.code, second.code) == ("murid-bertanya", "murid-bertanya-2")
    assert names(indicator.items)[-2:] == ["Murid bertanya?"] * 2


def test_a_code_comes_from_words_also_where_no_letter_of_them_fits():
    _draft, indicator, chair = drafted()

    item = services.add_item(indicator, by=chair, text="???", kind="text")

    assert item.code == "butir"


def test_parts_change_places_and_stay_where_there_is_no_other():
    _draft, indicator, chair = drafted()
    for text in ("Kedua", "Ketiga"):
        services.add_item(indicator, by=chair, text=text, kind="text")
    last = indicator.items.last()

    services.move_part(last, by=chair, up=True)
    services.move_part(last, by=chair, up=True)
    services.move_part(last, by=chair, up=True)
    top = names(indicator.items)
    services.move_part(last, by=chair, up=False)

    assert top[0] == "Ketiga"
    assert names(indicator.items)[1] == "Ketiga"
    assert [item.position for item in indicator.items.all()] == [1, 2, 3]


def test_an_aspect_goes_with_all_that_is_in_it():
    draft, indicator, chair = drafted()

    services.remove_part(indicator.aspect, by=chair)

    assert not draft.aspects.exists()
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 301}, "text"),
        ({"kind": "rank"}, "kind"),
        ({"kind": "scale", "scale": None}, "scale"),
        ({"kind": "text", "evidence": "unless_best"}, "evidence"),
        ({"encouraged": ["x"] * 9}, "encouraged"),
        ({"discouraged": ["x" * 201]}, "discouraged"),
    ],
)
def test_an_item_that_cannot_be_filled_is_refused(words, field: str):
    draft, indicator, chair = drafted()
    before = content_of(draft)
    item = indicator.items.get()

    with pytest.raises(ValidationError) as added:
        services.add_item(indicator, by=chair, **{"text": "Baru", "kind": "text"} | words)
    with pytest.raises(ValidationError) as edited:
        services.edit_item(item, by=chair, **{"kind": "text", "evidence": "never"} | words)

    assert list(added.value.message_dict) == list(edited.value.message_dict) == [field]
    assert content_of(draft) == before


def test_an_item_takes_no_scale_of_another_draft():
    _draft, indicator, chair = drafted()
    foreign = make.instrument(of=make.group()).own_scales.get()

    with pytest.raises(ValidationError, match="Pilih skala"):
        services.add_item(indicator, by=chair, text="Baru", kind="scale", scale=foreign)

    assert indicator.items.count() == 1


def test_an_item_that_is_no_scale_any_more_lets_its_scale_go():
    _draft, indicator, chair = drafted()
    item = indicator.items.get()

    services.edit_item(item, by=chair, kind="count", evidence="never")

    item.refresh_from_db()
    assert (item.kind, item.scale) == ("count", None)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([], "Tulis 1 sampai 10 kata."),
        ([{"label": f"Kata {n}"} for n in range(11)], "Tulis 1 sampai 10 kata."),
        ([{"label": "Ya"}, {"label": "ya "}], "Ada kata yang sama."),
    ],
)
def test_a_scale_has_few_words_and_each_once(points, words: str):
    draft, _indicator, chair = drafted()

    with pytest.raises(ValidationError, match=words):
        services.add_scale(draft, by=chair, name="Skala", points=points)

    assert draft.own_scales.count() == 1


@pytest.mark.parametrize(
    ("limit", "add"),
    [
        ("MOST_ASPECTS", lambda i, by: services.add_aspect(i.aspect.instrument, by=by, name="A")),
        ("MOST_INDICATORS", lambda i, by: services.add_indicator(i.aspect, by=by, name="A")),
        ("MOST_ITEMS", lambda i, by: services.add_item(i, by=by, text="A", kind="text")),
        (
            "MOST_SCALES",
            lambda i, by: services.add_scale(
                i.aspect.instrument, by=by, name="A", points=[{"label": "A"}]
            ),
        ),
    ],
)
def test_a_long_instrument_is_refused(limit: str, add, monkeypatch):
    draft, indicator, chair = drafted()
    monkeypatch.setattr(parts, limit, 1)
    before = content_of(draft)

    with pytest.raises(ValidationError, match="Paling banyak 1"):
        add(indicator, chair)

    assert content_of(draft) == before
