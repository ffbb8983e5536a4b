"""The demonstration: a shop's story told through real interfaces only.

It stands apart like the simulated world: it speaks HTTP to siyu and to the world as an
administrator, a planner and staff would, and knows no room of siyu from inside.
"""
