"""From the signer of a document to a certificate of its State: who vouches for the signer, and whether that still holds.

Several things can be true at once; all are said, and the state is the gravest of them.
"""

from dataclasses import dataclass
from datetime import date

from workstation.documents.chip.signing import signatures
from workstation.documents.chip.signing.certificates import Certificate
from workstation.documents.chip.signing.signatures import Outcome
from workstation.documents.chip.signing.trust import Anchor, Trust
from workstation.documents.travel_document import ChipState
from workstation.sentences import Sentence

_MOST_TRIES = 60


@dataclass(frozen=True, slots=True)
class Chain:
    state: ChipState
    """INTACT where a trusted State vouches for the signer today; NO_ANCHOR, SIGNER_UNKNOWN, SIGNER_REVOKED, SIGNER_EXPIRED or
    UNSUPPORTED otherwise."""
    anchor: Anchor | None
    sentences: tuple[Sentence, ...]


def follow(signer: Certificate, trust: Trust | None, today: date, signed_on: date | None = None) -> Chain:
    """Who vouches for this signer. `signed_on` is the day that the signed attributes tell, where they tell one."""
    country = signer.country or "?"
    if trust is None or not trust.anchors:
        return Chain(
            ChipState.NO_ANCHOR,
            None,
            (Sentence("No certificates of countries are installed here: nobody vouches for the signer of this chip."),),
        )
    candidates = trust.may_have_issued(signer)
    if not candidates:
        said = Sentence(
            "No certificate of {country} is installed here. Public lists lack some countries; have it added by hand.",
            {"country": country},
        )
        return Chain(ChipState.NO_ANCHOR, None, (said,))
    anchor, unsupported = _issuer(signer, candidates)
    if anchor is None and unsupported is not None:
        said = Sentence(
            "Whether {country} vouches for the signer cannot be verified here: {why}.", {"country": country, "why": unsupported}
        )
        return Chain(ChipState.UNSUPPORTED, None, (said,))
    if anchor is None:
        said = Sentence(
            "None of the certificates of {country} that are installed here vouches for the signer {signer}.",
            {"country": country, "signer": signer.subject},
        )
        return Chain(ChipState.SIGNER_UNKNOWN, None, (said,))
    refused = _not_entitled(signer, anchor.certificate)
    if refused is not None:
        return Chain(ChipState.SIGNER_UNKNOWN, anchor, (refused,))
    return _in_force(signer, anchor, trust, today, signed_on)


def _not_entitled(signer: Certificate, issuer: Certificate) -> Sentence | None:
    """Why a signer for whom a State vouches may not sign this State's documents (Doc 9303-12, 7.1); None where it may."""
    if signer.other_use:
        return Sentence("The signer's certificate is for {use}, not for documents.", {"use": signer.other_use})
    if signer.country and issuer.country != signer.country:
        # One country must stand in both. Else any State could make signers for every other.
        values = {"country": signer.country, "other": issuer.country or "?"}
        return Sentence("The signer calls itself one of {country}, but it is {other} that vouches for it.", values)
    return None


def _issuer(signer: Certificate, candidates: tuple[Anchor, ...]) -> tuple[Anchor | None, Sentence | None]:
    """The certificate whose key signed this one, and why another could not be tried."""
    unsupported: Sentence | None = None
    for each in sorted(candidates[:_MOST_TRIES], key=lambda anchor: not anchor.certificate.is_self_issued):
        verified = signatures.verify(each.certificate.public_key, signer.algorithm, "", signer.signature, signer.signed_part)
        if verified.outcome is Outcome.GOOD:
            return each, None
        if verified.outcome is Outcome.UNSUPPORTED and _is_named(each.certificate, signer):
            unsupported = verified.why
    return None, unsupported


def _is_named(issuer: Certificate, child: Certificate) -> bool:
    if issuer.key_identifier and child.issuer_key_identifier:
        return issuer.key_identifier == child.issuer_key_identifier
    return issuer.subject_name == child.issuer_name


def _in_force(signer: Certificate, anchor: Anchor, trust: Trust, today: date, signed_on: date | None) -> Chain:
    issuer = anchor.certificate
    gravest, said = ChipState.INTACT, []
    for each, template in (
        (signer, "The signer's certificate is valid from {from_day} to {to_day} only."),
        (issuer, "The certificate of {country} that vouches for the signer is valid from {from_day} to {to_day} only."),
    ):
        if not each.valid_from <= today <= each.valid_until:
            gravest = ChipState.SIGNER_EXPIRED
            values = {"country": each.country, "from_day": each.valid_from, "to_day": each.valid_until}
            said.append(Sentence(template, values))
    if signed_on is not None and not signer.valid_from <= signed_on <= signer.valid_until:
        gravest = ChipState.SIGNER_EXPIRED
        said.append(
            Sentence("The contents were signed on {day}, when the signer's certificate was not valid.", {"day": signed_on})
        )
    elif signed_on is not None and said:
        said.append(Sentence("The contents were signed on {day}, when the signer's certificate was valid.", {"day": signed_on}))
    if not issuer.valid_from <= signer.valid_from <= issuer.valid_until:
        gravest = ChipState.SIGNER_EXPIRED
        said.append(Sentence("The signer's certificate was issued when the one that vouches for it was not valid."))
    revoked, about_lists = _withdrawn(signer, anchor, trust, today)
    if revoked:
        gravest = ChipState.SIGNER_REVOKED
    return Chain(gravest, anchor, (*revoked, *said, *about_lists))


def _withdrawn(signer: Certificate, anchor: Anchor, trust: Trust, today: date) -> tuple[list[Sentence], list[Sentence]]:
    """Sentences on certificates that are withdrawn, and on what the lists of them cannot tell."""
    keys = [anchor.certificate, *(each.certificate for each in trust.may_have_issued(signer)[:_MOST_TRIES])]
    lists = [each for each in trust.revocations if each.country == signer.country and each.is_signed_by(keys)]
    revoked = [
        Sentence(template, {"country": signer.country})
        for each, template in (
            (signer, "{country} has withdrawn the signer's certificate."),
            (anchor.certificate, "{country} has withdrawn the certificate that vouches for the signer."),
        )
        if any(each.serial in one.serials and one.issuer_name == each.issuer_name for one in lists)
    ]
    if not lists:
        return revoked, [
            Sentence("No list of withdrawn certificates of {country} is installed here.", {"country": signer.country})
        ]
    newest = max(each.issued for each in lists)
    due = max((each.next_due for each in lists if each.next_due), default=None)
    if due is not None and due < today:
        values = {"country": signer.country, "day": newest}
        return revoked, [Sentence("The list of withdrawn certificates of {country} is of {day} and out of date.", values)]
    return revoked, []
