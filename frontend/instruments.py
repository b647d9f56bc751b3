"""Pages of the instruments that observers fill: the list, one of them, and its life."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from frontend.http import Request, go, number_in, refusals_shown_on, show
from frontend.observations import SheetForm
from frontend.paging import page_of
from frontend.widgets import DateInput
from groups.models import Group
from groups.rules import board_groups_of
from observations import queries, rules, services
from observations.models import Instrument

EVERYBODY = "0"
MOST_SHOWN = 60


class HeadForm(forms.ModelForm):
    class Meta:
        model = Instrument
        fields = [
            *("name", "purpose", "minutes", "source", "licence", "notice"),
            *("valid_from", "valid_to"),
        ]
        widgets = {
            "purpose": forms.Textarea({"rows": 3}),
            "notice": forms.Textarea({"rows": 3}),
            "valid_from": DateInput,
            "valid_to": DateInput,
        }
        help_texts = {
            "name": _("Misalnya “Lembar observasi literasi”."),
            "purpose": _("Satu kalimat, untuk yang memilih instrumen."),
            "minutes": _("Yang panjang jarang selesai di kelas."),
            "source": _("Siapa yang menyusun, atau dari buku atau aturan apa."),
            "licence": _("Kosongkan bila tidak tahu."),
            "notice": _("Bila pemiliknya minta sesuatu disebut di setiap lembar."),
            "valid_to": _("Kosongkan bila tidak ada akhirnya."),
        }

    @property
    def first(self) -> list[forms.BoundField]:
        """What every instrument needs, in the order of the form."""
        names = ("group", "name", "purpose", "minutes", "source")
        return [self[name] for name in names if name in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in ("licence", "notice", "valid_from", "valid_to")]


def owner_choices(user: User) -> list[tuple[str, Any]]:
    """For whom the person may make an instrument: own groups, and everybody."""
    groups = Group.objects.visible_to(user).filter(pk__in=board_groups_of(user)).order_by("name")
    choices: list[tuple[str, Any]] = [(str(group.pk), str(group)) for group in groups]
    if rules.may_make_instrument(user, None):
        choices.append((EVERYBODY, _("Untuk semua")))
    return choices


class OwnerField(forms.TypedChoiceField):
    """One's own group, or everybody: then it is None."""

    def __init__(self, user: User) -> None:
        choices = owner_choices(user)
        super().__init__(
            label=_("Untuk siapa"),
            choices=choices,
            coerce=lambda pk: (
                None if pk == EVERYBODY else Group.objects.visible_to(user).get(pk=pk)
            ),
            empty_value=None,
            initial=choices[0][0] if choices else None,
            widget=forms.RadioSelect if len(choices) > 1 else forms.HiddenInput,
        )


class NewInstrumentForm(HeadForm):
    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = OwnerField(user)
        self.initial.setdefault("valid_from", timezone.localdate())


class CopyForm(forms.Form):
    name = forms.CharField(label=_("Nama"), max_length=120)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"] = OwnerField(user)


@require_safe
def instruments(request: Request) -> HttpResponse:
    """Own drafts, and those that may be used; with `?old=1` those that are not used any more."""
    visible = Instrument.objects.visible_to(request.user).select_related("group")
    is_old = "old" in request.GET
    status = Instrument.Status.RETIRED if is_old else Instrument.Status.PUBLISHED
    context = {
        "page": page_of(visible.filter(status=status), request, by=("name", "pk")),
        "is_old": is_old,
    }
    if not request.htmx:
        drafts = visible.filter(status=Instrument.Status.DRAFT)
        context["drafts"] = drafts.order_by("-saved_at", "pk")[:MOST_SHOWN]
        context["may_make"] = bool(owner_choices(request.user))
    return show(request, "instruments/instruments.html", context, part="rows")


@require_safe
def instrument(request: Request, pk: int) -> HttpResponse:
    return show_instrument(request, _instrument(request, pk))


def show_instrument(request: Request, found: Instrument) -> HttpResponse:
    """The page of an instrument; of htmx only what it asks, after a change of it."""
    user = request.user
    may_edit = rules.may_edit_instrument(user, found)
    context = {
        "instrument": found,
        "aspects": Instrument.objects.visible_to(user).whole().get(pk=found.pk).aspects.all(),
        "may_edit": may_edit,
        "missing": queries.missing_in_instrument(found) if may_edit else [],
        "may_copy": rules.may_copy_instrument(user, found),
        "may_renew": rules.may_renew_instrument(user, found),
        "may_retire": rules.may_retire_instrument(user, found),
        "scales": queries.scales_for(found).filter(made_for=found) if may_edit else [],
    }
    page = "instruments/instrument.html"
    return render(request, f"{page}#parts" if request.htmx else page, context)


@require_http_methods(["GET", "POST"])
def make_instrument(request: Request) -> HttpResponse:
    insist_on_maker(request.user)
    form = NewInstrumentForm(request.POST or None, user=request.user)
    if form.is_valid():
        with refusals_shown_on(form):
            made = services.make_instrument(by=request.user, **form.cleaned_data)
            messages.success(request, _("Draf dibuat. Sekarang tambahkan aspek dan butirnya."))
            return go(request, made)
    context = {"form": form}
    status = 422 if form.errors else 200
    return render(request, "instruments/make_instrument.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit_instrument(request: Request, pk: int) -> HttpResponse:
    found = _instrument(request, pk)
    rules.may_edit_instrument.require(request.user, found)
    form = HeadForm(request.POST or None, instance=found)
    if form.is_valid():
        with refusals_shown_on(form):
            services.edit_instrument(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Perubahan tersimpan."))
            return go(request, found)
    context = {"form": form, "instrument": _instrument(request, pk)}
    status = 422 if form.errors else 200
    return render(request, "instruments/edit_instrument.html", context, status=status)


@require_http_methods(["GET", "POST"])
def copy_instrument(request: Request, pk: int) -> HttpResponse:
    found = _instrument(request, pk)
    rules.may_copy_instrument.require(request.user, found)
    form = CopyForm(request.POST or None, user=request.user)
    if form.is_valid():
        with refusals_shown_on(form):
            copy = services.copy_instrument(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Salinan dibuat sebagai draf."))
            return go(request, copy)
    context = {"form": form, "instrument": found}
    status = 422 if form.errors else 200
    return render(request, "instruments/copy_instrument.html", context, status=status)


@require_POST
def renew_instrument(request: Request, pk: int) -> HttpResponse:
    found = _instrument(request, pk)
    try:
        draft = services.renew_instrument(found, by=request.user)
    except ValidationError as refusal:
        return _refused(request, found, refusal)
    messages.success(request, _("Versi baru dibuat sebagai draf. Versi lama tetap dipakai."))
    return go(request, draft)


@require_POST
def publish_instrument(request: Request, pk: int) -> HttpResponse:
    found = _instrument(request, pk)
    try:
        services.publish_instrument(found, by=request.user)
    except ValidationError as refusal:
        return _refused(request, found, refusal)
    messages.success(request, _("Instrumen terbit dan dapat dipilih untuk sesi."))
    return go(request, found)


@require_POST
def retire_instrument(request: Request, pk: int) -> HttpResponse:
    found = _instrument(request, pk)
    services.retire_instrument(found, by=request.user)
    messages.success(request, _("Instrumen tidak ditawarkan lagi."))
    return go(request, found)


@require_POST
def discard_instrument(request: Request, pk: int) -> HttpResponse:
    services.discard_instrument(_instrument(request, pk), by=request.user)
    messages.success(request, _("Draf dihapus."))
    return go(request, "instruments")


@require_safe
def preview_instrument(request: Request, pk: int) -> HttpResponse:
    """The sheet as an observer sees it; nothing in it is kept."""
    found = _instrument(request, pk)
    among = queries.indicators_to_pick(found)
    asked = number_in(request.GET, "indicator")
    indicator = next((one for one in among if one.pk == asked), among[0] if among else None)
    form = SheetForm(instrument=found, indicator=indicator, answers={}, notes=[], saved_at=None)
    context = {"instrument": found, "among": among, "indicator": indicator, "form": form}
    return render(request, "instruments/preview_instrument.html", context)


def _refused(request: Request, found: Instrument, refusal: ValidationError) -> HttpResponse:
    for sentence in refusal.messages:
        messages.error(request, sentence)
    return go(request, found)


def insist_on_maker(user: User) -> None:
    """Refuse who may make no instrument for anybody, in the words of the rule."""
    if not owner_choices(user):
        rules.may_make_instrument.require(user, None)


def _instrument(request: Request, pk: int) -> Instrument:
    found = Instrument.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("group", "made_by", "copied_from"), pk=pk)
