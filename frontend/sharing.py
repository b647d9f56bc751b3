"""Berbagi: the feed, a post with its comments and files, and the forms to share and change."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activity.files import ACCEPTED, SHOWN_IN_BROWSER
from frontend.http import Request, Submitted, go, number_in, refusals_shown_on, show
from frontend.paging import page_of
from frontend.shell import shell_of
from groups.models import Cycle, Group
from sharing import rules, services
from sharing.models import Attachment, Comment, Post

COMMENTS_ON_A_PAGE = 50


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once. What they are is checked by the service."""

    widget = ManyFilesInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in given if file]


class PostForm(forms.ModelForm):
    attachments = FilesField(
        label=gettext_lazy("Berkas"),
        required=False,
        help_text=gettext_lazy(
            "PDF, gambar, atau dokumen kantor. Paling banyak 5 berkas, masing-masing 10 MB."
        ),
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "Pada foto tidak ada murid yang dapat dikenali, atau orang tuanya sudah mengizinkan."
        ),
        required=False,
    )

    class Meta:
        model = Post
        fields = ["title", "body", "link", "audience"]
        widgets = {
            "body": forms.Textarea(attrs={"rows": 8}),
            "audience": forms.RadioSelect,
        }
        help_texts = {
            "body": gettext_lazy("Baris yang diawali “- ” menjadi daftar, “## ” menjadi judul."),
            "link": gettext_lazy("Misalnya video atau dokumen daring."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audience = self.fields["audience"]
        assert isinstance(audience, forms.ChoiceField)  # noqa: S101 -- for the type checker
        audience.choices = [
            (Post.Audience.GROUP, _("Kelompok: hanya anggotanya")),
            (Post.Audience.DISTRICT, _("Semua guru yang masuk ke Smart MGMP")),
            (Post.Audience.PUBLIC, _("Umum: siapa pun yang punya tautannya, juga tanpa akun")),
        ]


class SharePostForm(Submitted, PostForm):
    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_pk = {str(group.pk): group for group in groups}
        self.fields["group"] = forms.TypedChoiceField(
            label=_("Kelompok"),
            choices=[(pk, group.name) for pk, group in of_pk.items()],
            coerce=of_pk.get,
            initial=next(iter(of_pk), None),
            widget=forms.HiddenInput if len(groups) == 1 else forms.Select,
        )


class EditPostForm(PostForm):
    def __init__(self, *args: Any, attachments: models.QuerySet[Attachment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.file_count:
            self.fields["drop"] = forms.ModelMultipleChoiceField(
                attachments,
                label=_("Hapus berkas"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )


class CommentForm(Submitted, forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 3})}


@require_safe
def posts(request: Request) -> HttpResponse:
    groups, cycle = shell_of(request).groups, _cycle(request)
    group = _asked_group(request, groups)
    asked = request.GET.get("audience", "")
    audience = asked if asked in (Post.Audience.DISTRICT, Post.Audience.PUBLIC) else ""
    found = Post.objects.visible_to(request.user).shared().for_list()
    if audience:
        found = found.filter(audience=audience)
    if group:
        found = found.filter(group=group)
    if cycle:
        found = found.filter(cycle=cycle)
    share_url = reverse("share-post")
    context = {
        "page": page_of(found, request),
        "filters": _filters(groups, group, cycle, audience),
        "is_filtered": bool(audience or group or cycle),
        "share_url": f"{share_url}?group={group.pk}" if group else share_url,
    }
    return show(request, "sharing/posts.html", context, part="rows")


@login_not_required
@require_safe
def post(request: Request, pk: int) -> HttpResponse:
    return _show_post(request, _post(request, pk), part="rows")


@require_http_methods(["GET", "POST"])
def share_post(request: Request) -> HttpResponse:
    groups = shell_of(request).groups
    asked = _asked_group(request, groups)
    form = SharePostForm(
        request.POST or None,
        request.FILES or None,
        groups=groups,
        initial={"group": asked.pk} if asked else {},
    )
    if form.is_valid():
        words = dict(form.cleaned_data)
        with refusals_shown_on(form):
            post = services.share_post(
                words.pop("group"), by=request.user, files=words.pop("attachments"), **words
            )
            messages.success(request, _("Terima kasih, bahan Bapak/Ibu sudah dibagikan."))
            return go(request, post)
    context = {"form": form, "groups": groups}
    status = 422 if form.errors else 200
    return show(request, "sharing/share_post.html", context, part="form", status=status)


@require_http_methods(["GET", "POST"])
def edit_post(request: Request, pk: int) -> HttpResponse:
    post = _post(request, pk)
    form = EditPostForm(
        request.POST or None,
        request.FILES or None,
        instance=post,
        attachments=Attachment.objects.visible_to(request.user).filter(post=post),
    )
    if form.is_valid():
        words = dict(form.cleaned_data)
        with refusals_shown_on(form):
            services.edit_post(post, by=request.user, files=words.pop("attachments"), **words)
            messages.success(request, _("Perubahan tersimpan."))
            return go(request, "post", pk)
    context = {"form": form, "post": post, "may_edit": rules.may_edit_post(request.user, post)}
    status = 422 if form.errors else 200
    return show(request, "sharing/edit_post.html", context, part="form", status=status)


@require_POST
def withdraw_post(request: Request, pk: int) -> HttpResponse:
    services.withdraw_post(_post(request, pk), by=request.user)
    return go(request, "post", pk)


@require_POST
def restore_post(request: Request, pk: int) -> HttpResponse:
    services.restore_post(_post(request, pk), by=request.user)
    messages.success(request, _("Bahan ini dapat dibaca lagi."))
    return go(request, "post", pk)


@require_POST
def comment(request: Request, pk: int) -> HttpResponse:
    post = _post(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        with refusals_shown_on(form):
            services.write_comment(post, by=request.user, **form.cleaned_data)
            if not request.htmx:
                return go(request, f"{post.get_absolute_url()}#comments")
            form = CommentForm()
    return _show_post(request, post, part="comments", form=form)


@login_not_required
@require_safe
def attachment(request: Request, pk: int) -> FileResponse:
    """Hand out a file as what it is. Only pictures open in the browser, and nothing runs."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    answer = FileResponse(
        found.file.open("rb"),
        as_attachment=found.content_type not in SHOWN_IN_BROWSER,
        filename=found.name,
        content_type=found.content_type,
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=86400"
    return answer


def _post(request: Request, pk: int) -> Post:
    return get_object_or_404(Post.objects.visible_to(request.user).with_author(), pk=pk)


def _show_post(
    request: Request, post: Post, *, part: str, form: CommentForm | None = None
) -> HttpResponse:
    url = request.build_absolute_uri(post.get_absolute_url())
    context: dict[str, Any] = {
        "post": post,
        "url": url,
        "comments": page_of(post.comments.with_author(), request, size=COMMENTS_ON_A_PAGE),
    }
    if post.file_count:
        context["attachments"] = post.attachments.order_by("pk")
    if request.user.is_authenticated:
        context |= {
            "form": form or CommentForm(),
            "may_comment": rules.may_comment(request.user, post),
            "may_edit": rules.may_edit_post(request.user, post),
            "may_withdraw": rules.may_withdraw_post(request.user, post),
            "may_restore": rules.may_restore_post(request.user, post),
        }
    if not request.htmx:
        context["summary"] = Truncator(strip_tags(post.body_html)).chars(160)
        context["message"] = _("%(title)s\nDibagikan %(author)s\n%(url)s") % {
            "title": post.title,
            "author": post.author,
            "url": url,
        }
    status = 422 if form and form.errors else 200
    return show(request, "sharing/post.html", context, part=part, status=status)


@dataclass(frozen=True)
class Filter:
    url: str
    label: str
    is_current: bool


def _filters(
    groups: list[Group], group: Group | None, cycle: Cycle | None, audience: str
) -> list[Filter]:
    """The ways to narrow the feed, one at a time: a group, a cycle, or who may read."""
    url = reverse("posts")
    filters = [Filter(url, _("Semua"), is_current=not (group or cycle or audience))]
    if cycle:
        filters.append(Filter(f"{url}?cycle={cycle.pk}", str(cycle), is_current=True))
    filters += [Filter(f"{url}?group={one.pk}", one.name, one == group) for one in groups]
    for value, label in (
        (Post.Audience.DISTRICT, _("Semua guru")),
        (Post.Audience.PUBLIC, _("Umum")),
    ):
        filters.append(Filter(f"{url}?audience={value}", label, value == audience))
    return filters


def _asked_group(request: Request, groups: list[Group]) -> Group | None:
    asked = request.GET.get("group", "")
    return next((group for group in groups if str(group.pk) == asked), None)


def _cycle(request: Request) -> Cycle | None:
    asked = number_in(request.GET, "cycle")
    if asked is None:
        return None
    return Cycle.objects.visible_to(request.user).filter(pk=asked).first()
