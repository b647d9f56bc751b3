"""One small world with everybody in it, and how a table of who may what is read and walked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from groups import services as groups
from groups.models import Group, Membership
from groups.roles import Role
from kesraku import services as gardens
from notifications.models import Notice
from notifications.services import tell
from observations.models import Item
from reinforcement import services as reinforcement
from sessions import services as sessions
from sessions.codes import qr_token
from sessions.live import token_for
from sessions.models import ModelSession
from sharing import services as sharing
from tests import make
from tests.thinkpair.walls import card as unshared_card
from tests.thinkpair.walls import wall, wall_cards
from thinkpair import live as room
from thinkpair import services as thinkpair

# The columns: who asks. Each is described where `build` makes them.
WHO = (
    *("nobody", "newcomer", "member", "model", "observer", "chair", "core"),
    *("pengawas", "other", "kepsek", "dinas", "outsider", "super"),
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass
class World:
    """Everybody and everything, by the names that the tables use."""

    people: dict[str, User] = field(default_factory=dict)
    things: dict[str, object] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    files: str = ""

    def client(self, who: str) -> Client:
        client = Client()
        if who in self.cookies:
            client.cookies["sessionid"] = self.cookies[who]
        return client


def build(files: str) -> World:
    """Make a group in the middle of a cycle, with somebody of every role in and around it.

    `files` is the folder that uploads are kept in, longer than for one test.
    """
    world = World(files=files)
    group = make.group()
    make.cycle(of=group)
    _gather_people(world, group)
    with override_settings(MEDIA_ROOT=files):
        _live_a_cycle(world, group)
    for who, person in world.people.items():
        client = Client()
        client.force_login(person)
        world.cookies[who] = client.cookies["sessionid"].value
    return world


def _gather_people(world: World, group: Group) -> None:
    model = make.member(group)
    world.people = {
        # Signed up, asked to join, and was not let in yet.
        "newcomer": make.newcomer(),
        "member": make.member(group),
        "model": model,
        "observer": make.member(group),
        "chair": make.chair(group),
        "core": make.member(group, Role.CORE_TEACHER),
        # Of the guru model's school, and of another one.
        "pengawas": make.supervisor(model.school),
        "other": make.supervisor(make.school()),
        "kepsek": make.principal(model.school),
        "dinas": make.officer(),
        "outsider": make.member(make.group()),
        "super": User.objects.create_superuser("admin", name="Admin", approved_at=timezone.now()),
    }


def _live_a_cycle(world: World, group: Group) -> None:
    people, observers = world.people, [world.people["observer"]]
    held = make.session(of=group, teacher=people["model"], observers=observers, held=True)
    begun = make.session(
        of=group, teacher=people["member"], observers=observers, starts_in=timedelta(hours=-1)
    )
    planned = make.session(of=group, teacher=people["model"], observers=observers)
    plan = make.file(PDF, "modul.pdf")
    sessions.change_session(planned, by=people["chair"], lesson_plan=plan)
    unreflected = make.session(
        of=group,
        teacher=people["member"],
        observers=observers,
        starts_in=timedelta(hours=-5),
        held=True,
    )
    observation = make.observation(of=held, observer=people["observer"], submitted=True)
    sheet = make.observation(of=unreflected, observer=people["observer"])
    feedback = make.feedback(on=held, by=people["core"])
    draft = make.feedback(on=unreflected, by=people["core"], given=False)
    post = make.post(of=group, by=people["member"])
    attachment = sharing.attach_file(post, make.file(PDF, "kartu.pdf"), by=people["member"])
    photo = make.file(make.jpeg(), "kartu.jpg")
    picture = sharing.attach_file(post, photo, by=people["member"], consent=True)
    sharing.make_thumbnails()
    withdrawn = make.post(of=group, by=people["member"])
    sharing.withdraw_post(withdrawn, by=people["member"])
    thinkers = [people["member"], people["observer"]]
    unanswered = make.unanswered(of=group)
    paired = make.thread(of=group, thinkers=thinkers)
    thinkpair.end_thinking(paired, by=people["chair"])
    garden = make.garden(by=people["model"])
    ended = make.garden(by=people["model"])
    gardens.end_garden(ended, by=people["model"])
    gardens.link_garden(held, garden, by=people["chair"])
    [notice] = tell([people["member"]], Notice.Kind.GROUP, lambda: "Halo.", url="/")
    _go_through(begun, people)
    closed = make.session(of=group, teacher=people["core"], held=True)
    sessions.close_session(closed, by=people["chair"])
    guide = Membership.objects.get(group=group, role=Role.CORE_TEACHER)
    follow_up = make.follow_up(on=held)
    preparation = make.preparation(of=planned)
    reader = make.member(group)
    reinforcement.share_feedback(feedback, by=people["model"], reader=reader)
    pair = paired.pairs.get()
    series = make.series(of=group, by=people["chair"])
    feed = sessions.make_calendar_feed(by=people["member"])
    blueprint = make.instrument(of=group, by=people["chair"])
    item = Item.objects.get(indicator__aspect__instrument=blueprint)
    world.things = {
        "first": 1,
        "x": "x",
        "teacher": people["model"],
        "her_school": people["model"].school,
        "visit": make.visit(to=people["model"], by=people["pengawas"], starts_in=timedelta(days=9)),
        "one": 1,
        "group": group,
        "cycle": group.cycles.get(),
        "request": make.join_request(to=group, by=people["newcomer"]),
        "invitation": (invitation := groups.make_invitation(group, by=people["chair"])),
        "token": invitation.token,
        "guide": guide,
        "person": people["member"],
        "feed": feed,
        "feed_token": feed.token,
        "recurring": make.weekly(of=group),
        "held": held,
        "series": series,
        "occurrence": series.sessions.earliest("starts_at"),
        "begun": begun,
        "unreflected": unreflected,
        "planned": planned,
        "closed": closed,
        "question": begun.questions.get(),
        "decision": begun.decisions.get(),
        "stray": begun.minutes.revisions.get(),
        "live_token": token_for(begun, people["member"]),
        "observation": observation,
        "growth_link": (growth_link := make.growth_link(by=people["model"])),
        "growth_token": growth_link.token,
        "sheet": sheet,
        "sheet_uid": sheet.uid,
        "photo_uid": make.photo(of=observation).uid,
        "draft_photo_uid": make.photo(of=sheet).uid,
        "invited": (invited := make.participation(planned, people["member"])),
        "link": sessions.personal_token(invited),
        "observing": make.participation(planned, people["observer"]),
        "version": (version := planned.lesson_plans.get()),
        "remark": make.plan_comment(on=version, by=people["observer"]),
        # Made when it is asked for: the code of attendance is another one every half minute.
        "token_of_begun": lambda: qr_token(begun.pk, begun.secret, timezone.now()),
        "seen": make.participation(begun, people["observer"]),
        "signed": sessions.keep_sheet(
            begun,
            by=people["chair"],
            file=make.file(PDF, "daftar.pdf"),
            submission=uuid4(),
        ),
        "material": sessions.keep_file(
            begun,
            by=people["chair"],
            kind="material",
            file=make.file(PDF, "materi.pdf"),
            submission=uuid4(),
        ),
        "check_in": make.check_in(to=begun, by=people["observer"]),
        "instrument": observation.instrument,
        "tool": make.instrument(of=group, by=people["chair"], published=True),
        "blueprint": blueprint,
        "blue_scale": blueprint.own_scales.get(),
        "blue_aspect": blueprint.aspects.get(),
        "blue_indicator": item.indicator,
        "blue_item": item,
        "feedback": feedback,
        "draft": draft,
        "follow_up": follow_up,
        "preparation": preparation,
        "reader": reader,
        "reflection": held.reflection,
        "post": post,
        "session_link": sessions.link_post(planned, post, by=people["member"]),
        "garden_link": gardens.link_post(garden, post, by=people["member"]),
        "writing": sharing.save_draft(uuid4(), by=people["member"], words={"title": "Kol"}),
        "public": make.post(of=group, by=people["member"], audience="public"),
        "withdrawn": withdrawn,
        "comment": make.comment(post, by=people["observer"]),
        "used": "used",
        "worksheet": make.post(of=group, by=people["member"], kind="material"),
        "report": make.report(make.post(of=group, by=people["model"]), by=people["observer"]),
        "attachment_key": attachment.key,
        "picture_key": picture.key,
        "thread": make.thread(of=group, thinkers=thinkers),
        "paired": paired,
        "arranged": make.arranged(of=group, thinkers=[*thinkers, make.member(group)]),
        "number_one": 1,
        "pair": pair,
        **_on_a_wall(group, people),
        "unanswered": unanswered,
        "thought": paired.thoughts.get(author=people["member"]),
        "room_token": room.token_for(pair, people["member"]),
        "talk_file": make.talk_file(in_=pair, by=people["member"]).key,
        "message": make.message(in_=pair, by=people["observer"]),
        "garden": garden,
        "ended": ended,
        "harvest": gardens.record_harvest(
            garden, by=people["model"], on=timezone.localdate(), grams=500
        ),
        "crop": garden.crop,
        "indicator": make.indicator(),
        "notice": notice,
        "school": people["model"].school,
        "subject": group.subject,
        "phase": planned.phase,
    }


def _on_a_wall(group: Group, people: dict[str, User]) -> dict[str, object]:
    """A thread that shares its results: a card of member and observer, one merged, two more."""
    sharing_thread = wall(of=group, cards=3)
    kept, other, merged = wall_cards(sharing_thread)
    for seat, who in zip(kept.pair.seats.order_by("pk"), ("member", "observer"), strict=True):
        seat.person = people[who]
        seat.save()
    thinkpair.merge_cards(other, by=people["chair"], cards=[merged])
    return {
        "sharing": sharing_thread,
        "card": kept,
        "other_card": other,
        "merged_card": merged,
        "unshared_card": unshared_card(sharing_thread, shared=False),
        "trial": thinkpair.try_card(kept, by=people["member"]),
    }


def _go_through(session: ModelSession, people: dict[str, User]) -> None:
    """What happens in a session while it lasts: the clock, a question, minutes written twice."""
    sessions.start_clock(session, by=people["chair"])
    sessions.ask_question(session, by=people["observer"], text="Berapa lama?", submission=uuid4())
    sessions.add_decision(session, by=people["chair"], text="Cetak kartu.", submission=uuid4())
    for text in ("Di laptop.", "Di HP."):
        with suppress(sessions.CameLate):
            sessions.save_minutes(
                session, by=people["chair"], revision=0, proceedings=text, closing=""
            )


@dataclass(frozen=True)
class Row:
    """One line of a table: `post name:thing,thing  status status …`, one status for each of WHO."""

    method: str
    name: str
    things: tuple[str, ...]
    expected: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"{self.method} {self.name}" + (f":{','.join(self.things)}" if self.things else "")


def rows(table: str) -> list[Row]:
    found = []
    for line in table.strip().splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        method, address, *expected = line.split()
        name, _, things = address.partition(":")
        found.append(Row(method, name, tuple(filter(None, things.split(","))), tuple(expected)))
    return found


def names(*, of: str, within: URLResolver | None = None) -> set[str]:
    """The names of every address whose view is in a module of that package."""
    found: set[str] = set()
    for pattern in (within or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace is None:
                found |= names(of=of, within=pattern)
        elif _package(pattern) == of:
            found.add(pattern.name or str(pattern.pattern))
    return found


def _package(pattern: URLPattern) -> str:
    package = pattern.callback.__module__.partition(".")[0]
    return "api" if package == "rest_framework" else package


@contextmanager
def undone() -> Iterator[None]:
    """Let what happens inside be as if it never had."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answered(
    world: World, row: Row, who: str, *, sent: Mapping[str, Any], as_json: bool = False
) -> HttpResponse:
    """What this person is answered, after which everything is as before; a GET changes nothing.

    In `sent`, a text that begins with @ names somebody, something or the day.
    """
    url = reverse(row.name, args=[_in_address(world.things[thing]) for thing in row.things])
    ask = getattr(world.client(who), row.method)
    words: dict[str, Any] = {} if row.method == "get" else {"data": _meant(world, sent)}
    if as_json and words:
        words["content_type"] = "application/json"
    files = override_settings(MEDIA_ROOT=world.files)
    with files, undone(), CaptureQueriesContext(connection) as queries:
        answer: HttpResponse = ask(url, **words)
        # A file is read to its end, as a browser does: that closes it, and nothing else.
        if answer.streaming:
            list(answer)
    if row.method == "get":
        assert _writes_in(queries) == [], "a GET changes nothing"
    return answer


def _in_address(thing: object) -> object:
    return thing() if callable(thing) else getattr(thing, "pk", thing)


def _meant(world: World, sent: Mapping[str, Any]) -> dict[str, Any]:
    now = timezone.localtime()
    moments = {"today": f"{now:%Y-%m-%d}", "now": f"{now:%Y-%m-%dT%H:%M}"}
    for days in (3, 7, 10):
        moments[f"in_{days}_days"] = f"{now + timedelta(days=days):%Y-%m-%dT%H:%M}"
    things = {**world.people, **world.things, **moments}
    meant = {
        name: _in_address(things[text[1:]]) if str(text).startswith("@") else text
        for name, text in sent.items()
    }
    return {**meant, "submission": str(uuid4())}


def _writes_in(queries: CaptureQueriesContext) -> list[str]:
    """The statements that changed data, but for the person's own sign-in."""
    # allauth keeps its own list of addresses up to date when somebody looks at it.
    own = ("django_session", "account_emailaddress")
    statements = (query["sql"] for query in queries)
    return [
        sql for sql in statements if sql.startswith(WRITES) and not any(name in sql for name in own)
    ]
