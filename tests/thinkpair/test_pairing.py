from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from thinkpair.pairing import pair_up

SCHOOLS = st.one_of(st.none(), st.integers(1, 8))
PEOPLE = st.dictionaries(st.integers(1, 10_000), SCHOOLS, min_size=2, max_size=40)


@given(school_of=PEOPLE, seed=st.integers())
def test_everyone_is_in_exactly_one_pair_of_two_or_three(school_of, seed):
    pairs = pair_up(school_of, seed=seed)

    assert sorted(person for pair in pairs for person in pair) == sorted(school_of)
    assert sorted({len(pair) for pair in pairs} - {2}) in ([], [3])
    assert sum(len(pair) == 3 for pair in pairs) == len(school_of) % 2


@given(school_of=PEOPLE, seed=st.integers())
def test_the_same_people_and_seed_give_the_same_pairs(school_of, seed):
    backwards = dict(reversed(school_of.items()))

    assert pair_up(school_of, seed=seed) == pair_up(backwards, seed=seed)


@given(school_of=PEOPLE, seed=st.integers())
def test_partners_are_of_one_school_only_where_it_cannot_be_otherwise(school_of, seed):
    largest = max(Counter(filter(None, school_of.values())).values(), default=1)

    pairs = pair_up(school_of, seed=seed)

    same = sum(
        school_of[pair[0]] is not None and school_of[pair[0]] == school_of[pair[1]]
        for pair in pairs
    )
    assert same <= max(0, largest - len(school_of) // 2)


def test_too_few_people_give_no_pair():
    assert pair_up({}, seed=1) == []
    assert pair_up({7: None}, seed=1) == []


def test_another_thread_mixes_people_anew():
    school_of = dict.fromkeys(range(1, 21))

    assert pair_up(school_of, seed=1) != pair_up(school_of, seed=2)
