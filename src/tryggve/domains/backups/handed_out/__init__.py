"""Programs for other computers: each is one file that needs nothing of Tryggve, and is downloaded from a page."""
