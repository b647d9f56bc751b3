"""Pages that plan, change and cancel a session."""

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from frontend.agenda_forms import MORE, typed_so_far
from frontend.http import Request, go, number_in, refusals_shown_on
from frontend.plan_forms import CancelForm, PlanForm, ScopedForm
from frontend.session_series import cancelled_series, changed_series, planned_series
from groups.models import Group
from groups.rules import board_groups_of, groups_of
from sessions import rules, services
from sessions.kinds import OF_GROUPS, USUAL
from sessions.models import ModelSession
from sessions.queries import next_meeting
from sessions.services.lesson_plans import newest_plan

Kind = ModelSession.Kind


@require_http_methods(["GET", "POST"])
def plan_session(request: Request) -> HttpResponse:
    group = group_of(request)
    if group is None:
        groups = Group.objects.visible_to(request.user).filter(pk__in=board_groups_of(request.user))
        return render(request, "sessions/choose_group.html", {"groups": groups})
    rules.may_plan_session.require(request.user, group)
    kind = _kind(request)
    start = _start_on(request.GET.get("on", ""), next_meeting(group, timezone.now()))
    proposed: dict[str, object] = {
        "starts_at": start,
        "ends_at": start + timedelta(minutes=USUAL[kind].minutes),
    }
    if kind != Kind.LESSON:
        # Who plans a meeting mostly leads it.
        proposed["leader"] = request.user
    is_sent = request.POST and MORE not in request.POST
    form = PlanForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        group=group,
        kind=kind,
        initial=proposed | typed_so_far(request.POST),
    )
    if form.is_valid():
        with form.refusals_and_warnings_shown():
            if form.repeats and (planned := planned_series(request, group, form)):
                return planned
            session = services.plan_session(group, by=request.user, **form.plan)
            messages.success(request, _invited_in_words(session))
            return go(request, session)
    context = {
        "form": form,
        "group": group,
        "kind": kind,
        "kinds": [(kind.value, kind.label) for kind in OF_GROUPS],
    }
    return render(request, "sessions/plan.html", context, status=422 if form.errors else 200)


def _kind(request: Request) -> ModelSession.Kind:
    """The kind of session of the address; a lesson when it names none that there is."""
    named = request.GET.get("kind", "")
    return Kind(named) if named in OF_GROUPS else Kind.LESSON


def group_of(request: Request) -> Group | None:
    """The group of the address, else the only one there is; None when one has to choose."""
    groups = Group.objects.visible_to(request.user)
    if request.GET.get("group"):
        return get_object_or_404(groups, pk=number_in(request.GET, "group") or 0)
    candidates = board_groups_of(request.user) or frozenset(sorted(groups_of(request.user))[:1])
    if not candidates:
        raise Http404
    return groups.get(pk__in=candidates) if len(candidates) == 1 else None


def _start_on(day: str, usual: datetime) -> datetime:
    """The usual hour on the day that a calendar gave, e.g. 2026-11-26; else as usual."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return usual
    return usual.replace(year=on.year, month=on.month, day=on.day)


def _invited_in_words(session: ModelSession) -> str:
    count = session.participations.count()
    words = ngettext(
        "Sesi direncanakan. %(count)s orang diundang.",
        "Sesi direncanakan. %(count)s orang diundang.",
        count,
    )
    if not session.is_lesson:
        words = ngettext(
            "Pertemuan direncanakan. %(count)s orang diundang.",
            "Pertemuan direncanakan. %(count)s orang diundang.",
            count,
        )
    return words % {"count": count}


@require_http_methods(["GET", "POST"])
def change_session(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    rules.may_change_session.require(request.user, session)
    if session.group is None:
        return go(request, "change-visit", pk)
    title, before = session.title, session.starts_at
    is_sent = request.POST and MORE not in request.POST
    form = ScopedForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        group=session.group,
        kind=session.kind,
        instance=session,
        initial=typed_so_far(request.POST),
    )
    form.limit_scope(request.user, session)
    if form.is_valid():
        with form.refusals_and_warnings_shown():
            scope = form.chosen_scope
            if scope != "one":
                return changed_series(request, session, form, scope)
            changed = services.change_session(session, by=request.user, **form.plan)
            words = _("Perubahan tersimpan.")
            if changed.starts_at != before:
                words = _("Perubahan tersimpan. Semua yang diundang diminta menjawab lagi.")
            messages.success(request, words)
            return go(request, session)
    context = {"form": form, "session": session, "title": title}
    context["newest_plan"] = newest_plan(session)
    return render(request, "sessions/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def cancel_session(request: Request, pk: int) -> HttpResponse:
    session = _session(request, pk)
    rules.may_cancel_session.require(request.user, session)
    form = CancelForm(request.POST or None, instance=session)
    form.limit_scope(request.user, session)
    if form.is_valid():
        with refusals_shown_on(form):
            reason, scope = form.cleaned_data["cancel_reason"], form.chosen_scope
            if scope != "one":
                return cancelled_series(request, session, reason, scope)
            services.cancel_session(session, by=request.user, reason=reason)
            messages.success(request, _("Sesi dibatalkan. Semua yang diundang diberi tahu."))
            return go(request, session)
    context = {"form": form, "session": session}
    return render(request, "sessions/cancel.html", context, status=422 if form.errors else 200)


def _session(request: Request, pk: int) -> ModelSession:
    found = ModelSession.objects.visible_to(request.user).select_related("group", "teacher")
    return get_object_or_404(found, pk=pk)
