"""What can be read of a search index in memory."""

from tryggve.domains.customers.engine.search.index import SearchIndex


def readable_in(index: SearchIndex) -> bytes:
    """All text that was laid out, words kept to be found by included, and all that waits beside it."""
    block = index._block
    fields = (block.fields.names, block.fields.words, block.fields.phones)
    kept = [places.keys for field in fields for places in (field.runs._letters, field.runs._digits)]
    texts = [bytes(text._text) for text in (*block._texts, *kept)]
    waiting = [line for line, _id, _facts in index._fresh.values()]
    return b"\n".join([*texts, *block.vocabulary._by_length.values(), *waiting])
