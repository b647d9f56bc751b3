from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django_htmx.http import HttpResponseClientRedirect

from frontend.errors import too_big
from frontend.http import LONGEST_NUMBER


def speak_to_the_person(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer in the person's language and time zone; strangers read Indonesian, in WITA.

    A stranger's choice of English is kept in a cookie. Accept-Language is not asked: phones here
    are often sold in English to people who read Indonesian.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            language, zone = user.language, user.time_zone
        else:
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
            language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
            zone = settings.TIME_ZONE
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


def refuse_nul(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 400 to an address with a NUL in it: no person types one, and PostgreSQL takes none.

    Forms look after what is sent in them; words of an address are asked for as they are.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "\0" in asked or "%00" in asked:
            raise BadRequest("There is a NUL in the address.")
        return get_response(request)

    return answer


def refuse_too_much(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 413 to more than any form of ours takes, before a byte of it is read.

    What comes without a length is read as empty, so the length cannot be kept back. It stands after
    the languages, to say so in the person's, and before whatever reads a form.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length[:LONGEST_NUMBER]) > settings.MOST_TO_TAKE:
            return too_big(request)
        return get_response(request)

    return answer


class SignInFirst(LoginRequiredMiddleware):
    """Send strangers to sign in, and from there back to the page they were on.

    The address of a button, which only takes what is sent, is no page to come back to: then it is
    the page with the button, where what was written is still kept on the phone.
    """

    # htmx never sees a redirect, which the browser follows; it needs an answer of its own.
    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        way_in = resolve_url(self.get_login_url(view_func))
        field = self.get_redirect_field_name(view_func)
        answer = redirect_to_login(_page_of(request), way_in, field)
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(answer.url)
        return answer


def _page_of(request: HttpRequest) -> str:
    """Return the path of the page that a request was made from, else its own."""
    origin = f"{request.scheme}://{request.get_host()}"
    page = request.headers.get("HX-Current-URL", "")
    if request.method not in {"GET", "HEAD"}:
        page = page or request.headers.get("Referer", "")
    if page.startswith(f"{origin}/"):
        return page.removeprefix(origin)
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
