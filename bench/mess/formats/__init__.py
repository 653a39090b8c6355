"""Writers of files, each from its format's public description: the same seed makes the same bytes."""
