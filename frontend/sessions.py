"""Pages of the stage M: the list of sessions, one session and holding it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from frontend import calendar_days, calendar_files, charts, kesraku, reinforcement, session_series
from frontend.answers import (
    answer_context,
    invitation_text,
    kind_in_words,
    roll_text,
    tally_in_words,
    tally_of,
    where,
)
from frontend.http import Request, go, number_in, show
from frontend.kept import kept
from frontend.paging import page_of
from frontend.session_page import room_of, ways_now, ways_of_running
from frontend.sharing.links import posts_of_session
from groups.models import Cycle, Group
from groups.rules import board_groups_of, seats
from observations import rules as observation_rules
from observations.models import Observation
from sessions import rules, services
from sessions.models import ModelSession, Participation
from sessions.services.lesson_plans import newest_plan

# Stands in a kept page for the CSRF token of the request. Nobody can guess it: who could write it
# into a link would be handed the token of whoever follows that link.
CSRF_MARK = salted_hmac("frontend.sessions", "csrf token", algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class Step:
    """The one thing that this person should do next on a session's page."""

    label: Promise | str
    icon: str
    url: str
    is_change: bool = False


@require_safe
def sessions(request: Request) -> HttpResponse:
    """Coming sessions, the next one first; with ?when=past those that were, the last one first."""
    is_past = request.GET.get("when") == "past"
    found = ModelSession.objects.visible_to(request.user).with_people()
    cycle = _chosen(request, "cycle", Cycle.objects.visible_to(request.user))
    group = _chosen(request, "group", Group.objects.visible_to(request.user))
    if cycle:
        found = found.filter(cycle=cycle)
    if group:
        found = found.filter(group=group)
    planned = Q(status=ModelSession.Status.PLANNED)
    found = found.filter(~planned if is_past else planned)
    own = Participation.objects.visible_to(request.user).filter(user=request.user)
    found = found.prefetch_related(Prefetch("participations", own, to_attr="own"))
    order = ("-starts_at", "-pk") if is_past else ("starts_at", "pk")
    context = {
        "page": page_of(found, request, by=order),
        "is_past": is_past,
        "cycle": cycle,
        "group": group,
        "plans": bool(board_groups_of(request.user)),
        "now": timezone.now(),
        "week": calendar_days.week_of(timezone.localdate()),
    }
    return show(request, "sessions/sessions.html", context, part="rows")


def _chosen(request: Request, name: str, among: Any) -> Any:
    """The cycle or group of the address, None without one; 404 for what may not be read."""
    pk = number_in(request.GET, name)
    return None if pk is None else get_object_or_404(among, pk=pk)


@require_safe
def session(request: Request, pk: int) -> HttpResponse:
    # The invitation on it names the host.
    name = f"session:{pk}:{request.get_host()}"
    title, kind, content = kept(request.user, name, lambda: _head_and_content(request, pk))
    made = mark_safe(content.replace(CSRF_MARK, get_token(request)))
    context = {"title": title, "kind": kind, "content": made}
    return render(request, "sessions/session.html", context)


def _head_and_content(request: Request, pk: int) -> tuple[str, str, str]:
    """The session's title, its kind in words, and what stands beneath."""
    page = session_page(request, pk)
    words = {"csrf_token": CSRF_MARK, "user": request.user}
    content = render_to_string("sessions/_session.html", page | words)
    return page["session"].title, kind_in_words(page["session"]), content


def session_page(request: Request, pk: int) -> dict[str, Any]:
    """Everything on a session's page, for the page itself and for parts of it."""
    user = request.user
    found = ModelSession.objects.visible_to(user).select_related(
        "teacher__school",
        "leader",
        "note_taker",
        "school__district",
        "focus__instrument",
        "focus__indicator",
        "garden_lesson",
        "paperwork",
        "preparation",
    )
    session = get_object_or_404(found, pk=pk)
    if seat := next((seat for seat in seats(user) if seat.group_id == session.group_id), None):
        session.group = seat.group
    # Whoever reads a session reads who takes part in it.
    invited = session.participations.select_related("user__school").order_by("user__name", "pk")
    prefetch_related_objects([session], Prefetch("participations", invited))
    people = list(session.participations.all())
    own = rules.part_in(user, session)
    sheets = list(
        Observation.objects.visible_to(user).filter(session=session).select_related("observer")
        if session.starts_at <= timezone.now()
        else []
    )
    own_sheet = next((sheet for sheet in sheets if sheet.observer_id == user.pk), None)
    focus = getattr(session, "focus", None)
    agenda = list(session.agenda.select_related("speaker").order_by("position"))
    is_to_come = session.is_planned and timezone.now() < session.ends_at
    context = {
        "session": session,
        "where": where(session),
        "series_url": session_series.url_for(user, session, own),
        "now": timezone.now(),
        "part": own,
        "answer_counts": tally_in_words(tally_of(people)),
        "is_to_come": is_to_come,
        "may_answer": bool(is_to_come and own and rules.may_answer_invitation(user, own)),
        "observers": [one for one in people if one.role == Participation.Role.OBSERVER],
        "guests": [one for one in people if one.role == Participation.Role.RESOURCE_PERSON],
        "is_teacher": session.teacher_id == user.pk,
        "invited": len(people),
        "strip": _strip(people),
        "sheets": [sheet for sheet in sheets if sheet.submitted_at],
        "own_sheet": own_sheet,
        "focus": focus,
        "may_choose_focus": observation_rules.may_choose_focus(user, session),
        "may_change": rules.may_change_session(user, session),
        "may_cancel": rules.may_cancel_session(user, session),
        "may_hold": session.is_lesson and rules.may_hold_session(user, session),
        "may_invite": rules.may_invite(user, session),
        "may_tick": rules.may_tick_attendance(user, session),
        "may_open_sheet": observation_rules.may_open_sheet(user, session),
        "stages_done": _stages_done(session) or "-",
        "stage_now": _stage_now(session),
        "agenda": agenda,
        "invitation": invitation_text(
            session,
            request.build_absolute_uri(session.get_absolute_url()),
            agenda=agenda,
            bring=session.paperwork.bring if hasattr(session, "paperwork") else "",
        ),
        "roll": roll_text(session, people) if session.group_id in board_groups_of(user) else "",
    }
    context["newest_plan"] = newest_plan(session)
    context["add"] = calendar_files.add_links(session) if context["is_to_come"] else None
    if own:
        context |= answer_context(own)
    context |= reinforcement.session_context(
        user, session, sheet=own_sheet, observes=bool(context["may_open_sheet"])
    )
    room = room_of(user, session)
    context |= {
        "room": room,
        "join_url": reverse("join-session", args=[session.pk]),
        "ways_now": ways_now(user, session, own),
        "ways_of_running": ways_of_running(user, session),
        "may_take_place": rules.may_take_place(user, session),
        "free_places": rules.free_places(session),
    }
    context["garden"] = kesraku.session_context(user, session)
    context["shared"] = posts_of_session(user, session)
    step = _next_step(user, context)
    room_is_primary = step is None and room is not None and room.is_open
    return context | {
        "step": step,
        "room_is_primary": room_is_primary,
        "now_is_primary": step is None and not room_is_primary,
    }


def _strip(people: Sequence[Participation]) -> charts.Strip | None:
    ticked = [one.attendance for one in people if one.attendance]
    return charts.strip(ticked) if ticked else None


def _stages_done(session: ModelSession) -> str:
    """The letters of the stages that really happened in this session."""
    happened = {
        "s": session.lesson_plan_versions,
        "m": session.was_held,
        "a": session.sheets_submitted,
        "r": session.feedback_given,
    }
    return "".join(letter for letter, has in happened.items() if has)


def _stage_now(session: ModelSession) -> str:
    """The first stage from M on that did not happen yet; the pairs belong to the cycle."""
    done = _stages_done(session)
    return next(letter for letter in "mart" if letter not in done)


def _next_step(user: User, page: dict[str, Any]) -> Step | None:
    session: ModelSession = page["session"]
    sheet: Observation | None = page["own_sheet"]
    has_begun = session.starts_at <= page["now"]
    if not session.is_lesson:
        return _step_close(session) if _is_over_and_may_close(user, page) else None
    if page["may_hold"] and session.ends_at <= page["now"]:
        return _step_hold(session)
    if page["may_open_sheet"] and has_begun and not (sheet and sheet.submitted_at):
        label = gettext_lazy("Lanjutkan lembar observasi")
        first = gettext_lazy("Buka lembar observasi")
        url = reverse("observe", args=[session.pk])
        return Step(label if sheet else first, icon="clipboard-pen", url=url)
    if page["may_hold"]:
        return _step_hold(session)
    if session.teacher_id == user.pk and session.is_planned:
        return _step_before_lesson(session, page)
    return _step_of_reinforcement(session, page["reinforcement"] or {})


def _step_before_lesson(session: ModelSession, page: dict[str, Any]) -> Step | None:
    """What the guru model asks her observers to look at: an indicator, then in her own words."""
    if page["may_choose_focus"] and not page["focus"]:
        url = reverse("choose-focus", args=[session.pk])
        return Step(gettext_lazy("Pilih fokus pengamatan"), icon="scan-eye", url=url)
    if page.get("may_prepare") and not page["preparation"]:
        url = reverse("prepare", args=[session.pk])
        return Step(gettext_lazy("Siapkan pelajaran"), icon="notebook-pen", url=url)
    return None


def _is_over_and_may_close(user: User, page: dict[str, Any]) -> bool:
    session: ModelSession = page["session"]
    return session.ends_at <= page["now"] and bool(rules.may_close_session(user, session))


def _step_of_reinforcement(session: ModelSession, found: dict[str, Any]) -> Step | None:
    """Reflect, promise, try; a colleague gives feedback. See `reinforcement.session_context`."""
    if not session.was_held:
        return None
    here = [session.pk]
    if found.get("is_teacher") and not found["reflection"]:
        label = gettext_lazy("Tulis refleksi")
        return Step(label, icon="notebook-pen", url=reverse("reflect", args=here))
    if found.get("is_teacher") and not found["follow_up"]:
        label = gettext_lazy("Pilih satu tindak lanjut")
        return Step(label, icon="sprout", url=reverse("promise", args=here))
    if found.get("is_teacher") and found["follow_up"].is_open:
        label = gettext_lazy("Tulis hasil tindak lanjut")
        return Step(label, icon="sprout", url=reverse("promise", args=here))
    if found.get("may_give"):
        label = gettext_lazy("Beri umpan balik")
        return Step(label, icon="message-square-heart", url=reverse("give-feedback", args=here))
    return None


def _step_close(session: ModelSession) -> Step:
    """A meeting is closed at once: nobody waits for it to be called held."""
    url = reverse("close-session", args=[session.pk])
    return Step(gettext_lazy("Tutup sesi"), icon="lock", url=url)


def _step_hold(session: ModelSession) -> Step:
    url = reverse("hold-session", args=[session.pk])
    words = gettext_lazy("Nyatakan terlaksana")
    return Step(words, icon="circle-check", url=url, is_change=True)


@require_POST
def hold_session(request: Request, pk: int) -> HttpResponse:
    session = get_object_or_404(ModelSession.objects.visible_to(request.user), pk=pk)
    services.hold_session(session, by=request.user)
    words = _("Sesi dinyatakan terlaksana. Pengamat kini dapat mengirim lembarnya.")
    if not session.is_lesson:
        words = _("Pertemuan dinyatakan terlaksana.")
    messages.success(request, words)
    return go(request, session)
