"""The form that takes a list, and what is said when it cannot be read."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from partners.sheets import reader

REFUSALS = {
    "empty": _("The file is empty. Choose a file with a list in it."),
    "size": _("The file is larger than 20 MB. Save only the sheet with the list, and try again."),
    "heavy": _("The file unpacks to far more than a list needs, and was not read. Copy the list"
               " into a new spreadsheet and try again."),
    "rows": _("The list has more than 20,000 rows. Split it, or delete what stands far below it."),
    "columns": _("The list has more than 200 columns. Delete what stands far to the right of it."),
    "cells": _("The file has too many cells. Save only the sheet with the list, and try again."),
    "letters": _("The file has too much text. Save only the sheet with the list, and try again."),
    "sheets": _("The file has more than 60 sheets. Save only those with the list, and try again."),
    "password": _("The file is protected by a password. Remove the password, and try again."),
    "macros": _("The file has macros, which the portal does not accept. Save it as .xlsx without"
                " macros, and try again."),
    "numbers": _("This is a file from Numbers or Pages. Export it as Excel or CSV, and try again."),
    "pdf": _("This is a PDF. Choose the spreadsheet it was made from: .xlsx, .xls, .ods or .csv."),
    "markup": _("This is a web page, not a spreadsheet. Open it in Excel, save it as .xlsx, and try"
                " again."),
    "kind": _("This is not a spreadsheet. Choose a file of the kind .xlsx, .xls, .ods or .csv."),
    "broken": _("The file is damaged and cannot be read. Open it in Excel, save it again, and try"
                " once more."),
    "quote": _("A quotation mark in row %(row)s is never closed. Correct the row, and try again."),
    "csv": _("Row %(row)s cannot be read. Correct the row, and try again."),
    "cell": _("A cell in row %(row)s has more than 5,000 characters. Shorten it, and try again."),
    "rows_missing": _("The file has headings but no rows below them."),
    "headings": _("No list was found. The first row of the list must say what the columns are, for"
                  " example Organisation, Name and E-mail."),
}  # fmt: skip


class UploadForm(forms.Form):
    """Takes a file; what is in it is read by who asks."""

    file = forms.FileField(
        label=_("List"),
        help_text=_("Excel (.xlsx, .xls), LibreOffice (.ods) or CSV, at most 20 MB."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
        error_messages={"required": _("Choose a file with a list.")},
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > reader.MAX_BYTES:
            raise forms.ValidationError(REFUSALS["size"], code="size")
        return upload

    def refuse(self, refusal: reader.Unreadable) -> None:
        """Say beside the field why there is no list in the file."""
        row = {"row": refusal.row}
        text = REFUSALS[refusal.code]
        self.add_error("file", forms.ValidationError(text, code=refusal.code, params=row))
