"""Signing in of programs: a name and a password, or the browser's session, give a token."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authtoken.models import Token
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from api.http import Request


class CredentialsSerializer(serializers.Serializer[User]):
    username = serializers.CharField(
        help_text="Username, e-mail or phone number, as on the sign-in page."
    )
    password = serializers.CharField(style={"input_type": "password"}, trim_whitespace=False)
    code = serializers.CharField(
        required=False, help_text="The six digits of the authenticator app, where one is set up."
    )


class TokenSerializer(serializers.Serializer[Token]):
    token = serializers.CharField(source="key", read_only=True)


class TokenView(APIView):
    """The token of a program: send it as `Authorization: Token …`."""

    request: Request

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny() if self.request.method == "POST" else IsAuthenticated()]

    @extend_schema(request=CredentialsSerializer, responses=TokenSerializer, auth=[])
    def post(self, request: Request) -> Response:
        """Sign in, and get a token. Wrong guesses are counted together with the sign-in page's."""
        form = CredentialsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = _authenticated(request, **form.validated_data)
        token, _made = Token.objects.get_or_create(user=user)  # the person's own
        return Response(TokenSerializer(token).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Make the token worthless, e.g. when the phone was lost."""
        Token.objects.filter(user=request.user).delete()
        return Response(status=204)


def _authenticated(request: Request, username: str, password: str, code: str = "") -> User:
    adapter = get_adapter()
    credentials = {"username": username, "password": password}
    user: User | None = adapter.authenticate(request._request, **credentials)
    if user is None:
        raise ValidationError(_("Nama pengguna atau kata sandi salah."), code="login")
    second = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if second and not (code and second.wrap().validate_code(code)):
        raise ValidationError({"code": _("Masukkan kode enam angka dari aplikasi pengaman.")})
    return user
