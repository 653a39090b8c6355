import re

_CODE = re.compile(r"[a-z0-9][a-z0-9._:-]{0,63}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HASH = re.compile(r"[0-9a-f]{64}")
_MOST_BARE_DIGITS = 5


def is_code(text: str) -> bool:
    """Whether the text is a code or an id, and none of what people are called or reached by.

    No space, capital, ``@`` or letter beyond a–z, at most 64 characters. Digits without a letter are refused
    from the sixth on, as telephone and identity numbers look like that; a UUID or a hash always passes.
    """
    if not _CODE.fullmatch(text):
        return False
    return bool(_UUID.fullmatch(text) or _HASH.fullmatch(text)) or not _is_number_like(text)


def _is_number_like(text: str) -> bool:
    has_letter = any(character.isalpha() for character in text)
    return not has_letter and sum(character.isdigit() for character in text) > _MOST_BARE_DIGITS
