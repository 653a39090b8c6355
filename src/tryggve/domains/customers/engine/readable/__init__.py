"""Whether something secret can be read in raw bytes, in whatever way a program might have left it there."""
