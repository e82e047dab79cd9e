"""What an officer does at the counter: look, screen with a document or without, and close. Nothing here tells a list."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from matching.faces.finding import Face
from matching.faces.images import Image, decode
from matching.rates.scale import Scale
from watchlists.traits.calendar_day import day_of
from workstation import settings
from workstation.accountability.acts import Deed
from workstation.alerts.companions import Companion, companions
from workstation.at_counter.traveller import Whose
from workstation.capture.face_reader import Faces, Sighting
from workstation.desk.lists import KeptLists
from workstation.desk.points import OperatingPoint
from workstation.documents import evidence as document_evidence
from workstation.documents import portrait, reading
from workstation.documents.chip.comparison import joined
from workstation.documents.chip.folder import document_from_chip, read_folder
from workstation.documents.chip.signing.trust import read_trust
from workstation.documents.travel_document import Origin, TravelDocument
from workstation.documents.zone_reader.reading import Pages
from workstation.errors import OperatorError
from workstation.post.access import Act
from workstation.post.acting import Changed, Done, Seat
from workstation.schema import ScreeningRow
from workstation.screening import gathering, screening
from workstation.screening.face_search import Against
from workstation.screening.last_travellers import WRONG_DOCUMENT, LastTraveller, last_travellers
from workstation.screening.portrait_comparison import PortraitComparison
from workstation.screening.screening import Screened, Stated
from workstation.screening.second_opinion import SecondOpinion
from workstation.search.coverage import Searched, part_searched
from workstation.search.lists import DAMAGED
from workstation.sentences import Sentence

LONGEST_REASON = 200
CERTIFICATES = "certificates"
"""Folder of a post with country certificates and lists of withdrawn ones, as `amaan chip --trust` takes them."""


class Counter:
    def __init__(
        self,
        seat: Seat,
        faces: Faces,
        scale: Scale,
        lists: KeptLists,
        point: OperatingPoint,
        portraits: Scale | None,
        second: SecondOpinion | None,
    ) -> None:
        self._seat, self._faces, self._scale, self._lists, self._point = seat, faces, scale, lists, point
        self._portraits, self._second = portraits, second

    def look(self, image: Image) -> tuple[Sighting, ...]:
        """The faces in a picture, so that the officer can choose one. Nothing is kept."""
        self._seat.require(Act.SCREEN)
        found = self._faces.look(image)
        self._seat.looked(Deed.LOOKED_AT, "post", {"faces": len(found)})
        return found

    def screen(
        self,
        image: Image | None,
        *,
        face: Face | None = None,
        source: str,
        taken_by_hand: bool = False,
        others: Sequence[tuple[Image, Face]] = (),
        document: TravelDocument | None = None,
        whose: Whose = Whose.SURE,
        no_photo: str = "",
        notes: Sequence[Sentence] = (),
        after: int | None = None,
        with_companions: int | None = None,
    ) -> Done[Screened]:
        """Look, encode, search, answer. Written with its log entry before it is returned, whatever the answer.

        `others`: further frames of the same traveller a moment ago, used together with this one. `image` is None only with
        `no_photo`, why there can be none. `notes`: what was noticed while the picture was taken. `after`: the earlier
        screening of the same traveller that this one takes the place of; `with_companions`: one of somebody who travels along.
        `whose`: how sure it is that the document is this traveller's; it is left out where the officer is to be asked first.
        """
        person = self._seat.require(Act.SCREEN)
        standing = self._seat.require_sound()
        stated = Stated(source, document, _reason(image, no_photo), tuple(notes), after, with_companions)
        seen = (
            screening.look(self._faces, image, face, by_hand=taken_by_hand, others=others)
            if image is not None
            else screening.UNSEEN
        )
        stated = screening.whose_page(seen, stated, whose, self._portraits, self._seat.clock())
        found = self._lists.current()
        points = self._point.points(found)
        register = self._lists.register()
        with self._seat.post.store.writing() as session:
            now, wanted = self._seat.clock(), settings.settings(session)
            post, doubt = self._seat.post, self._lists.day().doubt
            against = Against(found, register, points, self._scale, wanted, post, self._second, self._portraits, doubt)
            answered = screening.answer(session, now, person.login, image, seen, stated, against)
            told = answered.for_the_log()
            if standing.altered:
                told["answered_for_by"] = standing.answered_by
            self._seat.log(session, person.login, Deed.SCREENED, f"screening:{answered.screening_id}", told)
        if answered.receipt is not None and not answered.receipt.complete and set(answered.receipt.all_faults) - {DAMAGED}:
            self._lists.forget()  # what is damaged in the store would be read as damaged again
        changed = Changed.AUDIT | (Changed.ALERTS if answered.new_alert else Changed.NOTHING)
        return Done(answered, changed)

    def read_page(self, image: Image, origin: Origin, pages: Pages) -> TravelDocument:
        """The document in a picture of its page. Nothing is searched or kept."""
        self._seat.require(Act.SCREEN)
        document = reading.read_page(image, origin, pages, self._faces, day_of(self._seat.clock()))
        self._seat.looked(Deed.PAGE_READ, "post", {"origin": origin})
        return document

    def read_chip(self, folder: Path, page: TravelDocument | None = None) -> TravelDocument:
        """The document whose chip was exported to the folder, checked against the post's certificates of countries, if any.

        `page`: the same document as it was read or typed, which the chip is compared with. OperatorError when there is no chip
        in the folder. Nothing is searched or kept.
        """
        self._seat.require(Act.SCREEN)
        certificates = self._seat.post.folder / CERTIFICATES
        trust = read_trust(certificates) if certificates.is_dir() else None
        document = document_from_chip(read_folder(folder, trust, day_of(self._seat.clock())))
        self._seat.looked(Deed.CHIP_READ, "post", {"folder": folder.name})
        if document.portrait is not None:
            found = portrait.find(document.portrait.image, self._faces, from_chip=True)
            document = replace(document, portrait=found or document.portrait)
        return document if page is None else joined(page, document)

    def look_up(self, document: TravelDocument) -> Done[tuple[Searched, ...]]:
        """Search the document's numbers and names at once, before there is a face, and say only how completely.

        Whether anything waits is told with the answer of `screen`, which searches them again in its own transaction: an answer
        that came in two parts would tell the traveller by its timing which part it was.
        """
        self._seat.require(Act.SCREEN)
        traveller = document_evidence.traveller(document)
        register = self._lists.register()
        with self._seat.acting(Act.SCREEN) as (session, person, _):
            parts = gathering.told(session, *gathering.look_up(traveller, register), register)
            found = tuple(part_searched(each) for each in parts)
            details = {"origin": document.origin, "complete": all(each.complete for each in found)}
            self._seat.log(
                session, person.login, Deed.LOOKED_UP, "post", details | {each.what: each.compared for each in found}
            )
        if not all(each.complete for each in found):
            self._lists.forget()
        return Done(found, Changed.AUDIT)

    def compare_portrait(self, image: Image, face: Face, document: TravelDocument) -> PortraitComparison | None:
        """The face beside the document's portrait, before any answer. None when they cannot be compared. Nothing is kept."""
        self._seat.require(Act.SCREEN)
        seen = screening.look(self._faces, image, face, by_hand=True)
        compared = screening.compare_portrait(seen, document, self._portraits, self._seat.clock())
        self._seat.looked(Deed.PORTRAIT_COMPARED, "post", {"origin": document.origin})
        return compared

    def companions(self, screening_id: int) -> tuple[Companion, ...]:
        """Who was said to travel with this traveller."""
        self._seat.require(Act.SCREEN)
        with self._seat.post.store.reading() as session:
            found = companions(session, screening_id)
        self._seat.looked(Deed.COMPANIONS_READ, f"screening:{screening_id}", {"count": len(found)})
        return found

    def close_screening(self, screening_id: int) -> Done[None]:
        """The officer has read the answer and is done with this traveller."""
        with self._seat.acting(Act.SCREEN) as (session, person, _):
            self._seat.log(session, person.login, Deed.SCREENING_CLOSED, f"screening:{screening_id}", {})
        return Done(None, Changed.AUDIT)

    def last_travellers(self) -> tuple[LastTraveller, ...]:
        """The last ten at this lane, so that one can be looked at again."""
        self._seat.require(Act.SCREEN)
        with self._seat.post.store.reading() as session:
            found = last_travellers(session, settings.settings(session).lane)
        self._seat.looked(Deed.LAST_TRAVELLERS_READ, "post", {"count": len(found)})
        return found

    def wrong_document(self, screening_id: int) -> Done[Screened | None]:
        """The document of that screening was not that traveller's. The face is searched anew while its picture is kept.

        What was found stands, since an alert is never taken back; the second line reads what the officer said. OperatorError
        when there is no such screening, or none with a document.
        """
        self._seat.require(Act.SCREEN)
        with self._seat.post.store.reading() as session:
            row = session.get(ScreeningRow, screening_id)
            if row is None or not row.document:
                raise OperatorError("Screening {screening} has no document to be taken back.", screening=screening_id)
            probe, source = row.probe, row.source
        with self._seat.acting(Act.SCREEN) as (session, person, _):
            self._seat.log(session, person.login, Deed.DOCUMENT_DISOWNED, f"screening:{screening_id}", {})
        if probe is None:
            return Done(None, Changed.AUDIT)
        notes = (WRONG_DOCUMENT,)
        again = self.screen(decode(probe), source=source, taken_by_hand=True, notes=notes, after=screening_id)
        return Done(again.value, again.changed | Changed.ALERTS)

    def reopen_screening(self, screening_id: int) -> Done[None]:
        """The closing was taken back."""
        with self._seat.acting(Act.SCREEN) as (session, person, _):
            self._seat.log(session, person.login, Deed.SCREENING_REOPENED, f"screening:{screening_id}", {})
        return Done(None, Changed.AUDIT)


def _reason(image: Image | None, no_photo: str) -> str:
    """Why there is no photograph, checked against whether there is one."""
    reason = no_photo.strip().rstrip(".")
    if image is None and not reason:
        raise OperatorError("There is no picture. Take one, or say why no photograph is possible.")
    if image is not None and reason:
        raise OperatorError("There is a picture, so that no reason for its absence is needed. Leave one of them out.")
    if len(reason) > LONGEST_REASON:
        raise OperatorError("The reason takes {longest} characters. Shorten it.", longest=LONGEST_REASON)
    return reason
