"""The public doors of this room, by the beginning of the path; wired at the roof."""

from siyu.accounts.dependencies import cookie_name
from siyu.content.collection.door import CollectDoor
from siyu.content.collection.sources import SCRIPT_PATH
from siyu.content.links import FindTouch
from siyu.content.pages.article import (
    COLLECT_PATH,
    LINK_PATH,
    AddCode,
    ArticleDoor,
    LinkDoor,
    PageSettings,
    no_add_code,
)
from siyu.content.pages.files import FileDoor, site_script, tracker
from siyu.content.pages.readers import RETURN_PATH, ReaderGate, Readers
from siyu.content.pages.render import TRACKER_PATH
from siyu.content.queries import ARTICLE_PATH, FILES_PATH
from siyu.core.appender import Appender
from siyu.core.clock import Clock
from siyu.core.db import Database
from siyu.core.doors import Door
from siyu.core.files import Files
from siyu.core.settings import Settings
from siyu.core.signing import Signer


def doors(
    *,
    db: Database,
    clock: Clock,
    settings: Settings,
    files: Files,
    signer: Signer,
    gate: ReaderGate,
    inbox: Appender,
    find_touch: FindTouch,
    add_code: AddCode = no_add_code,
) -> dict[str, Door]:
    """Return the doors by path; a path that ends in `/` stands for everything below it.

    `inbox` is `siyu.content.collection.door.inbox(db)`, started and closed by the caller.
    """
    # In the simulated world every browser can come back from WeChat's sign-in.
    real = settings.open_base == Settings.model_fields["open_base"].default
    readers = Readers(db, clock, signer, gate, everywhere=not real, secure=settings.cookies_secure)
    pages = PageSettings(
        settings.jweixin_url,
        settings.frame_ancestors,
        cookie_name(settings),
        settings.cookies_secure,
    )
    article = ArticleDoor(
        db, clock, signer, readers, settings=pages, find_touch=find_touch, add_code=add_code
    )
    return {
        LINK_PATH: Door(LinkDoor(db, clock, inbox).handle),
        ARTICLE_PATH: Door(article.handle),
        RETURN_PATH: Door(readers.come_back),
        COLLECT_PATH: Door(CollectDoor(db, clock, signer, inbox).handle),
        FILES_PATH: Door(FileDoor(db, files).handle),
        TRACKER_PATH: Door(tracker),
        SCRIPT_PATH: Door(site_script),
    }
