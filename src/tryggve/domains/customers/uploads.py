from django.utils.translation import gettext as _

LARGEST_BYTES = 64 * 1024 * 1024


def too_large_in_words() -> str:
    return _(
        "The file is larger than 64 MB, more than a customer list should be. Nothing was read. Split it in two."
    )
