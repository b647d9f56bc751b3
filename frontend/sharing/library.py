"""Bank materi: everything that was shared and may be read, found by words and by filters."""

from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from frontend.http import Request, show
from frontend.paging import Page
from frontend.shell import shell_of
from groups.models import Group
from schools.models import Phase, Subject
from sharing import search
from sharing.library import POST, Filters, excerpts, narrowed
from sharing.models import Post

ON_A_PAGE = 20
LAST_GRADE = 12


class LibraryForm(forms.Form):
    """What is looked for. A value that makes no sense narrows nothing."""

    q = forms.CharField(label=_("Cari di bank materi"), required=False)
    kind = forms.ChoiceField(
        label=_("Jenis"), choices=[("", _("Semua jenis")), *Post.Kind.choices], required=False
    )
    subject = forms.ModelChoiceField(
        Subject.objects.all(),
        label=_("Mata pelajaran"),
        empty_label=_("Semua mata pelajaran"),
        required=False,
    )
    phase = forms.ModelChoiceField(
        Phase.objects.all(), label=_("Fase"), empty_label=_("Semua fase"), required=False
    )
    grade = forms.TypedChoiceField(
        label=_("Kelas"),
        choices=[("", _("Semua kelas")), *((n, n) for n in range(1, LAST_GRADE + 1))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    group = forms.TypedChoiceField(label=_("Kelompok"), empty_value=None, required=False)
    endorsed = forms.BooleanField(label=_("Hanya yang disarankan guru inti"), required=False)
    topic = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_pk = {str(group.pk): group for group in groups}
        field = cast("forms.TypedChoiceField", self.fields["group"])
        field.choices = [("", _("Semua kelompok")), *((pk, one.name) for pk, one in of_pk.items())]
        field.coerce = of_pk.get
        if not of_pk:
            del self.fields["group"]

    @property
    def choices(self) -> list[forms.BoundField]:
        """The filters that are chosen from a list."""
        return [field for field in self if isinstance(field.field, forms.ChoiceField)]

    def asked(self) -> tuple[str, Filters]:
        """The words, and the filters that make sense."""
        self.is_valid()
        asked = dict(self.cleaned_data)
        return asked.pop("q", ""), cast(
            "Filters", {name: one for name, one in asked.items() if one}
        )


@login_not_required
@require_safe
def library(request: Request) -> HttpResponse:
    """Show what is found. A stranger finds what is for anyone."""
    form = LibraryForm(request.GET, groups=shell_of(request).groups)
    words, filters = form.asked()
    query = search.ask(words)
    after = search.Place.read(request.GET.get("after", ""))
    rows = narrowed(Post.objects.visible_to(request.user).shared(), filters)
    hits = search.search(rows.for_list("body_html"), POST, query, after=after, size=ON_A_PAGE)
    marked = excerpts(hits.rows, query) if query else {}
    context = {
        "form": form,
        "words": words.strip(),
        "filters": filters,
        "page": Page(hits.rows, _next_url(request, hits.next), is_first=after is None),
        "rows": [(post, marked.get(post.pk, "")) for post in hits.rows],
        "is_similar": hits.is_similar,
    }
    if query and not after:
        context["found"] = search.count(rows, POST, hits.query)
    return show(request, "sharing/library.html", context, part="rows" if after else "results")


def _next_url(request: Request, place: search.Place | None) -> str:
    if place is None:
        return ""
    address = request.GET.copy()
    address["after"] = str(place)
    return f"?{address.urlencode()}"
