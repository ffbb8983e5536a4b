"""Who is held out: the seam by which every later action can report what it added."""
