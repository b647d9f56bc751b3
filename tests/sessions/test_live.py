import pytest

from sessions.services import bump_live
from tests import make

pytestmark = pytest.mark.django_db


def test_bump_live_counts_on_for_that_session_alone():
    session, other = make.session(), make.session()

    bump_live(session.pk)
    bump_live(session.pk)

    session.refresh_from_db()
    other.refresh_from_db()
    assert (session.live_version, other.live_version) == (2, 0)
