"""Personal data: phone numbers are masked in plain texts and kept encrypted beside them."""

import re
from collections.abc import Iterable
from typing import Final

import phonenumbers
from sqlalchemy.dialects.postgresql import insert

from siyu.core.context import Context
from siyu.core.vault import Vault
from siyu.facts.people import CustomerChanged
from siyu.people.identity.evidence import Evidence
from siyu.people.identity.identities import find_identity
from siyu.people.identity.joining import claim
from siyu.people.models import CustomerPrivate, Identity

PHONE: Final = "phone"
_HOME: Final = "CN"
_IN_TEXT: Final = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")


def mask_phones(text: str) -> str:
    """Return a text with the middle of each mobile number hidden."""
    return _IN_TEXT.sub(r"\1****\3", text)


def normal_phone(text: str) -> str | None:
    """Return a phone number in E.164 (without a country: Chinese), or nothing when it is none."""
    try:
        number = phonenumbers.parse(text, _HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


async def keep_phones(
    ctx: Context,
    vault: Vault,
    identity: Identity,
    phones: Iterable[str],
    *,
    evidence: Evidence = "staff_remark",
) -> None:
    """Keep phone numbers of a person at one of their ids, encrypted, and found by a keyed hash.

    What a number proves says the evidence: one that the customer gave (`customer_phone`) joins
    people; one that staff typed proves nothing and becomes a suggestion where it leads elsewhere.
    """
    for phone in sorted({normal for text in phones if (normal := normal_phone(text))}):
        blind = vault.blind(PHONE, phone)
        new = await ctx.session.scalar(
            insert(CustomerPrivate)
            .values(
                tenant_id=ctx.tenant_id,
                identity_id=identity.id,
                kind=PHONE,
                ciphertext=vault.encrypt(PHONE, phone),
                blind=blind,
                created_at=ctx.now(),
            )
            .on_conflict_do_nothing()
            .returning(CustomerPrivate.id)
        )
        await claim(ctx, identity, PHONE, "", blind.hex(), evidence)
        if new is not None:
            ctx.announce(
                CustomerChanged(customer_id=identity.customer_id, what="phone"),
                identity_id=identity.id,
            )


async def find_by_phone(ctx: Context, vault: Vault, phone: str) -> Identity | None:
    """Return the identity a phone number leads to, if any."""
    normal = normal_phone(phone)
    if normal is None:
        return None
    return await find_identity(ctx, PHONE, "", vault.blind(PHONE, normal).hex())
