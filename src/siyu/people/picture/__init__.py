"""The picture: what of every person rules can ask, as of a place in the stream.

One reading of PostgreSQL (`loading`) makes `Person`s. They are written to the engine
(`projector`) and evaluated in Python, so that both see the same.
"""
