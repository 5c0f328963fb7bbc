"""Which styles and shared texts of a workbook strike through."""

import io
import zipfile

from partners.sheets import strikes

STYLES = (
    '<styleSheet><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
    '<cellStyleXfs><xf fontId="1"/></cellStyleXfs>'
    '<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/><xf fontId="9"/></cellXfs>'
    "<dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"
)
TEXTS = "<sst><si><t>a</t></si><si><r><rPr><strike/></rPr><t>b</t></r><r><t>c</t></r></si></sst>"


def workbook(**written):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, text in written.items():
            made.writestr(f"xl/{name}.xml", text)
    return zipfile.ZipFile(file)


def test_styles_are_told_by_their_fonts_and_texts_by_their_parts():
    found = strikes.of_xlsx(workbook(styles=STYLES, sharedStrings=TEXTS))
    assert (found.styles, found.texts) == ({"1"}, {"1"})
    assert found


def test_a_workbook_that_strikes_nothing_tells_nothing():
    assert not strikes.of_xlsx(workbook(styles="<styleSheet><fonts><font/></fonts></styleSheet>"))
    assert not strikes.of_xlsx(workbook())
