"""Who is who: the ids of a person, merging and undoing it, phone numbers kept safe."""
