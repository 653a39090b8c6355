"""How well a control is known, decided from what was measured and said; knows no database."""
