"""Data migrations, run on rows of the time before them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

type Migrate = Callable[[str, str], Apps]


@pytest.fixture
def migrate() -> Iterator[Migrate]:
    """Bring one app to one of its migrations and give the models of then; at the end to now."""

    def to(app: str, name: str) -> Apps:
        executor = MigrationExecutor(connection)
        executor.migrate([(app, name)])
        return MigrationExecutor(connection).loader.project_state([(app, name)]).apps

    yield to
    call_command("migrate", verbosity=0)


def test_instruments_of_before_are_published_and_sheets_get_their_names(migrate):
    session = make.session()
    people = [make.member(session.group), make.member(session.group)]
    then = migrate("observations", "0001_initial")
    instrument = then.get_model("observations", "Instrument").objects.create(
        code="lama", name="Lama", minutes=8, source="Kami", valid_from=date(2026, 7, 1)
    )
    aspect = instrument.aspects.create(position=1, name="Fokus")
    indicator = aspect.indicators.create(position=1, code="satu", name="Satu")
    then.get_model("observations", "Focus").objects.create(
        session_id=session.pk, indicator=indicator
    )
    for person in people:
        sheet = instrument.observations.create(session_id=session.pk, observer_id=person.pk)
        for minute in (3, 7):
            sheet.notes.create(minute=minute, text="Meja 5 bertanya.")

    now = migrate("observations", "0004_hold_life_of_instruments_and_uids")

    kept = now.get_model("observations", "Instrument").objects.get()
    assert (kept.status, kept.published_at) == ("published", datetime(2026, 7, 1, tzinfo=UTC))
    assert now.get_model("observations", "Focus").objects.get().instrument_id == kept.pk
    for name, count in (("Observation", 2), ("Note", 4)):
        uids = set(now.get_model("observations", name).objects.values_list("uid", flat=True))
        assert (len(uids), None in uids) == (count, False)


def test_follow_ups_that_were_done_ended_so(migrate):
    done, running = make.session(held=True), make.session(held=True)
    then = migrate("reinforcement", "0001_initial")
    follow_ups = then.get_model("reinforcement", "FollowUp").objects
    due = {"commitment": "Kartu peran.", "due_on": date(2026, 12, 1)}
    ended_at = datetime(2026, 11, 20, tzinfo=UTC)
    follow_ups.create(session_id=done.pk, done_at=ended_at, **due)
    follow_ups.create(session_id=running.pk, **due)

    now = migrate("reinforcement", "0004_hold_ends_of_follow_ups")

    found = now.get_model("reinforcement", "FollowUp").objects.order_by("session_id")
    assert list(found.values_list("state", "settled_at")) == [("done", ended_at), ("open", None)]


def test_files_of_before_get_keys_of_their_own(migrate):
    post = make.post()
    then = migrate("sharing", "0001_initial")
    files = then.get_model("sharing", "Attachment").objects
    for name in ("a.pdf", "b.pdf"):
        files.create(post_id=post.pk, file=name, name=name, content_type="application/pdf", size=1)

    now = migrate("sharing", "0004_hold_keys_of_files")

    keys = set(now.get_model("sharing", "Attachment").objects.values_list("key", flat=True))
    assert (len(keys), None in keys) == (2, False)


def test_answers_of_pairs_become_cards(migrate):
    pair, silent = make.pair(), make.pair()
    then = migrate("thinkpair", "0003_hold_who_edited_cards")
    at, person = datetime(2026, 11, 20, tzinfo=UTC), pair.people.order_by("pk")[0]
    old = then.get_model("thinkpair", "Pair").objects
    old.filter(pk=pair.pk).update(answer="Tunggu.", shared_at=at, shared_by_id=person.pk)

    migrate("thinkpair", "0004_copy_answers_to_cards")
    migrate("thinkpair", "0003_hold_who_edited_cards")
    now = migrate("thinkpair", "0004_copy_answers_to_cards")

    card = now.get_model("thinkpair", "Card").objects.get()
    assert (card.pair_id, card.problem, card.attempt) == (pair.pk, pair.thread.title, "Tunggu.")
    assert (card.shared_at, card.shared_by_id) == (at, person.pk)
    assert silent.pk != card.pair_id
    old.filter(pk=pair.pk).update(answer="", shared_at=None, shared_by_id=None)

    back = migrate("thinkpair", "0003_hold_who_edited_cards").get_model("thinkpair", "Pair")

    was = back.objects.get(pk=pair.pk)
    assert (was.answer, was.shared_at, was.shared_by_id) == ("Tunggu.", at, person.pk)


def test_threads_of_before_get_deadlines_with_an_hour(migrate):
    group, author = make.group(), make.person()
    then = migrate("thinkpair", "0006_keep_seats_that_were_left")
    for phase in ("pair", "closed"):
        then.get_model("thinkpair", "Thread").objects.create(
            group_id=group.pk,
            author_id=author.pk,
            title="Murid diam",
            problem="Sepi.",
            think_until=date(2026, 7, 1),
            pair_until=date(2026, 7, 1),
            phase=phase,
        )

    now = migrate("thinkpair", "0008_require_deadlines_with_an_hour")

    threads = now.get_model("thinkpair", "Thread").objects.order_by("pk")
    ends = threads.values_list("phase", "think_ends_at", "pair_ends_at", "share_ends_at")
    evenings = [datetime(2026, 7, day, 15, 59, tzinfo=UTC) for day in (1, 2, 9)]
    assert list(ends) == [("pair", *evenings), ("closed", *evenings)]


def test_what_was_recommended_is_found_as_it_was_before_its_words_changed(migrate):
    changed, same = make.post(kind="material"), make.post(kind="material")
    then = migrate("sharing", "0009_tell_what_was_endorsed")
    posts = then.get_model("sharing", "Post").objects
    posts.update(endorsed_at=datetime(2026, 11, 20, tzinfo=UTC))
    revisions = then.get_model("sharing", "Revision").objects

    def change(post_id: int, day: int, **before: object) -> int:
        made = revisions.create(post_id=post_id, version=1, by_id=changed.author_id, before=before)
        revisions.filter(pk=made.pk).update(at=datetime(2026, 11, day, tzinfo=UTC))
        return int(made.pk)

    change(changed.pk, 19, title="Sebelum disarankan")
    change(changed.pk, 21, topics=["sikap"])
    first = change(changed.pk, 22, body="Kol ungu.")
    change(changed.pk, 23, body="Kol merah.")
    change(same.pk, 21, topics=["sikap"])

    now = migrate("sharing", "0010_find_what_was_endorsed")

    found = now.get_model("sharing", "Post").objects.values_list("pk", "endorsed_before_id")
    assert dict(found) == {changed.pk: first, same.pk: None}


def test_what_a_board_narrowed_before_is_held_where_it_is(migrate):
    narrowed, free = make.post(audience="district"), make.post(audience="district")
    then = migrate("sharing", "0011_say_how_far_the_author_may_widen")
    posts = then.get_model("sharing", "Post").objects
    posts.filter(pk=narrowed.pk).update(narrowed_from="public")

    now = migrate("sharing", "0012_hold_what_was_narrowed_where_it_is")

    found = now.get_model("sharing", "Post").objects.values_list("pk", "narrowed_to")
    assert dict(found) == {narrowed.pk: "district", free.pk: ""}
