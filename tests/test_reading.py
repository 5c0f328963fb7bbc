"""The reader of pages that other tests trust."""

from django.http import HttpResponse

from tests.reading import read

PAGE = """<!doctype html><main><section><h2>Dina  träffar</h2>
<table><caption>Alla</caption><thead><tr><th>Namn</th></tr></thead>
<tbody><tr><th>Ett &amp; två</th><td><span>3</span> t</td></tr></tbody></table></section>
<section><h2>Formuläret</h2><form>
<ul class="errorlist" id="id_end_on_error"><li>Fel dag</li></ul><input name="end_on" value="i går">
<input name="empty"><textarea name="text">
Ord</textarea><input type="checkbox" name="yes" checked><input type="radio" name="how" value="a">
<input type="radio" name="how" value="b" checked><script>let h2 = "Formuläret";</script>
<select name="one"><option value="">–</option><option value="2" selected>Två</option></select>
</form></section></main>"""


def test_texts_rows_errors_and_what_fields_hold_are_read():
    page = read(HttpResponse(PAGE))
    assert page.texts("h2") == ["Dina träffar", "Formuläret"]
    assert page.part("section", "Dina träffar").rows() == [["Ett & två", "3 t"]]
    assert page.part("section", "Formuläret").rows() == []
    assert page.faulty() == ["end_on"]
    held = {"end_on": "i går", "text": "Ord", "yes": "on", "how": "b", "one": "2"}
    assert page.values() == held
    assert page.value("empty") is None
    assert "let" not in page.text
