"""Measurements that anyone can run; what they say stands in ``docs/performance.md``."""
