"""Finding personal data in text and files: pure, usable as a library."""
