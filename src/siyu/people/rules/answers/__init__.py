"""Answering for everybody at once: sets from the engine, joined and kept in this process.

`sets` is the door. A condition becomes a statement (`statements`), what comes back a bitmap
(`bitmaps`), conditions on behaviour are counted over facts (`doings`) by whom they belong to
(`owners`); what was read is kept within bounds (`kept`) and carried along when the picture moves
(`carried`).
"""
