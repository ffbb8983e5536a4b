"""Acts that reach everybody a list shows: whom is frozen first, then it is done by a long job."""
