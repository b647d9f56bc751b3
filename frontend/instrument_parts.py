"""What a draft asks, changed by forms: aspects, indicators, items and the words of scales."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.http import Request, go, refusals_shown_on
from frontend.instruments import show_instrument
from observations import queries, rules, services
from observations.content import PointContent
from observations.models import Aspect, Indicator, Instrument, Item, Scale

FEWEST_ROWS, MOST_ROWS, SPARE_ROWS = 4, 10, 2


class AspectForm(forms.ModelForm):
    class Meta:
        model = Aspect
        fields = ["name", "pick_one"]
        labels = {"pick_one": _("Guru model memilih satu indikator saja dari aspek ini")}


class IndicatorForm(forms.ModelForm):
    class Meta:
        model = Indicator
        fields = ["name", "description"]
        widgets = {"description": forms.Textarea({"rows": 3})}


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs["rows"] = 3

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]


class ItemForm(forms.ModelForm):
    folded = ("hint", "encouraged", "discouraged")
    encouraged = LinesField(label=_("Dianjurkan"), help_text=_("Satu contoh tiap baris."))
    discouraged = LinesField(label=_("Dihindari"), help_text=_("Satu contoh tiap baris."))

    class Meta:
        model = Item
        fields = [
            *("text", "kind", "scale", "evidence", "is_required", "allows_na"),
            *("hint", "encouraged", "discouraged"),
        ]
        widgets = {
            "text": forms.Textarea({"rows": 2}),
            "hint": forms.Textarea({"rows": 2}),
            "kind": forms.RadioSelect,
            "evidence": forms.RadioSelect,
        }
        labels = {
            "text": _("Pertanyaan atau perilaku"),
            "kind": _("Diisi dengan"),
            "scale": _("Skala"),
            "is_required": _("Wajib diisi"),
            "allows_na": _("Boleh “tidak berlaku”"),
        }
        help_texts = {
            "scale": _("Hanya untuk butir berskala."),
            "hint": _("Tampil di atas butir, misalnya apa yang dihitung."),
        }

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale: Any = self.fields["scale"]
        scale.queryset = queries.scales_for(instrument)
        scale.empty_label = _("Tanpa skala")

    @property
    def first(self) -> list[forms.BoundField]:
        """What every item needs, in the order of the form."""
        return [self[name] for name in self.fields if name not in self.folded]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.folded]

    def _post_clean(self) -> None:
        """Leave it to the service to check the whole; here each field is by itself."""


class ScaleForm(forms.Form):
    """A name and rows of words, from least to best. Empty rows count for nothing."""

    name = forms.CharField(
        label=_("Nama skala"), max_length=120, help_text=_("Misalnya “Empat kata keterlaksanaan”.")
    )

    def __init__(self, *args: Any, points: list[PointContent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = min(max(FEWEST_ROWS, len(points) + SPARE_ROWS), MOST_ROWS)
        for index in range(self.rows):
            point = points[index] if index < len(points) else None
            self.fields[f"label-{index}"] = forms.CharField(
                label=_("Bunyinya"), max_length=80, required=False, initial=point and point["label"]
            )
            self.fields[f"meaning-{index}"] = forms.CharField(
                label=_("Artinya"),
                max_length=300,
                required=False,
                initial=point and point.get("meaning"),
            )
            self.fields[f"best-{index}"] = forms.BooleanField(
                label=_("Terbaik"), required=False, initial=point and point.get("is_best")
            )

    @property
    def words(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [
            (self[f"label-{index}"], self[f"meaning-{index}"], self[f"best-{index}"])
            for index in range(self.rows)
        ]

    @property
    def points(self) -> list[PointContent]:
        sent = self.cleaned_data
        return [
            {
                "label": sent[f"label-{index}"],
                "meaning": sent[f"meaning-{index}"],
                "is_best": sent[f"best-{index}"],
            }
            for index in range(self.rows)
            if sent[f"label-{index}"]
        ]


@require_http_methods(["GET", "POST"])
def add_aspect(request: Request, pk: int) -> HttpResponse:
    instrument = _to_edit(request, pk)
    form = AspectForm(request.POST or None)
    return _keep(
        request,
        instrument,
        form,
        _("Aspek baru"),
        lambda: services.add_aspect(instrument, by=request.user, **form.cleaned_data),
    )


@require_http_methods(["GET", "POST"])
def edit_aspect(request: Request, pk: int) -> HttpResponse:
    aspect = get_object_or_404(Aspect.objects.visible_to(request.user), pk=pk)
    form = AspectForm(request.POST or None, instance=aspect)
    return _keep(
        request,
        aspect.instrument,
        form,
        _("Ubah aspek"),
        lambda: services.edit_aspect(aspect, by=request.user, **form.cleaned_data),
        part=aspect,
    )


@require_http_methods(["GET", "POST"])
def add_indicator(request: Request, pk: int) -> HttpResponse:
    aspect = get_object_or_404(Aspect.objects.visible_to(request.user), pk=pk)
    form = IndicatorForm(request.POST or None)
    return _keep(
        request,
        aspect.instrument,
        form,
        _("Indikator baru"),
        lambda: services.add_indicator(aspect, by=request.user, **form.cleaned_data),
        within=aspect,
    )


@require_http_methods(["GET", "POST"])
def edit_indicator(request: Request, pk: int) -> HttpResponse:
    indicator = get_object_or_404(Indicator.objects.visible_to(request.user), pk=pk)
    form = IndicatorForm(request.POST or None, instance=indicator)
    instrument = indicator.aspect.instrument
    return _keep(
        request,
        instrument,
        form,
        _("Ubah indikator"),
        lambda: services.edit_indicator(indicator, by=request.user, **form.cleaned_data),
        part=indicator,
    )


@require_http_methods(["GET", "POST"])
def add_item(request: Request, pk: int) -> HttpResponse:
    indicator = get_object_or_404(Indicator.objects.visible_to(request.user), pk=pk)
    instrument = indicator.aspect.instrument
    last = indicator.items.last()
    like_the_last = {
        name: getattr(last, name) for name in ("kind", "scale", "evidence") if last is not None
    }
    form = ItemForm(
        request.POST or None, instrument=instrument, initial={"kind": "text"} | like_the_last
    )
    return _keep(
        request,
        instrument,
        form,
        _("Butir baru"),
        lambda: services.add_item(indicator, by=request.user, **form.cleaned_data),
        within=indicator,
    )


@require_http_methods(["GET", "POST"])
def edit_item(request: Request, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.user), pk=pk)
    instrument = item.indicator.aspect.instrument
    form = ItemForm(request.POST or None, instance=item, instrument=instrument)
    return _keep(
        request,
        instrument,
        form,
        _("Ubah butir"),
        lambda: services.edit_item(item, by=request.user, **form.cleaned_data),
        part=item,
    )


@require_POST
def move_aspect(request: Request, pk: int) -> HttpResponse:
    return _move(request, get_object_or_404(Aspect.objects.visible_to(request.user), pk=pk))


@require_POST
def move_indicator(request: Request, pk: int) -> HttpResponse:
    return _move(request, get_object_or_404(Indicator.objects.visible_to(request.user), pk=pk))


@require_POST
def move_item(request: Request, pk: int) -> HttpResponse:
    return _move(request, get_object_or_404(Item.objects.visible_to(request.user), pk=pk))


@require_POST
def remove_aspect(request: Request, pk: int) -> HttpResponse:
    return _remove(request, get_object_or_404(Aspect.objects.visible_to(request.user), pk=pk))


@require_POST
def remove_indicator(request: Request, pk: int) -> HttpResponse:
    return _remove(request, get_object_or_404(Indicator.objects.visible_to(request.user), pk=pk))


@require_POST
def remove_item(request: Request, pk: int) -> HttpResponse:
    return _remove(request, get_object_or_404(Item.objects.visible_to(request.user), pk=pk))


@require_http_methods(["GET", "POST"])
def add_scale(request: Request, pk: int) -> HttpResponse:
    instrument = _to_edit(request, pk)
    form = ScaleForm(request.POST or None, points=[])
    return _keep_scale(
        request,
        instrument,
        form,
        lambda: services.add_scale(
            instrument, by=request.user, name=form.cleaned_data["name"], points=form.points
        ),
    )


@require_http_methods(["GET", "POST"])
def edit_scale(request: Request, pk: int, scale: int) -> HttpResponse:
    """Change a scale of the draft; one that others use too is changed for the draft alone."""
    instrument = _to_edit(request, pk)
    found = get_object_or_404(queries.scales_for(instrument), pk=scale)
    points: list[PointContent] = [
        {"label": point.label, "meaning": point.meaning, "is_best": point.is_best}
        for point in found.points.all()
    ]
    form = ScaleForm(request.POST or None, points=points, initial={"name": found.name})
    return _keep_scale(
        request,
        instrument,
        form,
        lambda: services.edit_scale(
            found, instrument, by=request.user, name=form.cleaned_data["name"], points=form.points
        ),
        scale=found,
    )


@require_POST
def remove_scale(request: Request, pk: int, scale: int) -> HttpResponse:
    instrument = _to_edit(request, pk)
    found = get_object_or_404(queries.scales_for(instrument), pk=scale)
    try:
        services.remove_scale(found, instrument, by=request.user)
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
    return go(request, instrument)


def _keep(
    request: Request,
    instrument: Instrument,
    form: forms.Form | forms.ModelForm,
    title: object,
    act: Callable[[], Aspect | Indicator | Item],
    **about: Any,
) -> HttpResponse:
    """Show the form of a part of a draft, or keep it and go back to where it stands."""
    rules.may_edit_instrument.require(request.user, instrument)
    if form.is_valid():
        with refusals_shown_on(form):
            part = act()
            return redirect(f"{resolve_url(instrument)}#{anchor(part)}")
    shown = about.get("part")
    context = {
        "form": form,
        "title": title,
        "instrument": instrument,
        "back": f"{resolve_url(instrument)}#{anchor(shown or about.get('within'))}",
        "kind": type(shown).__name__.lower() if shown else "",
        **about,
    }
    status = 422 if form.errors else 200
    return render(request, "instruments/edit_part.html", context, status=status)


def _keep_scale(
    request: Request,
    instrument: Instrument,
    form: ScaleForm,
    act: Callable[[], Scale],
    scale: Scale | None = None,
) -> HttpResponse:
    if form.is_valid():
        with refusals_shown_on(form):
            act()
            messages.success(request, _("Skala tersimpan."))
            return go(request, instrument)
    context = {
        "form": form,
        "instrument": instrument,
        "scale": scale,
        "is_shared": scale is not None and scale.made_for_id != instrument.pk,
    }
    status = 422 if form.errors else 200
    return render(request, "instruments/edit_scale.html", context, status=status)


def _move(request: Request, part: Aspect | Indicator | Item) -> HttpResponse:
    services.move_part(part, by=request.user, up=request.POST.get("to") == "up")
    return _back_to(request, part)


def _remove(request: Request, part: Aspect | Indicator | Item) -> HttpResponse:
    instrument = services.instrument_of(part)
    services.remove_part(part, by=request.user)
    messages.success(request, _("“%(name)s” dihapus.") % {"name": part})
    return go(request, instrument)


def _back_to(request: Request, part: Aspect | Indicator | Item) -> HttpResponse:
    instrument = services.instrument_of(part)
    if request.htmx:
        return show_instrument(request, instrument)
    return redirect(f"{resolve_url(instrument)}#{anchor(part)}")


def anchor(part: object) -> str:
    """The id of a part on the page of its instrument."""
    return f"{type(part).__name__.lower()}-{part.pk}" if part else "main"  # type: ignore[attr-defined]


def _to_edit(request: Request, pk: int) -> Instrument:
    instrument = get_object_or_404(Instrument.objects.visible_to(request.user), pk=pk)
    rules.may_edit_instrument.require(request.user, instrument)
    return instrument
