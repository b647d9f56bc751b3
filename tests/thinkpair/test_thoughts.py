"""What is thought alone is never written over unseen."""

import pytest
from django.core.exceptions import ValidationError
from rest_framework.test import APIClient

from activity.models import Entry
from tests import make
from thinkpair import services
from thinkpair.models import Thought

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("goes_on_from", "text", "is_taken"),
    [
        ("the newest", "Baru", True),
        ("an older one", "Baru", False),
        ("nothing", "Baru", False),
        # What is there already changes nothing.
        ("nothing", "Dua", True),
        # The API and pages without a script may ask nothing.
        (None, "Baru", True),
    ],
)
def test_think_goes_on_only_from_what_was_seen(goes_on_from, text, is_taken):
    thread = make.thread()
    author = make.member(thread.group)
    older = services.think(thread, by=author, text="Satu", seen="").version
    newest = services.think(thread, by=author, text="Dua", seen=older).version
    seen = {"the newest": newest, "an older one": older, "nothing": ""}.get(goes_on_from)
    entries = Entry.objects.count()

    if is_taken:
        services.think(thread, by=author, text=text, seen=seen)
    else:
        with pytest.raises(ValidationError) as refusal:
            services.think(thread, by=author, text=text, seen=seen)
        assert "“Dua”" in str(refusal.value)

    assert Thought.objects.get().text == (text if is_taken else "Dua")
    assert Entry.objects.count() == entries


def test_the_api_tells_the_version_and_takes_it_back():
    thread = make.thread()
    author, client = make.member(thread.group), APIClient()
    client.force_authenticate(author)
    url = "/api/v1/thoughts/"

    first = client.post(url, {"thread": thread.pk, "text": "Satu", "seen": ""})
    services.think(thread, by=author, text="Dari HP")
    stale = client.post(url, {"thread": thread.pk, "text": "Dua", "seen": first.json()["version"]})

    assert (first.status_code, stale.status_code) == (201, 400)
    assert "Dari HP" in str(stale.json())
    assert Thought.objects.get().text == "Dari HP"
    assert client.get(url).json()["results"][0]["version"] == Thought.objects.get().version
