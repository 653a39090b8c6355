"""The house is as drawn, and the rules that hold it bite."""
