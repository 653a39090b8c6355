from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.rows.understood import Cells
from tryggve.domains.customers.engine.table import without_empty_end
from tryggve.domains.customers.engine.values.cleaning import LONGEST
from tryggve.domains.customers.selectors.import_rows import RowShown
from tryggve.domains.customers.words import imports as import_words


class Mending(forms.Form):
    """The cells of one row, under their headings, with what is wrong beside the cell where it is wrong."""

    def __init__(self, *args: Any, row: RowShown, columns: Sequence[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        headings = {column.index: column.heading for column in columns}
        self._width = max(len(row.cells), *(index + 1 for index in headings))
        for index in range(self._width):
            cell = row.cells[index] if index < len(row.cells) else ""
            heading = headings.get(index)
            self.fields[f"cell_{index}"] = forms.CharField(
                label=heading or _("Cell %(number)d, under no heading") % {"number": index + 1},
                required=False,
                strip=False,
                max_length=LONGEST,
                initial=cell,
                help_text=_wrong(row) if heading and heading == row.column else "",
                widget=forms.Textarea(attrs={"rows": 3}) if "\n" in cell else forms.TextInput(),
            )

    @property
    def cells(self) -> Cells:
        """The row as it is to be."""
        written = [self.cleaned_data[f"cell_{index}"].replace("\r\n", "\n") for index in range(self._width)]
        return without_empty_end(written)


def _wrong(row: RowShown) -> str:
    return _("Here: %(reason)s.") % {"reason": import_words.REASONS[row.reason]}
