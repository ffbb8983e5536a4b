"""Rules without a document have names and stand with their evidence; they can be turned off."""

import re
from pathlib import Path

import siyu.sandbox
from siyu.sandbox.world.switches import RULES, Switches

README = Path(siyu.sandbox.__file__).with_name("README.md")


def test_every_switch_and_every_rule_is_in_the_documents():
    text = README.read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(\w+)` \| ([DOU]) \| ", text, re.MULTILINE))
    assert told == dict(RULES)
    named = set(re.findall(r"`(\w+)`", text))
    assert set(Switches.__struct_fields__) <= named


async def test_a_rule_that_is_off_refuses_nothing(world):
    official = await world.control("GET", "official")
    token = await world.call_free(
        "token", grant_type="client_credential", appid=official["appid"], secret=official["secret"]
    )
    world.token = token["access_token"]
    entries = [
        {"type": "click", "name": f"第{number}项", "key": f"{number}"} for number in range(4)
    ]
    assert (await world.call("menu/create", button=entries))["errcode"] == 40017
    await world.switch(rules_off=["official_menu"])
    assert (await world.call("menu/create", button=entries))["errcode"] == 0
    await world.refused("PUT", "admin/switches", {"rules_off": ["gravity"]})


async def test_the_code_of_bad_parameters_is_a_switch(world):
    bad = {"chat_id_list": [], "new_owner": "linxiaoyue"}
    assert (await world.call("externalcontact/groupchat/transfer", **bad))["errcode"] == 40058
    await world.switch(bad_parameter_code=40035)
    assert (await world.call("externalcontact/groupchat/transfer", **bad))["errcode"] == 40035
