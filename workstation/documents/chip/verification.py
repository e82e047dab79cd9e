"""Passive authentication (ICAO Doc 9303-11, 5): whether the data groups are as the issuing State signed them, and who signed.

Never one tick: the state is the gravest thing found, each data group has its own answer, and what was not checked is said.
That the contents are as signed does not show that the chip is no copy of another: that needs the chip itself.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workstation.documents.chip.signing import certificates, chain, cms, sod
from workstation.documents.chip.signing.certificates import Certificate
from workstation.documents.chip.signing.signatures import Outcome, Verified
from workstation.documents.chip.signing.signed import verify_signed
from workstation.documents.chip.signing.sod import SecurityObject
from workstation.documents.chip.signing.trust import Anchor, Trust
from workstation.documents.chip.tlv import Malformed
from workstation.documents.travel_document import ChipState
from workstation.sentences import Sentence

NOT_SHOWN = Sentence("This shows what was signed, not that the chip is no copy of another, nor that the page belongs to it.")
"""To be said beside INTACT: the best answer of all is not proof of a genuine document."""


class Group(StrEnum):
    """What the signed list says of one data group."""

    AS_SIGNED = "as signed"
    DIFFERS = "not as signed"
    NOT_SIGNED = "not in the signed list"
    NOT_GIVEN = "signed, but not among the files"
    UNCHECKED = "cannot be checked here"


@dataclass(frozen=True, slots=True)
class Verification:
    state: ChipState
    groups: Mapping[int, Group]
    """By number of the data group: those given and those signed."""
    signature: Outcome | None
    """None where there is no security object to look at."""
    signer: Certificate | None
    anchor: Anchor | None
    """The State's certificate that vouches for the signer."""
    sentences: tuple[Sentence, ...]
    """Gravest first."""


def verify(groups: Mapping[int, bytes], security: bytes | None, trust: Trust | None, today: date) -> Verification:
    """The data groups (by number, without padding) beside EF.SOD."""
    unchecked = dict.fromkeys(sorted(groups), Group.UNCHECKED)
    if security is None:
        said = Sentence(
            "The signature of the chip (EF.SOD) is not among the files: nothing shows that the contents are genuine."
        )
        return Verification(ChipState.UNSIGNED, unchecked, None, None, None, (said,))
    try:
        signed_list = sod.security_object(security)
    except Malformed as wrong:
        said = Sentence("The signature of the chip (EF.SOD) cannot be read: {why}.", {"why": wrong.why})
        return Verification(ChipState.UNSUPPORTED, unchecked, None, None, None, (said,))
    compared = _compared(groups, signed_list)
    altered = [
        Sentence(
            "Data group {number} is not as it was signed."
            if state is Group.DIFFERS
            else "Data group {number} is not in the signed list.",
            {"number": number},
        )
        for number, state in compared.items()
        if state in {Group.DIFFERS, Group.NOT_SIGNED}
    ]
    checked, signer, about_certificates = _signature(signed_list)
    found = list(altered)
    state = ChipState.ALTERED if altered else ChipState.INTACT
    if checked.outcome is Outcome.BAD:
        state = ChipState.ALTERED
        found.append(Sentence("The signature over the contents is not right: they were changed after they were signed."))
    elif checked.outcome is Outcome.UNSUPPORTED:
        found.append(Sentence("The signature of the chip cannot be verified here: {why}.", {"why": checked.why}))
        state = ChipState.ALTERED if altered else ChipState.UNSUPPORTED
    if not signed_list.hash_name:
        found.append(Sentence("The hashes of the data groups are of a kind that cannot be computed here."))
        state = ChipState.ALTERED if state is ChipState.ALTERED else ChipState.UNSUPPORTED
    anchor = None
    if signer is not None and checked.outcome is Outcome.GOOD:
        followed = chain.follow(signer, trust, today, _signed_on(signed_list))
        anchor = followed.anchor
        found += followed.sentences
        state = followed.state if state is ChipState.INTACT else state
    found += about_certificates
    found += [
        Sentence("Data group {number} is signed, but not among the files.", {"number": number})
        for number in (1, 2)
        if compared.get(number) is Group.NOT_GIVEN
    ]
    if "sha1" in {signed_list.hash_name, checked.hash_name}:
        found.append(Sentence("The contents are signed with SHA-1, an old method that no longer keeps a skilled forger out."))
    return Verification(state, compared, checked.outcome, signer, anchor, tuple(found))


def _compared(groups: Mapping[int, bytes], signed: SecurityObject) -> dict[int, Group]:
    answer = {}
    for number in sorted({*groups, *signed.hashes}):
        if number not in groups:
            answer[number] = Group.NOT_GIVEN
        elif number not in signed.hashes:
            answer[number] = Group.NOT_SIGNED
        elif not signed.hash_name:
            answer[number] = Group.UNCHECKED
        else:
            digest = hashlib.new(signed.hash_name, groups[number]).digest()
            same = hmac.compare_digest(digest, signed.hashes[number])
            answer[number] = Group.AS_SIGNED if same else Group.DIFFERS
    return answer


def _signed_on(signed_list: SecurityObject) -> date | None:
    attributes = signed_list.signed.signature.attributes
    try:
        time = None if attributes is None else cms.attribute(attributes, cms.SIGNING_TIME)
        return None if time is None else certificates.day_in(time)
    except Malformed:
        return None


def _signature(signed_list: SecurityObject) -> tuple[Verified, Certificate | None, list[Sentence]]:
    found, unread = [], 0
    for each in signed_list.signed.certificates:
        try:
            found.append(certificates.certificate(each))
        except Malformed:
            unread += 1
    about = [Sentence("{count} certificates on the chip cannot be read.", {"count": unread})] if unread else []
    try:
        checked, signer = verify_signed(signed_list.signed, found)
    except Malformed as wrong:
        return Verified(Outcome.UNSUPPORTED, wrong.why), None, about
    return checked, signer, about
