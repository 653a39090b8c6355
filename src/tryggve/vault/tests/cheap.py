"""A passphrase that costs a test next to nothing to try; what it costs stands in its slot, as in the product."""

from tryggve.vault.passphrase import Cost

PASSPHRASE = "korrekt häst batteri häftapparat"
CHEAP = Cost(memory_kib=32, iterations=1, lanes=1)
