"""What is true in the world, whole, to be compared with what others believe of it.

WeCom itself tells nobody all of this: the first time two people became friends, who deleted
whom, which callbacks were lost.
"""

from typing import Any

from litestar import Controller, get

from siyu.sandbox.control.guard import from_this_machine
from siyu.sandbox.control.parts import TheWorld


class TruthController(Controller):
    """Relations, groups, welcomes and lost callbacks of the whole world."""

    path = "/world/api/truth"
    guards = (from_this_machine,)

    @get()
    async def truth(self, world: TheWorld) -> dict[str, list[dict[str, Any]]]:
        """Show everything that siyu could be right or wrong about."""
        people = {person.id: person for person in world.people}
        return {
            "relations": [
                {
                    "userid": x.userid,
                    "external_userid": people[x.person].external_userid,
                    "unionid": people[x.person].unionid,
                    "name": people[x.person].name,
                    "first": x.first or x.created,
                    "created": x.created,
                    "staff_has": x.staff_has,
                    "customer_has": x.customer_has,
                    "pending": x.pending,
                    "half": x.half,
                    "remark": x.remark,
                    "tags": x.tags,
                    "adds": x.adds,
                    "ended_by": x.ended_by,
                }
                for x in world.relations
            ],
            "tags": [
                {"id": tag.id, "name": tag.name, "group": group.name}
                for group in world.tag_groups
                for tag in group.tags
            ],
            "groups": [
                {
                    "chat_id": group.chat_id,
                    "name": group.face.name,
                    "owner": group.face.owner,
                    "dismissed": group.dismissed is not None,
                    "members": sorted(
                        stay.who[2:]
                        if stay.who.startswith("s-")
                        else people[int(stay.who[2:])].external_userid
                        for stay in world.memberships
                        if stay.chat_id == group.chat_id and stay.left is None
                    ),
                }
                for group in world.groups
            ],
            "welcomes": [
                {
                    "code": code.code,
                    "userid": code.userid,
                    "external_userid": people[code.person].external_userid,
                    "created": code.created,
                    "sent": code.sent,
                    "status": code.status,
                }
                for code in world.welcome_codes
            ],
            "unheard": [
                {"id": x.id, "status": x.status, "xml": x.xml, "created": x.created}
                for x in world.deliveries
                if x.status in {"lost", "dropped", "withheld"}
            ],
        }
