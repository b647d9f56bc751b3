"""Test data. Each function makes one thing, in a state that the platform can really reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from itertools import count
from typing import Any, cast
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from accounts.models import Appointment, User
from accounts.roles import Duty
from activity.files import CheckedFile, check_upload
from groups import services as groups
from groups.models import Cycle, Group, Invitation, JoinRequest, Membership
from groups.roles import Role
from kesraku import services as garden_services
from kesraku.models import Crop, Garden
from observations import queries as observation_queries
from observations import reference
from observations import services as observation_services
from observations.models import Focus, Indicator, Instrument, Item, Observation, Photo
from reinforcement import services as reinforcement_services
from reinforcement.models import Feedback, FollowUp, GrowthLink, Preparation, Reflection
from schools.models import District, Level, Phase, Province, Regency, School, Subject
from sessions import services as session_services
from sessions.conflicts import EVERYTHING
from sessions.models import CheckIn, LessonPlan, ModelSession, Participation, PlanComment, Series
from sessions.recurrence import Rule, Weekly
from sharing import services as sharing_services
from sharing.models import Comment, Post, Report
from thinkpair import services as thinkpair_services
from thinkpair.models import Card, Message, Pair, TalkFile, Thread

number = count(1)


def district() -> District:
    province, _ = Province.objects.get_or_create(code="73", defaults={"name": "Sulawesi Selatan"})
    regency, _ = Regency.objects.get_or_create(
        code="73.22", defaults={"province": province, "name": "Kabupaten Luwu Utara"}
    )
    found, _ = District.objects.get_or_create(
        code="73.22.07", defaults={"regency": regency, "name": "Seko"}
    )
    return found


def school(level: Level = Level.SMP) -> School:
    n = next(number)
    return School.objects.create(
        npsn=f"{40_000_000 + n}",
        name=f"{level}N {n} Seko",
        level=level,
        district=district(),
    )


def subject() -> Subject:
    found, _ = Subject.objects.get_or_create(code="IPA", defaults={"name": "IPA"})
    return found


def phase() -> Phase:
    found, _ = Phase.objects.get_or_create(code="D", defaults={"first_grade": 7, "last_grade": 9})
    return found


def newcomer() -> User:
    """Someone who signed up and was not let in anywhere yet."""
    return User.objects.create_user(username=f"pendatang-{next(number)}", name="Pendatang Baru")


def person(*, at: School | None = None) -> User:
    """A teacher who was let in, but is in no group."""
    n = next(number)
    return User.objects.create_user(
        username=f"guru-{n}",
        email=f"guru-{n}@contoh.sch.id",
        name=f"Guru Ke {n}",
        school=at or school(),
        approved_at=timezone.now(),
    )


def supervisor(of: School) -> User:
    user = person()
    Appointment.objects.create(user=user, duty=Duty.SUPERVISOR, school=of)
    return user


def principal(of: School) -> User:
    user = person(at=of)
    Appointment.objects.create(user=user, duty=Duty.PRINCIPAL, school=of)
    return user


def officer() -> User:
    user = person()
    Appointment.objects.create(user=user, duty=Duty.DISTRICT_OFFICER)
    return user


def group() -> Group:
    n = next(number)
    return Group.objects.create(
        kind=Group.Kind.MGMP,
        name=f"MGMP IPA {n}",
        code=f"MGMP-IPA-{n}",
        subject=subject(),
        level=Level.SMP,
        regency=district().regency,
        governing_body="Dinas Pendidikan Kabupaten Luwu Utara",
    )


def member(of: Group, role: Role = Role.MEMBER, *, at: School | None = None) -> User:
    """A member of the group; with another role, that role comes beside membership."""
    user = person(at=at)
    start = timezone.localdate() - timedelta(days=30)
    for held in {Role.MEMBER, role}:
        Membership.objects.create(user=user, group=of, role=held, starts_on=start)
    return user


def also(person: User, of: Group, role: Role) -> None:
    """Give a member one more role in the group."""
    start = timezone.localdate() - timedelta(days=30)
    Membership.objects.create(user=person, group=of, role=role, starts_on=start)


def leave(of: Group, who: User) -> User:
    """Who was in the group until yesterday, as the next request knows them."""
    yesterday = timezone.localdate() - timedelta(days=1)
    who.memberships.filter(group=of).update(ends_on=yesterday)
    return User.objects.get(pk=who.pk)


def chair(of: Group) -> User:
    return member(of, Role.CHAIR)


def invitation(*, to: Group | None = None) -> Invitation:
    to = to or group()
    return groups.make_invitation(to, by=chair(to))


def join_request(*, to: Group | None = None, by: User | None = None) -> JoinRequest:
    return groups.ask_to_join(to or group(), by=by or newcomer())


def cycle(*, of: Group | None = None) -> Cycle:
    of = of or group()
    today = timezone.localdate()
    return Cycle.objects.create(
        group=of,
        number=of.cycles.count() + 1,
        theme="Bertanya di kelas IPA",
        problem="Murid jarang bertanya.",
        starts_on=today - timedelta(days=7),
        ends_on=today + timedelta(days=30),
    )


def session(
    *,
    of: Group | None = None,
    teacher: User | None = None,
    observers: Sequence[User] = (),
    starts_in: timedelta | None = None,
    held: bool = False,
    cancelled: bool = False,
) -> ModelSession:
    """Eighty minutes, planned, with all members invited; a held one began three hours ago."""
    of = of or group()
    board = chair(of)
    start = timezone.now() + (starts_in or (timedelta(hours=-3) if held else timedelta(days=2)))
    made = session_services.plan_session(
        of,
        by=board,
        teacher=teacher or member(of),
        submission=uuid4(),
        observers=observers,
        despite=EVERYTHING,
        title="Mengapa daun tidak semuanya hijau?",
        goal="Murid menjelaskan fungsi pigmen daun dari pengamatannya sendiri.",
        phase=phase(),
        grade=8,
        place="Kebun sekolah",
        starts_at=start,
        ends_at=start + timedelta(minutes=80),
    )
    if held:
        return session_services.hold_session(made, by=board)
    if cancelled:
        return session_services.cancel_session(made, by=board, reason="Guru model sakit.")
    return made


def weekly(*, of: Group | None = None, times: int = 3) -> Series:
    """A series in the same hour of so many weeks, the first in two days."""
    of = of or group()
    start = (timezone.now() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    series = Series.objects.create(
        group=of, rule=f"FREQ=WEEKLY;COUNT={times}", starts_at=start, made_by=chair(of)
    )
    teacher = member(of)
    for week in range(times):
        each = session(of=of, teacher=teacher, starts_in=timedelta(days=2 + 7 * week))
        each.series, each.occurs_at = series, start + timedelta(weeks=week)
        each.starts_at, each.ends_at = each.occurs_at, each.occurs_at + timedelta(minutes=80)
        each.save()
    return series


def meeting(
    *,
    of: Group | None = None,
    kind: str = "workshop",
    leader: User | None = None,
    starts_in: timedelta = timedelta(days=2),
    held: bool = False,
    **plan: Any,
) -> ModelSession:
    """Two hours in the hall with all members invited; a held one began three hours ago."""
    of = of or group()
    board = chair(of)
    start = timezone.now() + (timedelta(hours=-3) if held else starts_in)
    made = session_services.plan_session(
        of,
        by=board,
        kind=kind,
        leader=leader or board,
        submission=uuid4(),
        despite=EVERYTHING,
        title="Menyusun program semester",
        place="Aula",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        **plan,
    )
    return session_services.hold_session(made, by=board) if held else made


def series(*, of: Group | None = None, count: int = 4, **plan: Any) -> Series:
    """A meeting every week, the first in two days."""
    of = of or group()
    start = timezone.now() + timedelta(days=2)
    weekday = timezone.localtime(start).weekday()
    values = {
        "by": plan.get("by") or chair(of),
        "rule": Rule(Weekly((weekday,)), count=count),
        "submission": uuid4(),
        "kind": "sharing",
        "title": "Berbagi praktik baik",
        "place": "Aula",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "despite": EVERYTHING,
    }
    return session_services.plan_series(of, **values | plan)


def visit(
    *, to: User | None = None, by: User | None = None, starts_in: timedelta = timedelta(days=3)
) -> ModelSession:
    """A pengawas of her school plans to see a lesson of a member."""
    to = to or member(group())
    start = timezone.now() + starts_in
    return session_services.plan_visit(
        to,
        by=by or supervisor(to.school),
        submission=uuid4(),
        despite=EVERYTHING,
        title="Kunjungan kelas",
        goal="Kartu peran di setiap kelompok.",
        school=to.school,
        starts_at=start,
        ends_at=start + timedelta(minutes=80),
    )


def participation(of: ModelSession, who: User) -> Participation:
    return of.participations.get(user=who)


def lesson_plan(*, of: ModelSession | None = None, name: str = "Modul.pdf") -> LessonPlan:
    """One more version, of a planned session; no two files are the same."""
    of = of or session()
    content = f"%PDF-1.4 {next(number)}".encode()
    return session_services.share_lesson_plan(
        of,
        by=of.model_teacher,
        file=file(content, name),
        change="Waktu diskusi lebih lama.",
        submission=uuid4(),
    )


def plan_comment(*, on: LessonPlan, by: User, body: str = "Kartu peran belum ada.") -> PlanComment:
    return session_services.comment_plan(on, by=by, body=body, submission=uuid4())


def check_in(*, to: ModelSession, by: User) -> CheckIn:
    """What the history keeps of somebody who typed the six digits now."""
    part = session_services.check_in(
        to, by=by, method="code", at=timezone.now(), submission=uuid4()
    )
    return part.check_ins.get()


def post(
    *,
    of: Group | None = None,
    by: User | None = None,
    audience: str = "group",
    kind: str = "information",
) -> Post:
    of = of or group()
    return sharing_services.share_post(
        of,
        by=by or member(of),
        title="Kol ungu pengganti lakmus",
        body="Kol ungu dari pasar **cukup** untuk empat kelas.",
        audience=audience,
        kind=kind,
    )


def withdrawn_post(*, of: Group | None = None, audience: str = "group") -> Post:
    withdrawn = post(of=of, audience=audience)
    return sharing_services.withdraw_post(withdrawn, by=withdrawn.author)


def comment(on: Post, *, by: User | None = None, parent: Comment | None = None) -> Comment:
    return sharing_services.write_comment(
        on, by=by or on.author, body="Saya coba di kelas V.", parent=parent
    )


def report(on: Post, *, by: User | None = None) -> Report:
    by = by or member(on.group)
    return sharing_services.report_post(on, by=by, reason="wrong", words="Rumusnya terbalik.")


def indicator() -> Indicator:
    """The first indicator that a guru model may pick."""
    reference.load()
    return observation_queries.indicators_to_pick(observation_queries.default_instrument())[0]


def instrument(
    *, of: Group | None = None, by: User | None = None, published: bool = False
) -> Instrument:
    """A draft with one item on two words of its own; of a group, else of an officer for all."""
    by = by or (chair(of) if of else officer())
    made = observation_services.make_instrument(
        by=by,
        group=of,
        name=f"Instrumen {next(number)}",
        minutes=10,
        source="Disusun sendiri.",
        valid_from=timezone.localdate(),
    )
    aspect = observation_services.add_aspect(made, by=by, name="Pembukaan")
    opening = observation_services.add_indicator(aspect, by=by, name="Apersepsi")
    scale = observation_services.add_scale(
        made,
        by=by,
        name="Dua kata",
        points=[{"label": "Belum"}, {"label": "Sudah", "is_best": True}],
    )
    observation_services.add_item(
        opening,
        by=by,
        text="Guru bertanya tentang pelajaran lalu",
        kind="scale",
        scale=scale,
        evidence="unless_best",
    )
    return observation_services.publish_instrument(made, by=by) if published else made


def observation(
    *, of: ModelSession | None = None, observer: User | None = None, submitted: bool = False
) -> Observation:
    """A sheet with the focus and all answers; of a held session, by one of its observers."""
    reference.load()
    if of is None:
        home = group()
        observer = observer or member(home)
        of = session(of=home, observers=[observer], held=True)
    observer = observer or of.participations.observers().latest("pk").user
    asked = {"indicator": indicator(), "instrument": observation_queries.default_instrument()}
    Focus.objects.get_or_create(session=of, defaults=asked)
    begun = observation_services.start_observation(of, by=observer)
    observation_services.save_observation(
        begun,
        by=observer,
        answers={item.pk: answer_to(item) for item in items(begun)},
        notes=[{"minute": 12, "text": "Meja 5 bertanya."}],
    )
    return observation_services.submit_observation(begun, by=observer) if submitted else begun


def correction(*, of: Observation) -> Observation:
    """The same answers with one more note, handed in anew."""
    notes: list[observation_services.NoteWords] = [{"minute": 30, "text": "Meja 9 menjawab."}]
    content = observation_services.Content(notes=notes)
    return observation_services.correct_observation(
        of, by=of.observer, content=content, reason="Nomor meja keliru."
    )


def items(of: Observation) -> list[Item]:
    return observation_queries.items_of(of.instrument_id, of.indicator_id)


def answer_to(item: Item) -> observation_services.Words:
    """The second of three words with its evidence, or one sentence."""
    if item.scale:
        point = item.scale.points.get(position=2)
        return {"point": point.pk, "evidence": "Meja 7 dan 8 belum mendapat tugas."}
    return {"text": "Meja 5 berhenti menulis sejak menit 20."}


def focus_items() -> list[Item]:
    """The items that SMART Ringkas asks with the first indicator as its focus."""
    asked = indicator()
    return observation_queries.items_of(asked.aspect.instrument_id, asked.pk)


@dataclass
class Phone:
    """A phone that counts what it sends."""

    device: UUID
    sendings: Iterator[int]


def phone() -> Phone:
    return Phone(uuid4(), count(1))


def sending(of: Phone, **changes: Any) -> observation_services.Sending:
    """What that phone sends next of a sheet that it began five minutes ago."""
    now = timezone.now()
    told: dict[str, Any] = {
        "base": 0,
        "sent_at": now,
        "started_at": now - timedelta(minutes=5),
        "content": observation_services.Content(notes=[], photos=[], is_whole=True),
    }
    return observation_services.Sending(
        device=of.device, sequence=next(of.sendings), **told | changes
    )


def synced(of: ModelSession, observer: User, **content: Any) -> Observation:
    """A sheet begun on a phone, with that content."""
    told: dict[str, Any] = {"notes": [], "photos": [], "is_whole": True} | content
    sent = sending(phone(), content=observation_services.Content(**told))
    return observation_services.sync_sheet(of, by=observer, uid=uuid4(), sent=sent)


def whole_content(**changes: Any) -> observation_services.Content:
    """All that the first focus asks for, answered."""
    told: dict[str, Any] = {"notes": [], "photos": []} | changes
    answers = {item.pk: answer_to(item) for item in focus_items()}
    return observation_services.Content(answers=answers, is_whole=True, **told)


def file(content: bytes, name: str) -> CheckedFile:
    """What becomes of a file that somebody hands in under that name; ValidationError if nothing."""
    handed_in = ContentFile(content)
    # As programs send it: `ContentFile` would clean it.
    handed_in.name = name
    return check_upload(handed_in)


def pdf(*, pages: int = 1) -> bytes:
    """A PDF of so many grey pages that any reader can draw."""
    made = BytesIO()
    shades = [Image.linear_gradient("L").resize((620, 877)) for _ in range(pages)]
    shades[0].save(made, "PDF", save_all=True, append_images=shades[1:])
    return made.getvalue()


def jpeg(*, shade: int = 40, place: bool = False) -> bytes:
    """A photo of some thousand bytes, as a phone makes it light; or as its camera wrote it."""
    picture = Image.effect_noise((64, 48), shade).convert("RGB")
    hidden = Image.Exif()
    if place:
        hidden[0x010E] = "Rampi"
    made = BytesIO()
    picture.save(made, format="JPEG", quality=90, exif=hidden if place else b"")
    return made.getvalue()


def as_stored(picture: bytes) -> bytes:
    """What is kept of a picture that somebody sent: it is made anew."""
    return file(picture, "foto.jpg").content.read()


def photo(*, of: Observation) -> Photo:
    """A photo that is whole, of a sheet of either state."""
    file = jpeg()
    told = photo_words(file)
    content = observation_services.Content(photos=[told])
    if of.submitted_at:
        observation_services.correct_observation(of, by=of.observer, content=content)
    else:
        sent = sending(phone(), base=of.revision, content=content)
        observation_services.sync_sheet(of.session, by=of.observer, uid=of.uid, sent=sent)
    made = Photo.objects.get(uid=told["uid"])
    return observation_services.receive_piece(made, by=of.observer, offset=0, piece=file)


def photo_words(file: bytes = b"x", **changes: Any) -> observation_services.PhotoWords:
    """A photo of minute 12 as its phone tells of it."""
    told: dict[str, Any] = {
        "uid": uuid4(),
        "minute": 12,
        "note": None,
        "item": None,
        "size": len(file),
        "sha256": sha256(file).hexdigest(),
        "has_consent": True,
    }
    return cast("observation_services.PhotoWords", told | changes)


def feedback(
    *, on: ModelSession | None = None, by: User | None = None, given: bool = True
) -> Feedback:
    """Feedback with a private note on a held session, by default of a guru inti."""
    on = on or session(held=True)
    by = by or member(on.group, Role.CORE_TEACHER)
    act = reinforcement_services.give_feedback if given else reinforcement_services.save_feedback
    return act(
        on,
        by=by,
        appreciation="Meja 11 bicara lebih dulu.",
        seen="Empat murid menjawab berbeda.",
        question="Apa yang terjadi bila perannya ditukar?",
        suggestion="Beri nomor pada kartu peran.",
        support="Saya punya satu set kartu peran.",
        private_note="Ini hanya untuk Ibu.",
    )


def preparation(*, of: ModelSession | None = None, partner: User | None = None) -> Preparation:
    """What the guru model of a planned lesson asks her observers to look at."""
    of = of or session()
    return reinforcement_services.prepare_session(
        of,
        by=of.model_teacher,
        target="Semua murid bicara.",
        plan="Kartu peran untuk tiap meja.",
        request="Siapa yang belum bicara sampai menit 20?",
        partner=partner,
    )


def reflection(*, on: ModelSession) -> Reflection:
    return reinforcement_services.write_reflection(
        on,
        by=on.teacher,
        target="Murid bertanya.",
        went_well="Murid membandingkan daun.",
        not_yet="Kelompok 3 kurang disapa.",
        learned="Menunggu tujuh detik.",
    )


def follow_up(*, on: ModelSession | None = None, due_in: timedelta = timedelta(days=5)) -> FollowUp:
    """What the guru model of a held session commits to, after her reflection."""
    on = on or session(held=True)
    reflection(on=on)
    return reinforcement_services.promise_follow_up(
        on,
        by=on.teacher,
        commitment="Setiap kelompok memakai kartu peran.",
        due_on=timezone.localdate() + due_in,
    )


def growth_link(*, by: User) -> GrowthLink:
    """A week in which a principal may read somebody's growth."""
    last_day = timezone.localdate() + timedelta(days=7)
    return reinforcement_services.share_growth(by=by, reader="Kepala sekolah", last_day=last_day)


def end(promise: FollowUp, state: str) -> FollowUp:
    """Let the guru model say that it is done, changed or dropped; an open one stays as it is."""
    by = promise.session.model_teacher
    if state == "done":
        reinforcement_services.complete_follow_up(
            promise, by=by, effort="Di kelas 8.", result="Kelompok 3 bicara."
        )
    elif state == "changed":
        reinforcement_services.change_follow_up(
            promise,
            by=by,
            reason="Kartunya hilang.",
            commitment="Memakai nomor meja.",
            due_on=promise.due_on,
        )
    elif state == "dropped":
        reinforcement_services.drop_follow_up(promise, by=by, reason="Saya pindah kelas.")
    return promise


def thread(*, of: Group | None = None, thinkers: Sequence[User] = (), **choices: Any) -> Thread:
    """A thread in its think phase, with a thought of each of `thinkers`."""
    of = of or group()
    now = timezone.now()
    opened = thinkpair_services.open_thread(
        of,
        by=member(of),
        submission=uuid4(),
        title="Murid diam saat ditanya mengapa",
        problem="Saya bertanya, lalu sepi.",
        think_ends_at=now + timedelta(days=3),
        pair_ends_at=now + timedelta(days=6),
        share_ends_at=now + timedelta(days=9),
        **choices,
    )
    for person in thinkers:
        thinkpair_services.think(opened, by=person, text=f"Pikiran {person.name}.")
    return opened


def arranged(*, of: Group | None = None, thinkers: Sequence[User] = ()) -> Thread:
    """A thread whose pairs are proposed; their rooms are not open."""
    of = of or group()
    opened = thread(of=of, thinkers=thinkers)
    Thread.objects.filter(pk=opened.pk).update(is_arranged=True)
    return thinkpair_services.end_thinking(opened, by=chair(of))


def pair(*, of: Group | None = None) -> Pair:
    """The only pair of a thread in its pair phase."""
    of = of or group()
    opened = thread(of=of, thinkers=[member(of), member(of)])
    return pair_everyone(opened).pairs.get()


def unanswered(*, of: Group) -> Thread:
    """A thread that ended by itself because nobody thought. Moves on what else is due then."""
    opened = thread(of=of)
    for days in (4, 6):
        thinkpair_services.move_on(timezone.now() + timedelta(days=days))
    opened.refresh_from_db()
    return opened


def pair_everyone(in_: Thread, *, by: User | None = None) -> Thread:
    """Bring a thread from thinking to its pair phase."""
    return thinkpair_services.end_thinking(in_, by=by or chair(in_.group))


def end_thread(ended: Thread, *, by: User | None = None) -> Thread:
    """Bring a thread from its pair phase to its end, with a conclusion."""
    by = by or chair(ended.group)
    thinkpair_services.begin_sharing(ended, by=by)
    return thinkpair_services.close_thread(ended, by=by, conclusion="Tunggu tujuh detik.")


def message(*, in_: Pair, by: User, text: str = "Halo, Bu.") -> Message:
    return thinkpair_services.say(in_, by=by, text=text, submission=uuid4())


def talk_file(*, in_: Pair, by: User) -> TalkFile:
    """A picture that one of a pair hands to the other."""
    picture = file(jpeg(), "papan.jpg")
    said = thinkpair_services.say(in_, by=by, submission=uuid4(), file=picture, consent=True)
    return said.files.get()


def card(
    *, of: Pair | None = None, by: User | None = None, attempt: str = "Tunggu.", shared: bool = True
) -> Card:
    """A pair's card, given to the group."""
    of = of or pair()
    by = by or of.people.order_by("pk")[0]
    written = thinkpair_services.edit_card(
        of, by=by, revision=0, problem="Murid diam.", attempt=attempt
    )
    return thinkpair_services.share_card(of, by=by) if shared else written


def crop(name: str = "Kangkung") -> Crop:
    found, _ = Crop.objects.get_or_create(
        name=name,
        defaults={"scientific_name": "Ipomoea aquatica", "days_min": 30, "days_max": 70},
    )
    return found


def garden(*, by: User | None = None) -> Garden:
    """A garden of the person's school, planted forty days ago."""
    return garden_services.start_garden(
        by=by or person(),
        name="Kebun Kelas V",
        crop=crop(),
        planted_on=timezone.localdate() - timedelta(days=40),
        story="Murid menyiram setiap pagi.",
        families=1,
    )
