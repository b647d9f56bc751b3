"""Pages of a visit: a pengawas plans to see a lesson, moves it or changes what she will look at."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from frontend.cautions import Cautious
from frontend.http import Request, Submitted, go
from reinforcement.models import FollowUp
from sessions import rules, services
from sessions.kinds import USUAL
from sessions.models import ModelSession

Kind = ModelSession.Kind
# Schools begin at half past seven; the first lesson that a visitor reaches is about then.
USUAL_HOUR = time(8, 0)
IN_DAYS = 7


class VisitForm(Cautious, forms.ModelForm):
    """When, where and what to look at. Whether it fits is for the service to say."""

    class Meta:
        model = ModelSession
        fields = ["starts_at", "ends_at", "place", "goal"]
        labels = {
            "starts_at": _("Mulai"),
            "ends_at": _("Selesai"),
            "place": _("Ruang"),
            "goal": _("Yang akan dilihat"),
        }
        help_texts = {
            "place": _("Misalnya kelas VIII A. Sekolahnya sudah tercatat."),
            "goal": _("Guru membacanya. Sebaiknya lanjutan dari tindak lanjut yang terakhir."),
        }
        widgets = {"goal": forms.Textarea({"rows": 3})}

    def clean(self) -> dict[str, Any]:
        """Leave out the model's own checks: the service words them on the field they belong to."""
        return self.cleaned_data


class NewVisitForm(VisitForm, Submitted):
    """A new visit; sent twice it is one."""


@require_http_methods(["GET", "POST"])
def plan_visit(request: Request, pk: int) -> HttpResponse:
    """Plan to see a lesson of one teacher."""
    teacher = get_object_or_404(
        User.objects.visible_to(request.user).select_related("school"), pk=pk
    )
    rules.may_plan_visit.require(request.user, teacher)
    promised = FollowUp.objects.visible_to(request.user).open().filter(session__teacher=teacher)
    last = promised.order_by("-promised_at", "-pk").first()
    start = _a_week_from_now(request.user)
    proposed = {
        "starts_at": start,
        "ends_at": start + timedelta(minutes=USUAL[Kind.VISIT].minutes),
        "goal": last.commitment if last else "",
    }
    form = NewVisitForm(request.POST or None, initial=proposed)
    if form.is_valid():
        with form.refusals_and_warnings_shown():
            visit = services.plan_visit(
                teacher,
                by=request.user,
                despite=form.despite,
                title=translated("Kunjungan kelas %(teacher)s") % {"teacher": teacher.name},
                school=teacher.school,
                **form.cleaned_data,
            )
            messages.success(request, _("Kunjungan direncanakan. Guru diberi tahu."))
            return go(request, visit)
    context = {"form": form, "teacher": teacher, "follow_up": last}
    return render(request, "visits/plan_visit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_visit(request: Request, pk: int) -> HttpResponse:
    found = ModelSession.objects.visible_to(request.user).filter(kind=Kind.VISIT)
    visit = get_object_or_404(found.select_related("teacher__school"), pk=pk)
    rules.may_change_session.require(request.user, visit)
    form = VisitForm(request.POST or None, instance=visit)
    if form.is_valid():
        with form.refusals_and_warnings_shown():
            services.change_session(
                visit, by=request.user, despite=form.despite, **form.cleaned_data
            )
            messages.success(request, _("Perubahan tersimpan."))
            return go(request, visit)
    context = {"form": form, "visit": visit, "teacher": visit.teacher}
    return render(request, "visits/change_visit.html", context, status=422 if form.errors else 200)


def _a_week_from_now(user: User) -> datetime:
    zone = ZoneInfo(user.time_zone)
    day = timezone.localdate(timezone=zone) + timedelta(days=IN_DAYS)
    return datetime.combine(day, USUAL_HOUR, zone)
