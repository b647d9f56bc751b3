import pytest
from django.utils import translation

from frontend import charts

SCALE = ("Belum dilakukan", "Dilakukan tapi belum efektif", "Dilakukan dan efektif")


@pytest.fixture(autouse=True)
def _in_indonesian():
    with translation.override("id"):
        yield


def test_growth_is_told_in_words_and_rises_on_the_page():
    chart = charts.growth("Peran", [("Feb", 0), ("Nov", 2)], SCALE)

    assert chart.spoken == "Peran: belum dilakukan, lalu dilakukan dan efektif"
    assert chart.path == "M44 92 248 16"


def test_growth_seen_once_stands_at_its_end():
    assert [dot.x for dot in charts.growth("Peran", [("Nov", 1)], SCALE).dots] == [248]


def test_funnel_has_all_five_stages_and_no_bar_longer_than_the_whole():
    chart = charts.funnel({"s": 26, "a": 40}, whole=28)

    assert [(stage.letter, stage.count, stage.width) for stage in chart.stages] == [
        ("s", 26, 219),
        ("m", 0, 0),
        ("a", 40, 236),
        ("r", 0, 0),
        ("t", 0, 0),
    ]
    assert chart.spoken.startswith("Anggota yang ikut di tiap tahap, dari 28 anggota: Berbagi 26,")


def test_funnel_does_not_tell_what_is_too_small():
    chart = charts.funnel({"s": 3, "m": 1, "a": 2, "r": None, "t": None}, whole=4)

    assert [(stage.words, stage.width) for stage in chart.stages[2:]] == [
        ("2", 118),
        ("–", 0),
        ("–", 0),
    ]
    assert chart.spoken.endswith("Penguatan tidak dirinci, Berpikir & Berpasangan tidak dirinci")


def test_funnel_of_things_measures_by_the_longest_bar():
    chart = charts.funnel({"s": 10, "m": 5})

    assert [stage.width for stage in chart.stages] == [236, 118, 0, 0, 0]
    assert chart.spoken.startswith("Yang terjadi di tiap tahap: Berbagi 10, Pemodelan 5")


def test_funnel_of_an_empty_group_is_empty():
    assert [stage.width for stage in charts.funnel({}, whole=0).stages] == [0] * 5


def test_strip_sorts_and_counts():
    chart = charts.strip(["absent", "present", "late", "present"], in_row=3)

    assert [square.state for square in chart.squares] == ["present", "present", "late", "absent"]
    assert [(square.x, square.y) for square in chart.squares] == [(0, 0), (30, 0), (60, 0), (0, 30)]
    assert (chart.width, chart.height) == (84, 54)
    assert chart.spoken == "Kehadiran 4 anggota: 2 hadir, 1 terlambat, 1 tanpa keterangan"


def test_harvest_scales_to_its_best_month():
    chart = charts.harvest([("Jul", 4.5), ("Agu", 9)])

    assert [bar.top for bar in chart.bars] == [90, 32]
    assert chart.spoken == "Panen dalam kilogram: Jul 4,5; Agu 9"


def test_no_harvest_draws_nothing():
    assert charts.harvest([("Jul", 0)]).bars[0].top == 148
    assert charts.harvest([]).bars == []
