import gzip

import httpx

from siyu.core.web.static import StaticFiles


async def ask(app, path: str, **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as browser:
        return await browser.get(path, headers={"accept-encoding": "identity", **headers})


async def test_pages_are_fresh_and_assets_stay(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<p>page")
    (tmp_path / "assets" / "a-1.js").write_text("x" * 5000)
    app = StaticFiles(tmp_path, "/console")
    page = await ask(app, "/console/customers/5")
    assert (page.text, page.headers["cache-control"]) == ("<p>page", "no-cache")
    asset = await ask(app, "/console/assets/a-1.js")
    assert "immutable" in asset.headers["cache-control"]
    assert (await ask(app, "/console/assets/missing.js")).status_code == 404


async def test_texts_are_compressed_for_who_can_read_it(tmp_path):
    (tmp_path / "big.js").write_text("x" * 5000)
    app = StaticFiles(tmp_path, "/static", index=False)
    packed = await ask(app, "/static/big.js", **{"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == "x" * 5000
    assert int(packed.headers["content-length"]) == len(gzip.compress(b"x" * 5000, mtime=0))


async def test_nothing_outside_the_folder_is_served(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    app = StaticFiles(tmp_path / "in", "/static", index=False)
    assert (await ask(app, "/static/../secret.txt")).status_code == 404


async def test_a_missing_build_says_what_to_do(tmp_path):
    page = await ask(StaticFiles(tmp_path / "none", "/console"), "/console/")
    assert "./siyu serve" in page.text
