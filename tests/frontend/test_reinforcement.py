import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db


def test_the_guru_model_reads_what_colleagues_say_beside_her_promise(client):
    feedback = make.feedback()
    make.reflection(on=feedback.session)
    client.force_login(feedback.session.teacher)

    page = client.get(reverse("promise", args=[feedback.session_id])).text

    assert feedback.suggestion in page
    assert "Kelompok 3 kurang disapa." in page
