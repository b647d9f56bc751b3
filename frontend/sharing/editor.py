"""What helps to write a post: its preview, and colleagues to name."""

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from frontend.http import Request
from sharing import queries, services
from sharing.markdown import render_words
from sharing.models import Post


def previewed(request: Request) -> str:
    """The sanitised HTML that the sent words would have as a post, or nothing."""
    words = {name: request.POST.get(name, "") for name in ("kind", "body", *Post.PARTS)}
    limit = Post._meta.get_field("body").max_length
    cut = {name: text[:limit] for name, text in words.items()}
    return render_words(cut, services.mentions_in(list(cut.values()), seen_by=request.user))


def preview_asked(request: Request, form: BaseForm) -> str | None:
    """The preview that the form's own button asks for, None for any other button.

    Nothing is held against words that are only looked at.
    """
    if "preview" not in request.POST:
        return None
    form.errors.clear()
    return previewed(request)


@require_POST
def preview_post(request: Request) -> HttpResponse:
    """The preview alone, for htmx; nothing is kept."""
    return render(request, "sharing/_preview.html", {"html": previewed(request)})


@require_safe
def people_to_mention(request: Request) -> HttpResponse:
    """Up to eight colleagues whose name begins as `?q=`, as the options of a list."""
    people = queries.people_to_mention(request.user, request.GET.get("q", "")[:60])
    return render(request, "sharing/_people.html", {"people": people})
