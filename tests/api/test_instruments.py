import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from observations import reference
from observations.content import content_of
from observations.models import Instrument
from tests import make
from tests.observations.test_xlsform import ITEM, form

pytestmark = pytest.mark.django_db


def api(user: User) -> APIClient:
    program = APIClient()
    program.force_authenticate(User.objects.get(pk=user.pk))
    return program


def test_a_draft_is_made_changed_published_renewed_and_retired():
    group = make.group()
    program = api(make.chair(group))
    content = content_of(make.instrument(of=group, published=True))
    content["instrument"]["name"] = "Lembar literasi"

    made = program.post(
        reverse("instrument-list"), {"group": group.pk, "content": content}, format="json"
    )
    pk = made.data["id"]
    content["instrument"]["minutes"] = 12
    changed = program.put(reverse("instrument-content", args=[pk]), content, format="json")
    published = program.post(reverse("instrument-publish", args=[pk]))
    fixed = program.put(reverse("instrument-content", args=[pk]), content, format="json")
    renewed = program.post(reverse("instrument-renew", args=[pk]))
    discarded = program.delete(reverse("instrument-detail", args=[renewed.data["id"]]))
    retired = program.post(reverse("instrument-retire", args=[pk]))

    assert (made.status_code, made.data["status"], made.data["code"]) == (
        *(201, "draft", "lembar-literasi"),
    )
    assert changed.data["minutes"] == 12
    assert published.data["status"] == "published"
    assert fixed.status_code == 403
    assert "sudah terbit tidak berubah" in fixed.data["detail"]
    assert (renewed.status_code, renewed.data["version"]) == (201, 2)
    assert discarded.status_code == 204
    assert retired.data["status"] == "retired"
    assert Instrument.objects.count() == 2


def test_the_content_is_read_and_copied():
    reference.load()
    group = make.group()
    program = api(make.chair(group))
    teach = Instrument.objects.get(code="teach-primary")

    content = program.get(reverse("instrument-content", args=[teach.pk])).data
    copy = program.post(
        reverse("instrument-copy", args=[teach.pk]),
        {"group": group.pk, "name": "Teach kami"},
        format="json",
    )

    assert content == content_of(teach)
    assert (copy.status_code, copy.data["name"], copy.data["group"]) == (
        *(201, "Teach kami", group.pk),
    )
    assert copy.data["notice"] == teach.notice


def test_xlsform_goes_out_and_comes_in():
    reference.load()
    program = api(make.officer())
    ringkas = Instrument.objects.get(is_default=True)
    out = program.get(reverse("instrument-xlsform", args=[ringkas.pk]))

    back = program.post(
        reverse("instrument-from-xlsform"), {"file": SimpleUploadedFile("a.xlsx", out.content)}
    )

    draft = Instrument.objects.get(pk=back.data["id"])
    assert back.status_code == 201
    assert draft.group is None
    assert (
        content_of(draft)["instrument"]["aspects"] == content_of(ringkas)["instrument"]["aspects"]
    )


def test_rows_that_cannot_be_expressed_are_named_and_nothing_is_made():
    program = api(make.officer())
    file = SimpleUploadedFile("a.xlsx", form(ITEM, ("image", "foto", "Foto")))

    refused = program.post(reverse("instrument-from-xlsform"), {"file": file})

    assert refused.status_code == 400
    assert refused.data["non_field_errors"] == [
        "survey, baris 3: jenis “image” tidak dapat dinyatakan."
    ]
    assert not Instrument.objects.exists()


def test_a_draft_that_lacks_something_is_not_published():
    group = make.group()
    program = api(make.chair(group))
    content = content_of(make.instrument(of=group))
    content["instrument"]["aspects"] = []
    content["scales"] = []
    made = program.post(
        reverse("instrument-list"), {"group": group.pk, "content": content}, format="json"
    )

    refused = program.post(reverse("instrument-publish", args=[made.data["id"]]))

    assert refused.status_code == 400
    assert refused.data["non_field_errors"] == [
        "Tambahkan paling sedikit satu aspek dengan isinya."
    ]
