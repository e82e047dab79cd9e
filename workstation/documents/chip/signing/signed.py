"""Whether signed data is as its signer left it: the digest among the signed attributes, and the signature over these."""

import hashlib
import hmac
from collections.abc import Sequence

from workstation.documents.chip.signing import cms, signatures, sod
from workstation.documents.chip.signing.certificates import Certificate, name_of
from workstation.documents.chip.signing.cms import Signature, SignedData
from workstation.documents.chip.signing.signatures import Outcome, Verified
from workstation.documents.chip.tlv import Malformed
from workstation.sentences import Sentence


def verify_signed(signed: SignedData, candidates: Sequence[Certificate]) -> tuple[Verified, Certificate | None]:
    """Whether content and signature belong together, and the certificate of `candidates` whose key says so.

    Without a certificate nothing can be told: UNSUPPORTED and None.
    """
    signature = signed.signature
    signer = _signer(signature, candidates)
    digest = sod.hash_name(signature.digest)
    covered = [signed.content]
    if signature.attributes is not None:
        if not digest:
            return Verified(Outcome.UNSUPPORTED, Sentence("the hash that the signature names")), signer
        found = cms.message_digest(signature.attributes)
        if found is None or not hmac.compare_digest(found, hashlib.new(digest, signed.content).digest()):
            return Verified(Outcome.BAD, hash_name=digest), signer
        covered = list(dict.fromkeys((signature.attributes, cms.sorted_set(signature.attributes))))
    if signer is None:
        return Verified(Outcome.UNSUPPORTED, Sentence("the signer's certificate is not there")), None
    tried = [signatures.verify(signer.public_key, signature.algorithm, digest, signature.value, message) for message in covered]
    return next((each for each in tried if each.outcome is Outcome.GOOD), tried[0]), signer


def _signer(signature: Signature, candidates: Sequence[Certificate]) -> Certificate | None:
    """By key or by issuer and number. Some security objects write the issuer otherwise than the certificate: the number
    then decides, and where there is one certificate only, it is the signer's; the signature proves it.
    """
    if signature.key_identifier is not None:
        named = [each for each in candidates if each.key_identifier == signature.key_identifier]
    else:
        named = [each for each in candidates if each.serial == signature.serial]
        if len(named) > 1 and signature.issuer is not None:
            try:
                issuer = name_of(signature.issuer)
            except Malformed:
                issuer = ()
            named = [each for each in named if each.issuer_name == issuer] or named
    if not named and len(candidates) == 1:
        return candidates[0]
    return named[0] if named else None
