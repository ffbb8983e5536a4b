"""The official account, the mini program and WeChat Pay go on after the world was killed."""

from worlds import WorldClient, running

from siyu.sandbox.settings import SandboxSettings


async def act(world: WorldClient, person: int, what: str, **body: object) -> dict[str, object]:
    return dict(await world.control("POST", f"people/{person}/{what}", body))


async def test_accounts_keys_and_consents_survive(settings: SandboxSettings) -> None:
    async with running(settings) as world:
        merchant = await world.control("GET", "pay/merchant")
        official, mini = await world.control("GET", "official"), await world.control("GET", "mini")
        person = (await world.person())["id"]
        await act(world, person, "official/follow")
        template = next(t["id"] for t in official["templates"] if t["kind"] == "official")
        await act(world, person, "official/choose", template_id=template)
        seen = await world.control("GET", f"people/{person}/official")
        code = (await act(world, person, "mini/login"))["code"]

    async with running(settings) as world:
        assert await world.control("GET", "pay/merchant") == merchant
        again = await world.control("GET", "official")
        assert (again["original_id"], again["followers"]) == (official["original_id"], 1)
        assert await world.control("GET", "mini") == mini
        assert await world.control("GET", f"people/{person}/official") == seen
        asked = {
            "appid": mini["appid"], "secret": mini["secret"], "js_code": code,
            "grant_type": "authorization_code",
        }  # fmt: skip
        answer = await world.http.get("/sns/jscode2session", params=asked)
        assert answer.json()["openid"].startswith("o")
