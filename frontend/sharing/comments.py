"""Answering a post."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from frontend.http import Request, go, refusals_shown_on
from frontend.sharing.finding import post_for
from frontend.sharing.reading import CommentForm, show_post
from sharing import services


@require_POST
def comment(request: Request, pk: int) -> HttpResponse:
    post = post_for(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.write_comment(post, by=request.user, **form.cleaned_data)
            if not request.htmx:
                return go(request, f"{post.get_absolute_url()}#comments")
            form = CommentForm()
    return show_post(request, post, part="comments", form=form)
