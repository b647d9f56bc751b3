"""Answering a post, and changing and deleting answers."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.http import Request, go, refusals_shown_on, show
from frontend.paging import page_of
from frontend.sharing.comments import COMMENTS_ON_A_PAGE, CommentForm, said_to, talk
from frontend.sharing.finding import post_for
from frontend.sharing.reading import show_post, show_talk
from sharing import rules, services
from sharing.models import Comment


class EditCommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 4})}


class DeleteCommentForm(forms.Form):
    withdrawn_because = forms.CharField(
        label=gettext_lazy("Alasan menghapus"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


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
    if request.htmx:
        return show_talk(request, post, part="comments", form=form)
    return show_post(request, post, form=form)


@login_not_required
@require_safe
def conversation(request: Request, pk: int) -> HttpResponse:
    """One answer with all that was answered to it."""
    try:
        found = _comment_for(request, pk)
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    if found.parent_id:
        return redirect(found.get_absolute_url())
    return _show_conversation(request, found)


@require_POST
def answer_comment(request: Request, pk: int) -> HttpResponse:
    first = _comment_for(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            written = services.write_comment(
                first.post, by=request.user, parent=first, **form.cleaned_data
            )
            return go(request, written.get_absolute_url())
    return _show_conversation(request, first, form)


@require_http_methods(["GET", "POST"])
def edit_comment(request: Request, pk: int) -> HttpResponse:
    found = _comment_for(request, pk)
    sent = request.POST if request.method == "POST" else None
    form = EditCommentForm(sent, instance=found)
    if form.is_valid():
        try:
            with refusals_shown_on(form):
                services.edit_comment(found, by=request.user, **form.cleaned_data)
                return go(request, found.get_absolute_url())
        except PermissionDenied:
            # Who comes too late has the new words nowhere else.
            if found.author_id != request.user.pk:
                raise
    may_edit = rules.may_edit_comment(request.user, found)
    context = {"comment": found, "form": form, "may_edit": may_edit}
    status = 422 if form.is_bound else 200
    return render(request, "sharing/edit_comment.html", context, status=status)


@require_http_methods(["GET", "POST"])
def delete_comment(request: Request, pk: int) -> HttpResponse:
    """Ask once: what is deleted is gone. Who deletes another's words says why."""
    found = _comment_for(request, pk)
    form = DeleteCommentForm(request.POST if request.method == "POST" else None)
    is_own = found.author_id == request.user.pk
    if is_own:
        del form.fields["withdrawn_because"]
    if form.is_valid():
        with refusals_shown_on(form):
            because = form.cleaned_data.get("withdrawn_because", "")
            services.delete_comment(found, by=request.user, because=because)
            messages.success(request, _("Tanggapan dihapus."))
            return go(request, f"{found.post.get_absolute_url()}#comments")
    if not is_own:
        # As the service asks it, so that the field does not say that it may stay empty.
        form.fields["withdrawn_because"].required = True
    may_delete = rules.may_delete_comment(request.user, found)
    context = {"comment": found, "may_delete": may_delete, "form": form, "is_own": is_own}
    status = 422 if form.errors else 200
    return render(request, "sharing/delete_comment.html", context, status=status)


def _comment_for(request: Request, pk: int) -> Comment:
    found = Comment.objects.visible_to(request.user).select_related("author", "post__group")
    return get_object_or_404(found, pk=pk)


def _show_conversation(
    request: Request, comment: Comment, form: CommentForm | None = None
) -> HttpResponse:
    first, post = comment.parent or comment, comment.post
    answers = Comment.objects.visible_to(request.user).with_author().filter(parent=first)
    page = page_of(answers, request, by=("pk",), size=COMMENTS_ON_A_PAGE)
    said = [said_to(request.user, answer, post) for answer in page.items]
    context = {
        "post": post,
        "first": said_to(request.user, first, post),
        "talk": talk(request, post, page, said, form),
    }
    status = 422 if form and form.errors else 200
    return show(request, "sharing/conversation.html", context, part="rows", status=status)
