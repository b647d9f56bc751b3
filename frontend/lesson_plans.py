"""Rencana bersama: what is planned for an open lesson, the plan's versions, what colleagues say."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Prefetch, prefetch_related_objects
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.http import Request, Submitted, go, refusals_shown_on, show
from frontend.paging import page_of
from frontend.sharing.files import handed_out
from frontend.uploads import CheckedFileField
from groups.rules import board_groups_of
from observations import rules as observation_rules
from sessions import rules, services
from sessions.models import LessonPlan, ModelSession, PlanComment
from sessions.services.lesson_plans import newest_plan

VERSIONS_ON_A_PAGE = 5
# Of each version; the rest is behind a link.
COMMENTS_SHOWN = 10


class VersionForm(Submitted):
    file = CheckedFileField(
        label=_("Berkas"),
        help_text=_("PDF, gambar, atau dokumen kantor, paling besar 10 MB."),
    )
    change = forms.CharField(
        label=_("Apa yang berubah"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Satu kalimat menolong rekan menemukan yang baru."),
    )


class CommentForm(Submitted):
    body = forms.CharField(label=_("Komentar"), max_length=2000, widget=forms.Textarea({"rows": 3}))


@require_safe
def joint_plan(request: Request, pk: int) -> HttpResponse:
    return _show(request, _lesson(request, pk))


@require_POST
def share_lesson_plan(request: Request, pk: int) -> HttpResponse:
    session = _lesson(request, pk)
    form = VersionForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals_shown_on(form):
            plan = services.share_lesson_plan(session, by=request.user, **form.cleaned_data)
            words = translated("Modul ajar versi %(number)s dibagikan.")
            messages.success(request, words % {"number": plan.number})
            return go(request, "joint-plan", pk)
    rules.may_share_lesson_plan.require(request.user, session)
    return _show(request, session, version_form=form)


@require_http_methods(["GET", "POST"])
def plan_comments(request: Request, pk: int) -> HttpResponse:
    """All that was said about one version, the newest first; sent here, one more."""
    found = LessonPlan.objects.visible_to(request.user).select_related("session", "by")
    plan = get_object_or_404(found, pk=pk)
    form = CommentForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            services.comment_plan(plan, by=request.user, **form.cleaned_data)
            return go(request, f"{reverse('joint-plan', args=[plan.session_id])}#version-{pk}")
    comments = PlanComment.objects.visible_to(request.user).filter(plan=plan)
    context = {
        "plan": plan,
        "session": plan.session,
        "page": page_of(comments.select_related("author"), request),
        "form": form,
        "may_comment": rules.may_comment_plan(request.user, plan.session),
    }
    status = 422 if form.errors else 200
    return show(request, "sessions/plan_comments.html", context, part="rows", status=status)


@require_safe
def lesson_plan(request: Request, pk: int) -> HttpResponseBase:
    """The newest version."""
    session = get_object_or_404(ModelSession.objects.visible_to(request.user), pk=pk)
    plan = newest_plan(session)
    if plan is None:
        raise Http404
    return _handed_out(request, plan)


@require_safe
def lesson_plan_version(request: Request, pk: int) -> HttpResponseBase:
    plan = get_object_or_404(LessonPlan.objects.visible_to(request.user), pk=pk)
    return _handed_out(request, plan)


def _handed_out(request: Request, plan: LessonPlan) -> HttpResponseBase:
    return handed_out(request, plan.file, name=plan.name, content_type=plan.content_type)


def _lesson(request: Request, pk: int) -> ModelSession:
    found = ModelSession.objects.visible_to(request.user).filter(kind=ModelSession.Kind.LESSON)
    return get_object_or_404(
        found.select_related(
            "teacher__school", "group", "school", "focus__instrument", "focus__indicator"
        ),
        pk=pk,
    )


def _show(
    request: Request, session: ModelSession, *, version_form: VersionForm | None = None
) -> HttpResponse:
    user = request.user
    said = PlanComment.objects.visible_to(user).select_related("author").order_by("-pk")
    versions = (
        LessonPlan.objects.visible_to(user)
        .filter(session=session)
        .select_related("by")
        .annotate(comment_count=Count("comments"))
        .prefetch_related(Prefetch("comments", said[:COMMENTS_SHOWN], to_attr="latest"))
    )
    # Whoever reads a session reads who takes part in it.
    people = session.participations.select_related("user").order_by("user__name", "pk")
    prefetch_related_objects([session], Prefetch("participations", people))
    is_board = session.group_id in board_groups_of(user)
    context: dict[str, Any] = {
        "observers": [one for one in session.participations.all() if one.role == "observer"],
        "runs": is_board or session.teacher_id == user.pk,
        "may_take_place": rules.may_take_place(user, session),
        "free": rules.free_places(session),
        "session": session,
        "focus": getattr(session, "focus", None),
        "may_choose_focus": observation_rules.may_choose_focus(user, session),
        "page": page_of(versions, request, by=("-number",), size=VERSIONS_ON_A_PAGE),
        "may_share": rules.may_share_lesson_plan(user, session),
        "may_comment": rules.may_comment_plan(user, session),
        "version_form": version_form or VersionForm(),
        "comment_form": CommentForm(),
    }
    status = 422 if version_form else 200
    return show(request, "sessions/joint_plan.html", context, part="rows", status=status)
