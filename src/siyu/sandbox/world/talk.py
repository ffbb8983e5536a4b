"""What a customer writes to a staff account, and who hears of it."""

from siyu.sandbox.world import acquisition
from siyu.sandbox.world import records as r
from siyu.sandbox.world.state import World, staff_chat


def customer_says(world: World, relation: r.Relation, text: str) -> r.Message:
    """Let a customer write; from now on the two are chatting."""
    chat = staff_chat(relation.userid, relation.person)
    message = world.post_message(chat, f"p-{relation.person}", "text", "customer", text=text)
    relation.chatting = True
    world.relations.save(relation)
    acquisition.spoke(world, relation)
    return message
