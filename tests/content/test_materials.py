"""What a planner writes is kept clean; what a planner uploads is a picture and nothing else."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from shop import open_shop
from siyu.content.cleaning import clean_html, plain_text
from siyu.content.pictures import MOST_BYTES, encode_anew
from siyu.content.queries import list_materials
from siyu.content.schemas import MaterialDraft
from siyu.content.service import (
    archive_material,
    create_material,
    get_material,
    publish_material,
    update_material,
)
from siyu.core.errors import Conflict, Invalid, NotFound, TooLarge


@pytest.mark.parametrize(
    ("dirty", "kept"),
    [
        ("<p>好</p><script>alert(1)</script>", "<p>好</p>"),
        ('<img src="/files/a.jpg" onerror="alert(1)">', '<img src="/files/a.jpg">'),
        ('<iframe src="https://evil.example"></iframe>x', "x"),
        ('<a href="javascript:alert(1)">去</a>', '<a rel="noopener nofollow">去</a>'),
        ('<p style="position:fixed;color:red">x</p>', '<p style="color:red">x</p>'),
        ("<form action=/><input name=p></form>", ""),
        ("<svg onload=alert(1)><p>x</p></svg>", "<p>x</p>"),
    ],
)
def test_what_could_act_is_gone(dirty, kept):
    assert clean_html(dirty) == kept


def test_words_of_neighbouring_blocks_stay_apart():
    assert plain_text("<h2>第一步</h2><p>洗手<b>再</b>做</p>") == "第一步 洗手再做"


async def test_an_article_is_written_published_and_archived(shop):
    async with shop.work() as ctx:
        draft = MaterialDraft(title=" 辅食 ", body="<p>六个月起。</p><script>1</script>")
        material = await create_material(ctx, draft)
        assert (material.state, material.title) == ("draft", "辅食")
        assert (material.body, material.summary) == ("<p>六个月起。</p>", "六个月起。")
        await publish_material(ctx, material.id)
        await publish_material(ctx, material.id)
        await update_material(
            ctx, material.id, MaterialDraft(title="辅食", body="<p>新</p>", topics=["喂养", "喂养"])
        )
        assert material.topics == ["喂养"]
        await archive_material(ctx, material.id)
    assert [fact.properties for fact in await shop.facts("material.published")] == [
        {"material_id": material.id}
    ]


async def test_nothing_empty_is_published(shop):
    async with shop.work() as ctx:
        material = await create_material(ctx, MaterialDraft(title="空"))
        with pytest.raises(Invalid):
            await publish_material(ctx, material.id)
        with pytest.raises(Conflict):
            await archive_material(ctx, material.id)


async def test_the_list_pages_by_key_and_filters(shop):
    made = [
        (await shop.article(title=f"第{n}篇", topics=["偶" if n % 2 == 0 else "奇"]))
        for n in range(5)
    ]
    async with shop.work() as ctx:
        seen = []
        cursor = None
        while True:
            page = await list_materials(ctx, state="published", topic=None, cursor=cursor, limit=2)
            seen += [item.id for item in page.items]
            cursor = page.next_cursor
            if cursor is None:
                break
        assert seen == [material.id for material in reversed(made)]
        even = await list_materials(ctx, state=None, topic="偶", cursor=None, limit=50)
        assert len(even.items) == 3


async def test_another_tenant_does_not_see_it(shop, db, clock, master, tenant_id):
    material = await shop.article()
    neighbour = await open_shop(db, clock, master, tenant_id + 500_000)
    async with neighbour.work() as ctx:
        with pytest.raises(NotFound):
            await get_material(ctx, material.id)


def picture(mode="RGB", size=(32, 32), kind="PNG", **more) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else (255, 0, 0, 10)).save(out, kind, **more)
    return out.getvalue()


def test_a_picture_is_encoded_anew_and_smaller():
    info = PngInfo()
    info.add_text("hidden", "<script>")
    content, kind = encode_anew(picture(size=(4000, 100), pnginfo=info))
    assert kind == "image/jpeg"
    assert b"script" not in content
    assert max(Image.open(io.BytesIO(content)).size) == 1600
    assert encode_anew(picture("RGBA"))[1] == "image/png"


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='x'/>", b"GIF89a", picture()[:40], b"%PDF-1.4"]
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(Invalid):
        encode_anew(content)


def test_a_picture_that_is_too_large_is_refused():
    with pytest.raises(TooLarge):
        encode_anew(b"x" * (MOST_BYTES + 1))
    with pytest.raises((Invalid, TooLarge)):
        encode_anew(picture("RGB", (9000, 9000)))
