"""Files of any size, sealed in chunks with the memory of a few; for most cases use these two::

    size = vault.seal_file(source, path, key=key_id, bound_to=binding)
    with vault.open_file(path, bound_to=binding) as file:
        first, middle = file.read(100), file.read_from(1_000_000, 100)

A file opens only with the binding that it was sealed with, whose part is ``files``. It is there whole or not at all,
and no byte is given out that isn't what was sealed there. The format stands in ``header`` and ``chunks``.
"""

from tryggve.vault.sealed_files.files import FileNotKept, open_file, seal_file
from tryggve.vault.sealed_files.reading import SealedReader

__all__ = ["FileNotKept", "SealedReader", "open_file", "seal_file"]
