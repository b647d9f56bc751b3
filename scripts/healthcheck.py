"""Whether one part of the platform works: healthcheck.py web|events|beat, run inside its container.

Exit code 0 when it does. A worker is asked by `celery inspect ping`.
"""

import http.client
import os
import sys
import time
from pathlib import Path

SILENCE_OF_BEAT = 600


def web() -> bool:
    """It answers, and so does its database."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
    connection.request("GET", "/healthz", headers={"Host": host})
    return connection.getresponse().status == http.HTTPStatus.OK


def events() -> bool:
    """It answers, and where rooms are watched it has looked at them lately."""
    connection = http.client.HTTPConnection("127.0.0.1", 8001, timeout=4)
    connection.request("GET", "/events/healthz")
    return connection.getresponse().status == http.HTTPStatus.OK


def beat() -> bool:
    """It wrote down its schedule lately, as it does every three minutes."""
    schedules = Path(os.environ["DATA_DIR"]).glob("beat-schedule*")
    return any(time.time() - path.stat().st_mtime < SILENCE_OF_BEAT for path in schedules)


if __name__ == "__main__":
    sys.exit(not {"web": web, "events": events, "beat": beat}[sys.argv[1]]())
