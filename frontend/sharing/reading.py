"""A post with its files and what is answered to it."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from frontend.http import Request, Submitted, show
from frontend.paging import page_of
from frontend.sharing.finding import post_for
from frontend.sharing.links import links_of
from frontend.sharing.previews import link_of
from frontend.sharing.reach import ways_to_share
from frontend.sharing.tags import tags_of
from frontend.sharing.versions import versions_of
from sharing import rules
from sharing.models import Comment, Post

COMMENTS_ON_A_PAGE = 50


class CommentForm(Submitted, forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 3})}


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
    return show_post(request, found, part="rows")


def show_post(
    request: Request, post: Post, *, part: str, form: CommentForm | None = None
) -> HttpResponse:
    url = request.build_absolute_uri(post.get_absolute_url())
    context: dict[str, Any] = {
        "post": post,
        "url": url,
        "comments": page_of(post.comments.with_author(), request, size=COMMENTS_ON_A_PAGE),
    }
    context |= tags_of(post) | versions_of(post, request.user) | links_of(post, request.user)
    context |= link_of(post)
    if post.file_count:
        context["attachments"] = post.attachments.current().order_by("pk")
    if request.user.is_authenticated:
        context |= {
            "form": form or CommentForm(),
            "may_comment": rules.may_comment(request.user, post),
            "may_edit": rules.may_edit_post(request.user, post),
            "may_read_history": post.edited_at and rules.may_read_history(request.user, post),
            "may_withdraw": rules.may_withdraw_post(request.user, post),
            "may_restore": rules.may_restore_post(request.user, post),
        }
    if not request.htmx:
        context["preview_image"] = request.build_absolute_uri(static("frontend/preview.png"))
        context["summary"] = Truncator(strip_tags(post.body_html)).chars(160)
        context["message"] = _("%(title)s\nDibagikan %(author)s\n%(url)s") % {
            "title": post.title,
            "author": post.author,
            "url": url,
        }
        if post.audience != Post.Audience.GROUP:
            context["ways"] = ways_to_share(post, url)
    status = 422 if form and form.errors else 200
    return show(request, "sharing/post.html", context, part=part, status=status)
