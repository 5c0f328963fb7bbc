from measures.planning.barrier_form import BarrierForm


def test_a_barrier_is_there_when_it_is_ticked_or_written_about():
    form = BarrierForm({"has_behaviour_change": "on", "text_sub_optimisation": "Mål"})
    assert form.is_valid()
    assert form.barriers == {"sub_optimisation": "Mål", "behaviour_change": ""}


def test_each_kind_is_ticked_and_written_about_beside_each_other():
    pairs = [(ticked.name, text.name) for ticked, text in BarrierForm().barrier_fields()]
    assert len(pairs) == 3
    assert all(one.removeprefix("has_") == other.removeprefix("text_") for one, other in pairs)
