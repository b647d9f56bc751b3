"""Sharing and changing a post."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from frontend.http import Request, go, refusals_shown_on, show
from frontend.sharing.drafts import asked_draft, asked_mark
from frontend.sharing.editor import preview_asked
from frontend.sharing.finding import asked_group, post_for
from frontend.sharing.links import cycles_to_name, gardens_to_name, link_named, sessions_to_name
from frontend.sharing.post_forms import EditPostForm, SharePostForm
from frontend.shell import shell_of
from frontend.thinkpair.becoming import card_asked, words_for_post
from frontend.times import clock
from groups.models import Group
from sharing import rules, services
from sharing.models import Attachment, Draft, Post
from thinkpair.services import carry_to_post


@require_http_methods(["GET", "POST"])
def share_post(request: Request) -> HttpResponse:
    form, card = _share_form(request), card_asked(request)
    preview = preview_asked(request, form)
    if preview is None and form.is_valid():
        words = dict(form.cleaned_data)
        links = {name: words.pop(name) for name in ("session", "garden")}
        # A post whose link is refused is not shared either: the form comes back with all.
        with refusals_shown_on(form), transaction.atomic():
            post = services.share_post(
                words.pop("group"), by=request.user, files=words.pop("attachments"), **words
            )
            link_named(post, by=request.user, words=links)
            if card:
                carry_to_post(card, by=request.user, post=post)
            messages.success(request, _("Terima kasih, bahan Bapak/Ibu sudah dibagikan."))
            return go(request, post)
    return _show_share_form(request, form, preview)


@require_POST
def save_draft(request: Request) -> HttpResponse:
    """Keep the form as it stands: while one writes, or by its button without JavaScript."""
    try:
        draft = services.save_draft(
            _mark(request),
            by=request.user,
            words=request.POST.dict(),
            begun_as=_mark_or_none(request, "begun_as"),
        )
    except ValidationError as refusal:
        return _show_not_kept(request, refusal)
    if request.htmx:
        return HttpResponse(
            _("Draf tersimpan %(at)s") % {"at": clock(draft.saved_at)} if draft else ""
        )
    if draft is None:
        messages.info(request, _("Tidak ada tulisan baru untuk disimpan sebagai draf."))
    else:
        messages.success(request, _("Draf tersimpan."))
    return go(request, "drafts")


def _mark(request: Request) -> UUID:
    if mark := _mark_or_none(request, "submission"):
        return mark
    raise ValidationError({"submission": _("Formulir ini tidak utuh. Tekan sekali lagi.")})


def _mark_or_none(request: Request, name: str) -> UUID | None:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def _show_not_kept(request: Request, refusal: ValidationError) -> HttpResponse:
    """Say why no draft was kept: with 409 when the form needs another mark than the one it has.

    Without JavaScript the form comes back with its words, or they would be nowhere.
    """
    if request.htmx:
        needs_mark = "submission" in getattr(refusal, "error_dict", ())
        return HttpResponse(" ".join(refusal.messages), status=409 if needs_mark else 422)
    form = _share_form(request)
    # A draft may lack what a post must have: only the refusal is said.
    form.errors.clear()
    with refusals_shown_on(form):
        raise refusal
    return _show_share_form(request, form)


def _share_form(request: Request) -> SharePostForm:
    """The form as it was sent, or as the address asks to begin it."""
    groups = shell_of(request).groups
    draft, card = asked_draft(request), card_asked(request)
    return SharePostForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        groups=groups,
        cycles=cycles_to_name(request.user, groups),
        sessions=sessions_to_name(request, groups),
        gardens=gardens_to_name(request),
        initial=_begun(draft)
        if draft
        else _asked(request, asked_group(request, groups)) | (words_for_post(card) if card else {}),
    )


def _show_share_form(
    request: Request, form: SharePostForm, preview: str | None = None
) -> HttpResponse:
    mark = asked_mark(request)
    context = {
        "form": form,
        "preview": preview,
        "groups": shell_of(request).groups,
        # What the address asks for, such as a card to begin with, goes with the form.
        "asked": f"?{request.GET.urlencode()}" if request.GET else "",
        # The device keeps its words under the address, also when the draft is gone meanwhile.
        "kept_as": f"share-post-{mark}" if mark else "share-post",
        "drafts": Draft.objects.visible_to(request.user).count(),
    }
    status = 422 if form.errors else 200
    return show(request, "sharing/share_post.html", context, part="form", status=status)


def _begun(draft: Draft) -> dict[str, Any]:
    """The form as its author left it; sharing it takes the draft's place."""
    return {**draft.words, "submission": draft.submission}


def _asked(request: Request, group: Group | None) -> dict[str, Any]:
    """What the address asks to begin with: `?kind=`, `?group=`, `?session=`, `?garden=`."""
    kind = request.GET.get("kind", "")
    asked: dict[str, Any] = {name: request.GET.get(name, "") for name in ("session", "garden")}
    asked |= {"group": group.pk} if group else {}
    return asked | ({"kind": kind} if kind in Post.Kind else {})


@require_http_methods(["GET", "POST"])
def edit_post(request: Request, pk: int) -> HttpResponse:
    post = post_for(request, pk)
    form = EditPostForm(
        request.POST or None,
        request.FILES or None,
        instance=post,
        by=request.user,
        attachments=Attachment.objects.visible_to(request.user).filter(post=post),
        cycles=cycles_to_name(request.user, [post.group], of=post),
        sessions=sessions_to_name(request, [post.group], beside=post),
        gardens=gardens_to_name(request, beside=post),
    )
    preview = preview_asked(request, form)
    if preview is None and form.is_valid():
        words = dict(form.cleaned_data)
        cycle = words.pop("cycle")
        links = {name: words.pop(name) for name in ("session", "garden")}
        with refusals_shown_on(form), transaction.atomic():
            # First, as every link locks what it leads to before the post.
            link_named(post, by=request.user, words=links)
            services.edit_post(post, by=request.user, files=words.pop("attachments"), **words)
            # A form without the choice says nothing of it.
            if "cycle" in form.data:
                services.move_post(post, cycle, by=request.user)
            messages.success(request, _("Perubahan tersimpan."))
            return go(request, "post", pk)
    may_edit = rules.may_edit_post(request.user, post)
    context = {"form": form, "preview": preview, "post": post, "may_edit": may_edit}
    status = 422 if form.errors else 200
    return show(request, "sharing/edit_post.html", context, part="form", status=status)
