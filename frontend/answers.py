"""What people answered to an invitation, as it is shown and as it is pasted into WhatsApp."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from frontend.times import clock, day, span
from sessions import queries, rules
from sessions.models import AgendaItem, ModelSession, Participation

Answer, Role = Participation.Answer, Participation.Role
WAITING = "waiting"


@dataclass(frozen=True)
class Choice:
    """One answer as a button, and whether it is the one that was given."""

    value: str
    label: str
    is_chosen: bool


def choices(part: Participation, answers: Iterable[Participation.Answer]) -> list[Choice]:
    """The answers as buttons."""
    return [
        Choice(answer.value, str(answer.label), is_chosen=part.answer == answer)
        for answer in answers
    ]


def answer_context(part: Participation) -> dict[str, object]:
    """What the section with the answer of one person shows, wherever it stands."""
    turn = queries.turn_of(part)
    return {
        "choices": choices(part, queries.answers_to(part.session)),
        "turn": turn,
        "is_full": turn is None and queries.is_full_for(part),
    }


def tally_of(people: Iterable[Participation]) -> Counter[str]:
    """How many gave each answer; who waits for a place is counted apart."""
    return Counter(WAITING if one.is_waiting else one.answer for one in people)


def tally_in_words(tally: Mapping[str, int]) -> str:
    """14 hadir · 5 daring · 2 berhalangan · 7 belum menjawab; what nobody answered is left out.

    A line breaks between two answers, never inside of one.
    """
    words = {
        Answer.COMING: _("%(count)s hadir"),
        WAITING: _("%(count)s menunggu tempat"),
        Answer.ONLINE: _("%(count)s daring"),
        Answer.MAYBE: _("%(count)s ragu"),
        Answer.NOT_COMING: _("%(count)s berhalangan"),
        Answer.NONE: _("%(count)s belum menjawab"),
    }
    return " · ".join(
        (text % {"count": tally[answer]}).replace(" ", "\xa0")
        for answer, text in words.items()
        if tally.get(answer)
    )


def where(session: ModelSession) -> str:
    """The place in words: “SMPN 4 Baebunta, kebun sekolah”."""
    return ", ".join(str(part) for part in (session.school, session.place) if part)


def kind_in_words(session: ModelSession) -> str:
    return str(session.get_kind_display())


def invitation_text(
    session: ModelSession, url: str, *, agenda: Sequence[AgendaItem] = (), bring: str = ""
) -> str:
    """The invitation as it is pasted into a WhatsApp group, or sent to one person."""
    lines = [
        f"*{session.host}*",
        f"{kind_in_words(session)}: {session}",
        "",
        *_people_lines(session),
        _("Hari, tanggal: %(day)s") % {"day": day(session.starts_at)},
        _("Pukul: %(time)s") % {"time": span(session.starts_at, session.ends_at)},
    ]
    if place := where(session):
        lines.append(_("Tempat: %(place)s") % {"place": place})
    if rules.has_room(session):
        opens = timezone.localtime(session.starts_at - rules.DOORS_OPEN_BEFORE)
        lines.append(_("Daring: tombol Gabung dibuka pukul %(time)s") % {"time": clock(opens)})
    if agenda:
        lines += ["", f"*{_('Acara')}*"]
        lines += [f"{number}. {item}" for number, item in enumerate(agenda, start=1)]
    if bring.strip():
        lines += ["", f"*{_('Yang dibawa')}*", bring.strip()]
    return "\n".join([*lines, "", _("Jawab undangan di sini:"), url])


def personal_text(part: Participation, url: str) -> str:
    """The invitation as it is sent to one person, with the link that is for nobody else."""
    session = part.session
    place = where(session)
    lines = [
        _("Yth. Bapak/Ibu %(name)s") % {"name": part.user},
        "",
        _("Undangan %(group)s") % {"group": session.host},
        f"*{session}*",
        f"{day(session.starts_at)}, {span(session.starts_at, session.ends_at)}",
        *([place] if place else []),
        "",
        _("Jawab dengan sekali tekan. Tautan ini khusus untuk Bapak/Ibu, mohon tidak diteruskan:"),
        url,
    ]
    return "\n".join(lines)


def _people_lines(session: ModelSession) -> list[str]:
    if session.teacher:
        return [_("Guru model: %(name)s") % {"name": session.teacher}]
    if session.leader:
        return [_("Pemimpin: %(name)s") % {"name": session.leader}]
    return []


def roll_text(session: ModelSession, people: Iterable[Participation]) -> str:
    """Who comes and who does not, school by school, numbered through; without anybody's reason."""
    lines = [
        f"*{_('Konfirmasi hadir')}*",
        str(session),
        f"{day(session.starts_at)}, {clock(session.starts_at)}",
    ]
    for heading, named in _sections(people):
        lines += ["", f"*{heading} ({len(named)})*", *_numbered(named)]
    return "\n".join(lines)


def _sections(people: Iterable[Participation]) -> list[tuple[str, list[Participation]]]:
    everyone = list(people)
    sections: dict[str, str] = {
        Answer.COMING: str(Answer.COMING.label),
        WAITING: _("Daftar tunggu"),
        Answer.ONLINE: str(Answer.ONLINE.label),
        Answer.MAYBE: str(Answer.MAYBE.label),
        Answer.NOT_COMING: str(Answer.NOT_COMING.label),
        Answer.NONE: str(Answer.NONE.label),
    }
    found = [
        (heading, [one for one in everyone if (WAITING if one.is_waiting else one.answer) == word])
        for word, heading in sections.items()
    ]
    return [(heading, named) for heading, named in found if named]


def _numbered(named: list[Participation]) -> list[str]:
    """A line for each school and a numbered one for each person; who waits stands in turn."""
    if named[0].is_waiting:
        named.sort(key=lambda one: one.queue_number or 0)
        return [f"{number}. {one.user}" for number, one in enumerate(named, start=1)]
    named.sort(key=lambda one: (not _origin(one), _origin(one), one.user.name, one.pk))
    lines, number = [], 0
    for origin, of_one in groupby(named, key=_origin):
        lines.append(f"_{origin or _('Lainnya')}_")
        for one in of_one:
            number += 1
            lines.append(f"{number}. {one.user}{_office(one)}")
    return lines


def _origin(part: Participation) -> str:
    return str(part.user.school or "") or part.user.institution


def _office(part: Participation) -> str:
    return "" if part.role == Role.PARTICIPANT else f" ({part.get_role_display().lower()})"
