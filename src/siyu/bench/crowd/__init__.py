"""The load generator: millions of people of one tenant, in PostgreSQL and the engine alike.

One formula, in the engine's SQL, makes the people piece by piece (`people`, `facts`). The same
rows go into the engine's picture and stream (`picture`) and, in the binary form of PostgreSQL's
COPY, into the tables (`tables`). The enterprise around them is made in Python (`company`).
Everything follows from the size and the seed alone, and is as of one moment.
"""
