"""Behaviour that is chosen: what the documents leave open, and limits a test may narrow."""

from collections.abc import Mapping
from typing import Final

import msgspec

RULES: Final[Mapping[str, str]] = {
    "moment_unpublished": "U",
    "pictures": "O",
    "official_batch": "U",
    "official_remark": "U",
    "official_code": "U",
    "official_menu": "U",
    "template_once": "U",
    "subscription_fields": "U",
    "mini_page": "U",
    "mini_title": "U",
    "mini_link_days": "D",
    "mini_link_counts": "D",
}
"""Rules that ``rules_off`` can turn off, by name, and the evidence for each.

D: official text was seen; O: a third party says so; U: from memory. README.md says what they do.
"""


class Switches(msgspec.Struct, kw_only=True):
    """Behaviour of WeCom that its documents leave open, and limits that tests may narrow.

    Each default is what the facts call most likely; see README.md for the meaning of each.
    """

    api_calls_back: bool = False
    readd_state: str = "keep"
    way_choice: str = "random"
    half_add: bool = False
    new_app_privacy: bool = True
    open_platform_bound: bool = True
    unionid_in_base: bool = False
    rules_off: tuple[str, ...] = ()
    bad_parameter_code: int = 40058
    per_minute: int = 10_000
    per_hour: int = 150_000
    concurrency: int = 400
    app_messages_per_minute: int = 30
    app_messages_per_hour: int = 1000
    verify_seconds: float = 1.0
    callback_seconds: float = 5.0
    callback_retries: int = 3
    callback_gap_seconds: float = 1.0
    callbacks_in_flight: int = 200
    callback_duplicates: bool = False
    tag_cap: int = 10_000
    way_cap: int = 500_000
    mass_quota: str = "month"
    mass_per_staff_and_day: int = 0
    mass_dispatch_seconds: float = 2.0
    transfer_seconds: float = 86_400.0
    customers_per_staff: int = 20_000
    moment_job_seconds: float = 2.0
    moment_running_jobs: int = 10
    moment_tasks_per_minute: int = 10
    moment_tasks_per_month: int = 100_000
    moments_per_day: int = 0
    moments_per_month: int = 4
    pictures_per_day: int = 1000
    pictures_per_month: int = 3000
    group_members: int = 500
    group_settles_seconds: float = 1.0
    group_quit_left: int = 0
    group_quit_removed: int = 1
    group_inherit_seconds: float = 0.0
    group_transfers_per_day: int = 300
    group_transfers_per_90_days: int = 2
    group_day_limit_code: int = 45024
    group_90_days_limit_code: int = 40128
    group_welcome_cap: int = 100
    join_way_shows_new_rooms: bool = False
    acquisition_units_per_customer: int = 1
    acquisition_link_cap: int = 10_000
    acquisition_open_profile: bool = False
    licences_needed: bool = False
    corp_verified: bool = True
    service_account_cap: int = 5000
    service_code_error: int = 40058
    service_figures_hour: int = 6
    archive_default_agree: bool = False
    archive_notify_seconds: float = 15.0
    followers_per_page: int = 10_000
    permanent_codes: int = 100_000
    mini_links_per_day: int = 500_000
    mini_opens_per_day: int = 3_000_000
    mini_permanent_links: int = 100_000
    pay_proof: str = "public_key"
    pay_refund_seconds: float = 1.0
