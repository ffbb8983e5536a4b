"""How the world begins: the corporation, its shop, its staff and the customers it already has."""

from random import Random

from siyu.sandbox.world import acquisition, ids, names
from siyu.sandbox.world import records as r
from siyu.sandbox.world.behaviour_records import ADDED
from siyu.sandbox.world.licences import Provider
from siyu.sandbox.world.state import World
from siyu.sandbox.world.switches import Switches

DAY = 86_400
PERMISSIONS = (
    "customer_contact", "directory", "directory_write", "app_message", "oauth", "jssdk",
    "acquisition", "customer_service", "archive",
)  # fmt: skip
_AGENTS = ((1_000_002, "私域助手"), (1_000_003, "考勤打卡"))
_SCAN = 1
_SHARED_SHARE = 0.08
_TAGGED_SHARE = 0.55
_REMARK_SHARE = 0.5
_MEMBER_SHARE = 0.6
_MAIL_DOMAIN = "xiaojingyu.example"
_ACQUISITION_UNITS, _ACQUISITION_DAYS = 1000, 365


def make_person(world: World, rng: Random, *, origin: str) -> r.Person:
    """Create a WeChat user who follows nobody yet."""
    corp = world.corp
    number = corp.next_person
    corp.next_person += 1
    world.corps.save(corp)
    gender = rng.choices((1, 2, 0), weights=(22, 70, 8))[0]
    return world.add_person(
        r.Person(
            id=number,
            name=names.person_name(rng, gender),
            gender=gender,
            unionid=ids.unionid(rng),
            external_userid=ids.external_userid(rng),
            openids={corp.corpid: ids.openid(rng), world.official.appid: ids.openid(rng)},
            phone=names.phone_number(rng),
            member_id=f"M{100_000 + number}" if rng.random() < _MEMBER_SHARE else "",
            created=world.now(),
            origin=origin,
        )
    )


def sow(world: World) -> None:
    """Fill an empty world from its seed."""
    rng = Random(world.settings.seed)  # noqa: S311  a seeded population
    _corporation(world, rng)
    _directory(world, rng)
    _tags(world, rng)
    world.shops.save(
        r.Shop(
            name="小鲸鱼母婴商城",
            products=[r.Product(sku=s, name=n, price_fen=p) for s, n, p in names.PRODUCTS],
        )
    )
    world.licensed.providers.save(
        Provider(corpid=ids.corpid(ids.seeded("provider")), secret=ids.secret(ids.seeded("secret")))
    )
    acquisition.grant(world, _ACQUISITION_UNITS, _ACQUISITION_DAYS)
    for _ in range(world.settings.customers):
        _customer(world, rng)


def _corporation(world: World, rng: Random) -> None:
    world.switch_shelf.save(Switches())
    world.corps.save(
        r.Corp(
            corpid=ids.corpid(rng),
            name="小鲸鱼母婴",
            jsapi_ticket="",
            jsapi_ticket_expires=0,
        )
    )
    world.officials.save(
        r.OfficialAccount(
            appid=ids.appid(rng),
            name="小鲸鱼母婴",
            secret=ids.secret(rng, 32),
            verify_name=f"MP_verify_{ids.random_text(16, rng)}.txt",
        )
    )
    for agentid, name in _AGENTS:
        world.apps.save(
            r.App(
                agentid=agentid,
                name=name,
                secret=ids.secret(rng),
                verify_name=f"WW_verify_{ids.random_text(16, rng)}.txt",
                description=f"{name}(企业自建应用)",
                permissions=dict.fromkeys(PERMISSIONS, agentid == _AGENTS[0][0]),
            )
        )


def _directory(world: World, rng: Random) -> None:
    for number, name, parent, order in names.DEPARTMENTS:
        world.departments.save(r.Department(id=number, name=name, parent=parent, order=order))
    for userid, name, alias, gender, department, position, employee, leader in names.STAFF:
        world.staff.save(
            r.Staff(
                userid=userid,
                name=name,
                alias=alias,
                gender=gender,
                department=department,
                position=position,
                mobile=names.phone_number(rng),
                employee=employee,
                biz_mail=f"{userid}@{_MAIL_DOMAIN}",
                leader=leader,
            )
        )


def _tags(world: World, rng: Random) -> None:
    created = int(world.now()) - 200 * DAY
    for position, (group, tags) in enumerate(names.TAG_GROUPS):
        world.tag_groups.save(
            r.TagGroup(
                id=ids.tag_id(rng),
                name=group,
                order=len(names.TAG_GROUPS) - position,
                created=created,
                tags=[
                    r.Tag(id=ids.tag_id(rng), name=tag, order=len(tags) - place, created=created)
                    for place, tag in enumerate(tags)
                ],
            )
        )


def _customer(world: World, rng: Random) -> None:
    person = make_person(world, rng, origin="seed")
    accounts = list(world.staff)
    followers = rng.sample(accounts, 2 if rng.random() < _SHARED_SHARE else 1)
    groups = list(world.tag_groups)
    # Colleagues agree on what somebody is: of tags of one group a person has one.
    agreed: dict[str, str] = {}
    for staff in followers:
        tags: list[str] = []
        if rng.random() < _TAGGED_SHARE:
            tags = [
                agreed.setdefault(group.id, rng.choice(group.tags).id)
                for group in rng.sample(groups, rng.randint(1, 2))
            ]
        add_way = rng.choices((_SCAN, 2, 3, 4, 201), weights=(50, 15, 15, 15, 5))[0]
        relation = r.Relation(
            userid=staff.userid,
            person=person.id,
            created=int(world.now()) - rng.randint(DAY, 180 * DAY),
            add_way=add_way,
            state="",
            oper=person.external_userid if add_way != 2 else staff.userid,  # noqa: PLR2004
            tags=tags,
            remark=f"{person.name}-{rng.choice(('会员', '老客', '门店'))}"
            if rng.random() < _REMARK_SHARE
            else "",
            chatting=True,
            welcomed=True,
        )
        world.add_relation(relation)
        world.behaviour.note(ADDED, staff.userid, person.id, relation.created)
