"""The company's own folders beside the register: where they lie, and what is in them."""
