"""What the frame of the window asks the desk, every now and then."""

from workstation.desk.desk import Desk, PostStatus
from workstation.post.access import Person
from workstation.settings import Settings


def situation(desk: Desk) -> tuple[PostStatus, Settings, Person | None, bool]:
    """Everything that the frame of the window shows."""
    desk.keep_up()
    return desk.status(), desk.settings_to_open(), desk.person, desk.people.first_start()
