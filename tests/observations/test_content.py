"""Instruments as plain data: what is taken in, and what is refused with where it stands."""

import json
from copy import deepcopy

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings

from observations import reference, services
from observations.content import content_of
from observations.models import Aspect, Instrument, Item, Scale
from observations.schema import checked_content
from tests import make
from tests.observations.test_xlsform import SHIPPED, contents

pytestmark = pytest.mark.django_db


def small():
    return content_of(make.instrument(of=make.group()))


@pytest.mark.parametrize("code", SHIPPED)
def test_the_shipped_files_are_of_the_format(code: str):
    path = reference.DATA / f"{code}-1.json"

    data = json.loads(path.read_text(encoding="utf-8"))

    assert checked_content(data) == data


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(contents())
def test_what_comes_in_as_json_goes_out_the_same(content):
    officer = make.officer()

    draft = services.import_instrument(json.loads(json.dumps(content)), by=officer, group=None)

    out = json.loads(json.dumps(content_of(draft)))
    assert len(out["scales"]) == len(content["scales"])
    assert _without_names(out) == _without_names(content)
    services.discard_instrument(draft, by=officer)


def _without_names(content):
    """The instrument without the codes that the platform gives out anew, and its scales in full."""
    scales = {scale["code"]: {**scale, "code": ""} for scale in content["scales"]}
    instrument = deepcopy(content["instrument"]) | {"code": "", "version": 0}
    for aspect in instrument["aspects"]:
        for indicator in aspect["indicators"]:
            for item in indicator["items"]:
                if "scale" in item:
                    item["scale"] = scales[item["scale"]]
    return instrument


def test_import_of_an_export_shares_scales_and_gets_a_code_of_its_own():
    reference.load()
    group = make.group()
    content = content_of(Instrument.objects.get(code="teach-primary"))
    before = Scale.objects.count()

    draft = services.import_instrument(content, by=make.chair(group), group=group)

    assert (draft.code, draft.version, draft.group) == ("world-bank-teach", 1, group)
    assert draft.is_draft
    assert content_of(draft)["scales"] == content["scales"]
    assert Scale.objects.count() == before


def test_replace_content_leaves_nothing_of_what_was_there():
    draft = make.instrument(of=(group := make.group()))
    content = small()
    content["instrument"]["name"] = "Baru"
    content["instrument"]["aspects"][0]["name"] = "Lain"

    services.replace_content(draft, content, by=make.chair(group))

    draft.refresh_from_db()
    assert draft.name == "Baru"
    assert [str(aspect) for aspect in draft.aspects.all()] == ["Lain"]
    assert draft.own_scales.count() == 1


def without(path: str):
    def change(content):
        *steps, last = path.split("/")
        for step in steps:
            content = content[int(step) if step.isdigit() else step]
        del content[last]

    return change


def with_(path: str, value):
    def change(content):
        *steps, last = path.split("/")
        for step in steps:
            content = content[int(step) if step.isdigit() else step]
        content[int(last) if last.isdigit() else last] = value

    return change


ITEM = "instrument/aspects/0/indicators/0/items/0"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("format"), "/: ada yang kurang: format, scales, instrument"),
        (with_("format", "xlsform"), "format: harus smart-mgmp/instrument/1"),
        (with_("extra", 1), "/: ada yang tidak dikenal"),
        (with_("instrument/name", ""), "instrument/name: tidak boleh kosong"),
        (with_("instrument/name", "x" * 121), "instrument/name: paling banyak 120 huruf"),
        (with_("instrument/minutes", 0), "instrument/minutes: paling kecil 1"),
        (with_("instrument/minutes", "8"), "instrument/minutes: harus berjenis integer"),
        (with_("instrument/valid_from", "besok"), "instrument/valid_from: bukan tanggal"),
        (with_("instrument/aspects", [{}] * 13), "instrument/aspects: paling banyak 12"),
        (with_(f"{ITEM}/kind", "rank"), f"{ITEM}/kind: salah satu dari scale, yes_no"),
        (with_(f"{ITEM}/code", "a b"), f"{ITEM}/code: ada huruf yang tidak boleh"),
        (with_(f"{ITEM}/text", "a\u0000"), f"{ITEM}/text: ada huruf yang tidak boleh"),
        (without(f"{ITEM}/scale"), f"{ITEM}: ada yang kurang: scale"),
        (with_(f"{ITEM}/kind", "text"), f"{ITEM}: tidak boleh ada di sini"),
        (with_(f"{ITEM}/scale", "lain"), "Skala “lain” tidak ada di scales."),
        (with_("instrument/valid_to", "2000-01-01"), "Tanggal ini sebelum instrumen mulai"),
    ],
)
def test_data_that_are_no_instrument_are_refused_with_where_it_stands(change, said: str):
    content = small()
    change(content)
    officer = make.officer()
    before = (Instrument.objects.count(), Aspect.objects.count(), Scale.objects.count())

    with pytest.raises(ValidationError) as refused:
        services.import_instrument(content, by=officer, group=None)

    found = refused.value.messages
    assert [sentence for sentence in found if sentence.startswith(said)], found
    assert (Instrument.objects.count(), Aspect.objects.count(), Scale.objects.count()) == before


@pytest.mark.parametrize("part", ["scales", "items", "indicators"])
def test_what_is_there_twice_is_refused(part: str):
    content = small()
    indicators = content["instrument"]["aspects"][0]["indicators"]
    rows = {
        "scales": content["scales"],
        "items": indicators[0]["items"],
        "indicators": indicators,
    }[part]
    rows.append({**rows[0], "items": []} if part == "indicators" else rows[0])

    with pytest.raises(ValidationError, match=f"{part}: .* ada dua kali"):
        checked_content(content)


@pytest.mark.parametrize("data", [None, [], "x", 7, {}])
def test_data_of_another_kind_are_refused(data):
    with pytest.raises(ValidationError):
        checked_content(data)


def test_who_may_make_no_instrument_imports_none():
    content = small()
    group = make.group()

    with pytest.raises(PermissionDenied, match="dibuat oleh pengurusnya"):
        services.import_instrument(content, by=make.member(group), group=group)

    assert Item.objects.count() == 1
