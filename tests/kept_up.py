"""The post as the window shows it."""

from workstation.desk.desk import Desk, PostStatus


def status(desk: Desk) -> PostStatus:
    """What the window shows of the post, after the program did what was due."""
    desk.keep_up()
    return desk.status()
