"""Words that tell what a value is, or that are findings themselves: found by many at once, listed by language."""
