"""The project's three kinds of barrier, said plainly: in a line to tick, and at length."""

from django.utils.translation import gettext_lazy as _

from learning.models import BarrierType

SHORT = {
    BarrierType.LOCK_IN: _(
        "How we are organised: budgets, responsibilities, decisions or rules lock us in"
    ),
    BarrierType.BEHAVIOUR: _(
        "Habits: people here, residents or customers would have to do things differently"
    ),
    BarrierType.SUB_OPTIMISATION: _("Everyone looks after their own part, and the whole suffers"),
}

# What a line is called in SHORT, beside the project's own term.
PLAIN = {
    BarrierType.LOCK_IN: _("How we are organised"),
    BarrierType.BEHAVIOUR: _("Habits"),
    BarrierType.SUB_OPTIMISATION: _("Everyone looks after their own part"),
}

# In our own words, after RISE's description of The North Star.
LONG = {
    BarrierType.LOCK_IN: _(
        "Set ways of working that fit some tasks but block the whole: budgets, project models, "
        "who answers for what, which knowledge is asked for."
    ),
    BarrierType.BEHAVIOUR: _(
        "People or organisations need to do something in another way, and nobody here can decide "
        "it for them."
    ),
    BarrierType.SUB_OPTIMISATION: _(
        "Each does what is best for its own part, nobody sees the whole, and the whole gets worse."
    ),
}
