"""KESRAKU: gardens for anyone to read, their harvests, and the lessons taught in them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateformat import format as spell
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from frontend import charts
from frontend.http import Request, Submitted, go, refusals_shown_on, show
from frontend.paging import page_of
from frontend.sharing.links import posts_of_garden
from kesraku import queries, rules, services
from kesraku.models import Garden, GardenLesson, GardenQuerySet, Harvest
from sessions.models import ModelSession

MONTHS_SHOWN = 6


class GardenForm(forms.ModelForm):
    class Meta:
        model = Garden
        fields = ["name", "crop", "planted_on", "families", "story"]
        widgets = {"story": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "name": gettext_lazy("Misalnya “Kebun Kelas V”."),
            "families": gettext_lazy("Cukup jumlahnya; nama dan alamat tidak disimpan."),
        }


class StartGardenForm(Submitted, GardenForm):
    pass


class HarvestForm(Submitted):
    on = forms.DateField(label=gettext_lazy("Tanggal panen"), initial=timezone.localdate)
    grams = forms.DecimalField(
        label=gettext_lazy("Berat, kg"),
        min_value=Decimal("0.001"),
        max_digits=7,
        decimal_places=3,
        localize=True,
        help_text=gettext_lazy("Misalnya 3,5."),
    )

    def clean_grams(self) -> int:
        return int(self.cleaned_data["grams"] * 1000)


class GardenChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        assert isinstance(obj, Garden)  # noqa: S101 -- for the type checker
        return _("%(garden)s, %(school)s (%(crop)s)") % {
            "garden": obj.name,
            "school": obj.school.name,
            "crop": obj.crop.name,
        }


class LinkGardenForm(forms.Form):
    def __init__(self, *args: Any, gardens: GardenQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["garden"] = GardenChoice(
            gardens, label=_("Kebun"), empty_label=_("Pilih kebun")
        )


@login_not_required
@require_safe
def gardens(request: Request) -> HttpResponse:
    found = Garden.objects.visible_to(request.user)
    context: dict[str, Any] = {"page": page_of(found.with_school(), request)}
    if not request.htmx:
        context["totals"] = queries.totals(found)
    if request.user.is_authenticated:
        context["may_start"] = rules.may_start_garden(request.user)
    return show(request, "kesraku/gardens.html", context, part="rows")


@login_not_required
@require_safe
def garden(request: Request, pk: int) -> HttpResponse:
    return _show_garden(request, _garden(request, pk))


@require_http_methods(["GET", "POST"])
def start_garden(request: Request) -> HttpResponse:
    form = StartGardenForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            garden = services.start_garden(by=request.user, **form.cleaned_data)
            messages.success(request, _("Kebun sudah dibuat. Selamat menanam!"))
            return go(request, garden)
    context = {"form": form, "may_start": rules.may_start_garden(request.user)}
    status = 422 if form.errors else 200
    return show(request, "kesraku/start_garden.html", context, part="form", status=status)


@require_http_methods(["GET", "POST"])
def edit_garden(request: Request, pk: int) -> HttpResponse:
    garden = _garden(request, pk)
    may_tend = rules.may_tend_garden(request.user, garden)
    form = GardenForm(request.POST or None, instance=garden)
    if form.is_valid():
        with refusals_shown_on(form):
            services.edit_garden(garden, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan tersimpan."))
            return go(request, "garden", pk)
    context = {"form": form, "garden": garden, "may_tend": may_tend}
    status = 422 if form.errors else 200
    return show(request, "kesraku/edit_garden.html", context, part="form", status=status)


@require_POST
def end_garden(request: Request, pk: int) -> HttpResponse:
    services.end_garden(_garden(request, pk), by=request.user)
    return go(request, "garden", pk)


@require_POST
def resume_garden(request: Request, pk: int) -> HttpResponse:
    services.resume_garden(_garden(request, pk), by=request.user)
    return go(request, "garden", pk)


@require_POST
def record_harvest(request: Request, pk: int) -> HttpResponse:
    garden = _garden(request, pk)
    form = HarvestForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.record_harvest(garden, by=request.user, **form.cleaned_data)
            messages.success(request, _("Panen tercatat. Terima kasih sudah merawat."))
            return go(request, "garden", pk)
    return _show_garden(request, garden, form)


@require_POST
def remove_harvest(request: Request, pk: int) -> HttpResponse:
    harvest = get_object_or_404(
        Harvest.objects.visible_to(request.user).select_related("garden"), pk=pk
    )
    garden = services.remove_harvest(harvest, by=request.user)
    messages.success(request, _("Catatan panen dihapus."))
    return go(request, garden)


@require_http_methods(["GET", "POST"])
def link_garden(request: Request, pk: int) -> HttpResponse:
    session = get_object_or_404(ModelSession.objects.visible_to(request.user), pk=pk)
    lesson = GardenLesson.objects.visible_to(request.user).filter(session=session).first()
    if "unlink" in request.POST:
        services.unlink_garden(session, by=request.user)
        messages.success(request, _("Sesi ini tidak lagi terhubung dengan kebun."))
        return go(request, "session", pk)
    growing = Garden.objects.visible_to(request.user).growing().with_school()
    form = LinkGardenForm(
        request.POST or None,
        gardens=growing.order_by("school__name", "name"),
        initial={"garden": lesson.garden_id} if lesson else {},
    )
    if form.is_valid():
        with refusals_shown_on(form):
            services.link_garden(session, form.cleaned_data["garden"], by=request.user)
            messages.success(request, _("Sesi ini sekarang terhubung dengan kebun."))
            return go(request, "session", pk)
    context = {
        "form": form,
        "session": session,
        "lesson": lesson,
        "may_link": rules.may_link_garden(request.user, session),
    }
    status = 422 if form.errors else 200
    return show(request, "kesraku/link_garden.html", context, part="form", status=status)


def session_context(user: User, session: ModelSession) -> dict[str, Any]:
    """What `kesraku/_session.html` shows on the page of a session. One query, where there is one.

    A session that came with its `garden_lesson` costs nothing while it has none.
    """
    lesson = None
    if hasattr(session, "garden_lesson"):
        lessons = GardenLesson.objects.visible_to(user).filter(session=session)
        lesson = lessons.select_related("garden__school", "garden__crop").first()
    return {
        "lesson": lesson,
        "may_link": rules.may_link_garden(user, session),
    }


def _garden(request: Request, pk: int) -> Garden:
    found = Garden.objects.visible_to(request.user).with_school().select_related("started_by")
    return get_object_or_404(found, pk=pk)


def _show_garden(request: Request, garden: Garden, form: HarvestForm | None = None) -> HttpResponse:
    harvests = Harvest.objects.visible_to(request.user).filter(garden=garden)
    context: dict[str, Any] = {
        "garden": garden,
        "harvests": page_of(harvests, request, by=("-on", "-pk"), size=10),
    }
    if request.user.is_authenticated:
        context |= {
            "form": form or HarvestForm(),
            "may_tend": rules.may_tend_garden(request.user, garden),
            "may_resume": rules.may_resume_garden(request.user, garden),
        }
    if not request.htmx or form:
        context |= _facts(request, garden)
    part = "harvest" if form else "rows"
    status = 422 if form and form.errors else 200
    return show(request, "kesraku/garden.html", context, part=part, status=status)


def _facts(request: Request, garden: Garden) -> dict[str, Any]:
    """What the whole page of a garden shows beside its harvests."""
    months = queries.harvest_by_month(garden, months=MONTHS_SHOWN)
    lessons = GardenLesson.objects.visible_to(request.user).filter(garden=garden)
    url = request.build_absolute_uri(garden.get_absolute_url())
    return {
        "chart": charts.harvest([(spell(month, "M"), amount) for month, amount in months]),
        "shared": posts_of_garden(request.user, garden),
        "lessons": lessons.select_related("session").order_by("-session__starts_at")[:10],
        "url": url,
        "message": _("%(garden)s, %(school)s\n%(url)s")
        % {"garden": garden.name, "school": garden.school.name, "url": url},
    }
