from hypothesis import settings

# A busy machine is slow, not wrong: no example has a time to keep.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
