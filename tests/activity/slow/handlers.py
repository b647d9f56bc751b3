import os
import time

from activity.events import on
from notifications.events import TaskIsDue


@on(TaskIsDue)
def rest(_event: TaskIsDue) -> None:
    time.sleep(float(os.environ.get("RELAY_RESTS", "0")))
