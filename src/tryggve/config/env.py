import os
from collections.abc import Mapping

from tryggve.lib.errors import Refusal
from tryggve.lib.language import early_words

_ = early_words()

KNOWN = {
    "TRYGGVE_DATA": "the folder with the data",
    "TRYGGVE_CONFIG": "the folder with the keys",
    "TRYGGVE_KEEPER_FD": "set by up for its children",
    "TRYGGVE_PARENT_FD": "set by up for its children",
    "TRYGGVE_RUN": "set by up for its children",
    "TRYGGVE_TEST_DATABASE": "sqlite or postgresql, read by the tests",
}


class UnknownSetting(Refusal):
    """The environment names a setting that there isn't."""


def refuse_unknown(environment: Mapping[str, str] = os.environ) -> None:
    """A misspelt setting must not be passed over in silence. Raises UnknownSetting."""
    unknown = sorted(name for name in environment if name.startswith("TRYGGVE_") and name not in KNOWN)
    if unknown:
        raise UnknownSetting(
            _(
                "The environment holds settings that Tryggve doesn't have: %(names)s. Nothing was started. "
                "Look for a misspelling, or take them away."
            )
            % {"names": ", ".join(unknown)}
        )
