"""A post with its files and what is answered to it."""

from html import unescape
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend.http import Request, show
from frontend.sharing.comments import CommentForm, talk_about
from frontend.sharing.endorsing import endorsement_of
from frontend.sharing.finding import post_for
from frontend.sharing.keeping import keeping_of
from frontend.sharing.links import links_of
from frontend.sharing.moderation import AudienceForm, WithdrawForm, moderation_of
from frontend.sharing.previews import link_of
from frontend.sharing.reach import ways_to_share
from frontend.sharing.reacting import part_in
from frontend.sharing.tags import tags_of
from frontend.sharing.versions import has_history_for, versions_of
from groups.rules import groups_of
from sharing import rules
from sharing.models import Post


@login_not_required
@require_safe
def post(request: Request, pk: int) -> HttpResponse:
    """Show a post. A stranger is asked to sign in for whatever a stranger may not read.

    A link from WhatsApp is mostly opened by a teacher who is not signed in; whether there is such
    a post is not told.
    """
    try:
        found = post_for(request, pk)
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    # What htmx asks of this address are earlier answers.
    return show_talk(request, found, part="rows") if request.htmx else show_post(request, found)


def show_post(
    request: Request,
    post: Post,
    *,
    form: CommentForm | None = None,
    withdraw_form: WithdrawForm | None = None,
    audience_form: AudienceForm | None = None,
) -> HttpResponse:
    """The whole page, with a form that was not right yet."""
    url = request.build_absolute_uri(post.get_absolute_url())
    context: dict[str, Any] = {
        "post": post,
        "url": url,
        **talk_about(request, post, form=form),
        **endorsement_of(request, post),
    }
    context |= tags_of(post) | versions_of(post, request.user) | links_of(post, request.user)
    context |= link_of(post) | keeping_of(post, request.user)
    if post.file_count:
        context["attachments"] = post.attachments.current().order_by("pk")
    if request.user.is_authenticated:
        context["may_discuss"] = bool(groups_of(request.user)) and not post.withdrawn_at
        context["may_edit"] = rules.may_edit_post(request.user, post)
        context["may_read_history"] = has_history_for(request.user, post)
        context |= part_in(request, post)
        context |= moderation_of(request, post, withdraw_form, audience_form)
    context["preview_image"] = request.build_absolute_uri(static("frontend/preview.png"))
    context["summary"] = Truncator(unescape(strip_tags(post.body_html))).chars(160)
    context["message"] = _("%(title)s\nDibagikan %(author)s\n%(url)s") % {
        "title": post.title,
        "author": post.author,
        "url": url,
    }
    if post.audience != Post.Audience.GROUP:
        context["ways"] = ways_to_share(post, url)
    forms = (form, withdraw_form, audience_form)
    status = 422 if any(each and each.errors for each in forms) else 200
    return render(request, "sharing/post.html", context, status=status)


def show_talk(
    request: Request, post: Post, *, part: str, form: CommentForm | None = None
) -> HttpResponse:
    """The answers alone, or for `rows` only the next ones, as htmx swaps them in."""
    context = {"post": post, **talk_about(request, post, form=form)}
    if request.user.is_authenticated:
        context |= part_in(request, post)
    status = 422 if form and form.errors else 200
    return show(request, "sharing/_comments.html", context, part=part, status=status)
