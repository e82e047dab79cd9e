"""Makes the golden post of the schema as it stands; run once at each release: python -m tests.golden.make REVISION

A post of numbered faces with everything that a person can do, under tests/golden/REVISION. It is never made again: what an
earlier program wrote is what its successors must be able to read.
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path

from matching.faces.images import png
from tests.factory import NOW, particulars, passport_zone, typed
from tests.fakes import NumberedFaces, picture
from watchlists.records.purposes import Purpose
from workstation.alerts.verdicts import View
from workstation.desk.desk import Desk
from workstation.post import access
from workstation.post.post import create_post
from workstation.training_post.sign_ins import TRAINING_PEOPLE, password_of

HERE = Path(__file__).parent


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def made(folder: Path) -> None:
    """A post in which people, lists, records, screenings, alerts, verdicts, settings and budgets stand."""
    clock = Clock()
    post = create_post(folder, "Golden post", training=True, now=clock())
    with post.store.writing() as session:
        for each in TRAINING_PEOPLE:
            access.add_person(session, clock(), each.login, each.name, each.role, each.password)
    desk = Desk(post, NumberedFaces(), clock)

    def sit(login: str) -> Desk:
        desk.people.sign_out()
        desk.people.sign_in(login, password_of(login) or "")
        return desk

    records = sit("admin").records
    missing = records.add_watchlist("Missing", Purpose.PROTECT, "Child unit", "+00 1").value
    lost = records.add_watchlist("Lost documents", Purpose.DOCUMENT, "Office", "+00 2").value
    child = records.add_record(missing, particulars(), [png(picture(7)), png(picture(7, moment=1))], "reported missing").value
    records.add_record(lost, particulars("", given_names="", document_number="LP7778889"), [], "reported lost")
    gone = records.add_record(missing, particulars("Khan"), [png(picture(8))], "reported missing").value
    records.withdraw_record(gone, "found and safe")
    records.amend_record(child, particulars(other_names=("Nuri",)), "the family said so")
    sit("supervisor").change_settings(desk.settings())
    counter = sit("officer").counter
    first = counter.screen(picture(7, moment=2), source="golden").value
    counter.close_screening(first.screening_id)
    document = typed(passport_zone("Butt", "Bilal", number="LP7778889"))
    counter.screen(picture(500), source="golden", document=document, with_companions=first.screening_id)
    counter.screen(picture(501), source="golden")
    sit("second").second_line.judge(first.alert_id or 0, 1, View.LEAD, ["eyes: alike"])
    desk.close()


if __name__ == "__main__":
    where = HERE / sys.argv[1]
    made(where)
    (where / "post.lock").unlink(missing_ok=True)
