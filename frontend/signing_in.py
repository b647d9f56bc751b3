"""What allauth asks us about signing up and in."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm, SignupForm
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from segno import make_qr

from accounts import services
from accounts.models import User
from frontend.schools import SchoolField
from groups.models import Invitation
from groups.queries import find_invitation
from groups.services import accept_invitation

logger = logging.getLogger(__name__)

_WRONG = gettext_lazy("Nama atau kata sandi tidak cocok. Periksa lagi, atau atur ulang kata sandi.")


class AccountAdapter(DefaultAccountAdapter):
    """The house's answers to allauth."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "email_taken": gettext_lazy("Surel ini sudah dipakai orang lain."),
        "duplicate_email": gettext_lazy("Surel ini sudah terhubung dengan akun Bapak/Ibu."),
        "enter_current_password": gettext_lazy("Kata sandi sekarang tidak cocok."),
        "too_many_login_attempts": gettext_lazy(
            "Terlalu banyak percobaan yang gagal. Coba lagi beberapa menit lagi."
        ),
        "rate_limited": gettext_lazy("Terlalu sering dicoba. Coba lagi beberapa menit lagi."),
        "unverified_primary_email": gettext_lazy("Surel utama harus dikonfirmasi dulu."),
    }

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: SignupForm,
        commit: bool = True,  # noqa: FBT001, FBT002 -- allauth's signature
    ) -> User:
        """Make the account by the service; `user` is allauth's empty one."""
        return services.sign_up(
            password=form.cleaned_data["password1"],
            email=form.cleaned_data["email"],
            **form.profile,
        )

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Lead home who came by an invitation, and the others to the groups they may ask."""
        is_in = isinstance(request.user, User) and request.user.approved_at
        return resolve_url("home" if is_in else "groups")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter, but do not let a mail server that is down break the page."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("Mail %s was not sent", template_prefix)
            messages.error(
                current.request,
                _("Surel ke %(email)s belum dapat dikirim. Coba lagi nanti.") % {"email": email},
            )


class SecondFactorAdapter(DefaultMFAAdapter):
    """The house's answers about the code from a second device."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": gettext_lazy("Lepas dulu kode pengaman, baru surel dapat diganti."),
        "incorrect_code": gettext_lazy("Kode tidak cocok. Tunggu kode berikutnya lalu coba lagi."),
        "unverified_email": gettext_lazy(
            "Konfirmasi dulu surel Bapak/Ibu, baru kode pengaman dapat dipasang."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code as SVG for the page itself: the CSP allows no data: images."""
        drawing: str = make_qr(url).svg_inline(
            omitsize=True, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
        )
        return drawing


class SignInForm(LoginForm):
    """A name of any kind and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label = _("Nomor HP, surel, atau nama pengguna")
        password.label, password.help_text = _("Kata sandi"), ""
        name.widget.attrs["autocomplete"] = "username"
        for field in (name, password):
            del field.widget.attrs["placeholder"]


class SignUpForm(SignupForm):
    """A new account: who it is, where they teach, and a password."""

    name = forms.CharField(
        label=gettext_lazy("Nama tanpa gelar"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Nomor HP"),
        help_text=gettext_lazy("Dipakai untuk masuk. Tidak ditampilkan kepada orang lain."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    school = SchoolField()
    field_order = ("name", "phone", "school", "email", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Surel")
        self.fields["email"].help_text = _("Untuk kabar, dan bila lupa kata sandi.")
        self.fields["password1"].label = _("Kata sandi")
        self.fields["password1"].help_text = _(
            "Paling sedikit 8 huruf atau angka, yang sulit ditebak."
        )
        self.fields["password2"].label = _("Kata sandi sekali lagi")
        for name in ("email", "password1", "password2"):
            del self.fields[name].widget.attrs["placeholder"]

    @property
    def invitation(self) -> Invitation | None:
        """The invitation whose page led here; that page put it into the session."""
        token = current.request.session.get("invitation")
        return find_invitation(token) if token else None

    @property
    def profile(self) -> services.Profile:
        words = self.cleaned_data
        return {"name": words["name"], "phone": words["phone"], "school": words["school"]}

    def clean(self) -> dict[str, Any]:
        """Ask the domain as well, so that all that is wrong is said at once."""
        cleaned: dict[str, Any] = super().clean()
        words = {name: cleaned[name] for name in ("name", "phone", "school") if name in cleaned}
        person = User(email=cleaned.get("email", ""), **words)
        try:
            person.full_clean(exclude={"password", "username", *self.errors})
        except ValidationError as error:
            self.add_error(None, error)
        if "password1" in cleaned:
            self._clean_password(cleaned["password1"], person)
        return cleaned

    def _clean_password(self, password: str, person: User) -> None:
        """Refuse a password that is like the name; allauth only compares the e-mail."""
        try:
            validate_password(password, person)
        except ValidationError as error:
            self.add_error("password1", error)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Join the group at once when an invitation led here."""
        token = request.session.pop("invitation", "")
        invitation = find_invitation(token) if token else None
        if invitation is None:
            return
        try:
            accept_invitation(invitation, by=user)
        except PermissionDenied as refusal:
            messages.warning(request, str(refusal))
        else:
            welcome = _("Selamat datang di %(group)s.") % {"group": invitation.group}
            messages.success(request, welcome)
