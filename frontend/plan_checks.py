"""What stands in the way of a plan, told while its form is still being filled in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from frontend.agenda_forms import AGENDA
from frontend.cautions import ticked_in
from frontend.http import Request, number_in
from frontend.people_fields import by_words
from frontend.session_plans import group_of
from groups.models import Group
from schools.models import School
from sessions import rules
from sessions.conflicts import Caution, cautions_about, clashes_of
from sessions.kinds import hours_in
from sessions.models import ModelSession
from sessions.plans import reasons_against_time
from sessions.queries import members_of, nameable_in, schools_of


class CheckForm(forms.Form):
    """As much of a plan as its diaries and its warnings hang on."""

    starts_at = forms.DateTimeField()
    ends_at = forms.DateTimeField()
    hour_length = forms.TypedChoiceField(
        choices=ModelSession.HourLength.choices, coerce=int, required=False
    )
    school = forms.ModelChoiceField(School.objects.none(), required=False)
    teacher = forms.ModelChoiceField(User.objects.none(), required=False)
    leader = forms.ModelChoiceField(User.objects.none(), required=False)
    observers = forms.ModelMultipleChoiceField(User.objects.none(), required=False)

    def __init__(self, *args: Any, group: Group, people: QuerySet[User]) -> None:
        super().__init__(*args)
        fields: dict[str, Any] = self.fields
        fields["school"].queryset = schools_of(group)
        for name in ("teacher", "leader", "observers"):
            fields[name].queryset = people

    @property
    def named(self) -> dict[str, list[User]]:
        """Who has something to do, by part."""
        alone = {name: self.cleaned_data[name] for name in ("teacher", "leader")}
        named = {part: [person] for part, person in alone.items() if person}
        return named | {"observers": list(self.cleaned_data["observers"])}


@require_safe
def check_plan(request: Request) -> HttpResponse:
    """The busy people, the warnings with their tick and the JP of what stands in the form so far.

    Nothing is said about times that are not whole yet, nor about sessions of others: their titles
    stay unsaid, see `sessions.conflicts`.
    """
    session, group, people = _planned(request)
    form = CheckForm(request.GET, group=group, people=people)
    if not form.is_valid():
        return render(request, "sessions/_check.html", {})
    plan = form.cleaned_data
    draft = ModelSession(
        pk=session.pk if session else None,
        group=group,
        starts_at=plan["starts_at"],
        ends_at=plan["ends_at"],
        school=plan["school"],
        hour_length=plan["hour_length"] or ModelSession.HourLength.LESSON_HOUR,
    )
    context: dict[str, Any] = {"reasons": list(reasons_against_time(draft).values())}
    if not context["reasons"]:
        named = form.named | {AGENDA: _speakers(request, people)}
        clashes = clashes_of(draft, named, by=request.user)
        cautions = _cautions(request, session, draft)
        known = ticked_in(request.GET)
        context = {
            "reasons": list(dict.fromkeys(words for each in clashes.values() for words in each)),
            "cautions": cautions,
            "is_known": all(each.is_known_to(known) for each in cautions),
            "hours": hours_in(draft.starts_at, draft.ends_at, draft.hour_length),
            "minutes": draft.hour_length,
            "is_checked": True,
        }
    return render(request, "sessions/_check.html", context)


def _planned(request: Request) -> tuple[ModelSession | None, Group, QuerySet[User]]:
    """The session that is being changed, if any, its group, and whom the plan can name."""
    pk = number_in(request.GET, "session")
    if pk is not None:
        found = ModelSession.objects.visible_to(request.user).select_related("group")
        session = get_object_or_404(found, pk=pk)
        rules.may_change_session.require(request.user, session)
        if session.group is None:
            raise Http404
        return session, session.group, nameable_in(session)
    group = group_of(request)
    if group is None:
        raise Http404
    rules.may_plan_session.require(request.user, group)
    return None, group, members_of(group)


def _speakers(request: Request, people: QuerySet[User]) -> list[User]:
    sent = [
        words.strip()
        for name in request.GET
        if name.startswith(f"{AGENDA}-") and name.endswith("-speaker")
        for words in request.GET.getlist(name)
    ]
    if not any(sent):
        return []
    speakers = by_words(people)
    return [speakers[words] for words in dict.fromkeys(sent) if words in speakers]


def _cautions(request: Request, session: ModelSession | None, draft: ModelSession) -> list[Caution]:
    """A change that leaves time and school as they were asks no consent."""
    before = session and (session.starts_at, session.ends_at, session.school_id)
    if before == (draft.starts_at, draft.ends_at, draft.school_id):
        return []
    return cautions_about(draft, by=request.user)
