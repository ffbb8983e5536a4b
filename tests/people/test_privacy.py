"""Phone numbers are masked where they are plain, and kept where nobody can read them."""

import pytest
from sqlalchemy import func, select

from siyu.people.identity.identities import identify
from siyu.people.identity.phones import find_by_phone, keep_phones, mask_phones, normal_phone
from siyu.people.models import CustomerPrivate


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("王姐 13812345678", "王姐 138****5678"),
        ("+86 138-1234-5678 老客", "138****5678 老客"),
        ("订单 20261118001", "订单 20261118001"),
        ("138123456789012", "138123456789012"),
        ("", ""),
    ],
)
def test_phones_in_texts_are_masked(text, masked):
    assert mask_phones(text) == masked


def test_phones_are_brought_into_one_form():
    assert normal_phone("138 1234 5678") == normal_phone("+8613812345678") == "+8613812345678"
    assert normal_phone("not a phone") is None
    assert normal_phone("12") is None


async def test_a_phone_is_found_by_its_hash_and_stored_unreadable(ctx, master):
    vault = master.open(ctx.tenant_id, master.new_data_key(ctx.tenant_id))
    friend = await identify(ctx, "external_userid", "", "wm1")
    other = await identify(ctx, "external_userid", "", "wm2")
    await keep_phones(ctx, vault, friend, ["138 1234 5678", "13812345678", "x"])
    found = await find_by_phone(ctx, vault, "+86 13812345678")
    assert found is not None
    assert found.customer_id == friend.customer_id
    row = (await ctx.session.scalars(select(CustomerPrivate))).one()
    assert b"13812345678" not in row.ciphertext + row.blind
    assert vault.decrypt("phone", row.ciphertext) == "+8613812345678"
    # Somebody typed the same number for another customer: it proves nothing, and moves nothing.
    await keep_phones(ctx, vault, other, ["13812345678"])
    again = await find_by_phone(ctx, vault, "13812345678")
    assert again is not None
    assert again.customer_id == friend.customer_id
    assert await ctx.session.scalar(select(func.count()).select_from(CustomerPrivate)) == 2
