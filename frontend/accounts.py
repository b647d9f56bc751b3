"""People: Saya, one's own profile, others' pages, language, and an empty platform's first admin."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import services
from accounts.models import User
from frontend.http import Request, go, refusals_shown_on, show
from frontend.schools import SchoolField
from groups.models import Membership
from groups.rules import seats
from sessions.queries import hours_earned

_YEAR = 365 * 24 * 3600
# So many sessions with earned JP are on Saya; the sum is of the whole year.
HOURS_SHOWN = 50


class ProfileForm(forms.ModelForm):
    school = SchoolField(required=False)

    class Meta:
        model = User
        fields = [
            "name",
            "title_before",
            "title_after",
            "school",
            "institution",
            "position",
            "phone",
            "nip",
            "nuptk",
            "username",
            "language",
            "time_zone",
        ]
        help_texts = {
            "name": gettext_lazy("Gelar ditulis di dua isian berikutnya."),
            "title_before": gettext_lazy("Misalnya Dr. atau Drs."),
            "title_after": gettext_lazy("Misalnya S.Pd., M.Pd."),
            "institution": gettext_lazy("Bila bekerja di luar sekolah, misalnya Dinas Pendidikan."),
            "position": gettext_lazy("Misalnya Guru IPA atau Kepala Sekolah, untuk daftar hadir."),
            "phone": gettext_lazy("Dipakai untuk masuk. Tidak ditampilkan kepada orang lain."),
            "nip": gettext_lazy("18 angka, untuk guru ASN. Tampil di surat, bukan di halaman."),
            "nuptk": gettext_lazy("16 angka. Tampil di surat, bukan di halaman."),
            "username": gettext_lazy("Dapat dipakai untuk masuk."),
        }
        widgets = {
            "phone": forms.TextInput({"type": "tel", "autocomplete": "tel"}),
            "nip": forms.TextInput({"inputmode": "numeric"}),
            "nuptk": forms.TextInput({"inputmode": "numeric"}),
            "name": forms.TextInput({"autocomplete": "name"}),
        }


class FirstAdminForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Nama tanpa gelar"), max_length=120)
    username = forms.CharField(
        label=gettext_lazy("Nama pengguna"),
        max_length=60,
        initial="admin",
        widget=forms.TextInput({"autocomplete": "username"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Surel"),
        required=False,
        help_text=gettext_lazy("Untuk kabar, dan bila lupa kata sandi."),
    )
    password = forms.CharField(
        label=gettext_lazy("Kata sandi"),
        help_text=gettext_lazy("Paling sedikit 8 huruf atau angka, yang sulit ditebak."),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


@require_safe
def me(request: Request) -> HttpResponse:
    duties = request.user.appointments.current().select_related("school").order_by("pk")
    year = timezone.localdate().year
    earned = hours_earned(request.user, year)
    context = {
        "person": request.user,
        "groups": _by_group(seats(request.user)),
        "duties": duties,
        "year": year,
        "earned": earned[:HOURS_SHOWN],
        "hours": earned.aggregate(sum=Sum("hours"))["sum"],
    }
    return render(request, "accounts/me.html", context)


@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    people = User.objects.visible_to(request.user).select_related("school__district")
    person = get_object_or_404(people, pk=pk)
    memberships = Membership.objects.visible_to(request.user).current().filter(user=person)
    context = {
        "person": person,
        "groups": _by_group(memberships.select_related("group").order_by("pk")),
        "duties": person.appointments.current().select_related("school").order_by("pk"),
        "is_me": person == request.user,
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_profile(request: Request) -> HttpResponse:
    # A copy, so that words which are refused do not show up elsewhere on the page.
    person = get_object_or_404(User.objects.visible_to(request.user), pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=person)
    if form.is_valid():
        with refusals_shown_on(form):
            services.edit_profile(person, by=request.user, **form.cleaned_data)
            with translation.override(person.language):
                messages.success(request, _("Profil tersimpan."))
            return go(request, "me")
    status = 422 if form.errors else 200
    return show(request, "accounts/edit_profile.html", {"form": form}, part="form", status=status)


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Speak Indonesian or English from now on: to a person everywhere, to a stranger here."""
    language = request.POST.get("language", "")
    answer = redirect(_back_to(request))
    if language not in dict(settings.LANGUAGES):
        return answer
    if isinstance(request.user, User):
        services.edit_profile(request.user, by=request.user, language=language)
    else:
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
            httponly=True,
        )
    return answer


@sensitive_post_parameters("password")
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def first_admin(request: HttpRequest, token: str) -> HttpResponse:
    """Let the holder of the one-time link of an empty platform set name and password."""
    admin = services.find_first_admin(token)
    if admin is None:
        return render(request, "accounts/first_admin_gone.html", status=410)
    form = FirstAdminForm(request.POST or None)
    if form.is_valid():
        with refusals_shown_on(form):
            services.become_first_admin(admin, **form.cleaned_data)
            login(request, admin, backend=settings.AUTHENTICATION_BACKENDS[0])
            messages.success(request, _("Akun admin sudah siap. Buat kelompok pertama di sini."))
            return redirect("groups")
    status = 422 if form.errors else 200
    return render(request, "accounts/first_admin.html", {"form": form}, status=status)


def _by_group(memberships: Any) -> list[tuple[Any, list[str]]]:
    """Each group once, with what the person is there: the offices, or else a member."""
    roles: dict[Any, list[Membership]] = {}
    for membership in memberships:
        roles.setdefault(membership.group, []).append(membership)
    return [(group, _words(held)) for group, held in roles.items()]


def _words(held: list[Membership]) -> list[str]:
    offices = [membership for membership in held if membership.role != "member"]
    return [membership.get_role_display() for membership in offices or held]


def _back_to(request: HttpRequest) -> str:
    """The page that the form was on, if it is one of ours."""
    url = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if is_ours else resolve_url("home")
