"""One session's page, with the measures that began there: it belongs to two apps."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.models import LearningSession
from learning.sessions.pages import Outgrowth, session_page
from measures.figures import arithmetic
from measures.models import Measure
from northstar.templatetags.ui import tonnes
from partners.permissions import Asker


@require_safe
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return session_page(request, pk, began_here)


def began_here(user: Asker, session: LearningSession) -> list[Outgrowth]:
    """The measures that grew out of *session*, as far as *user* may see them. One query."""
    grown = Measure.objects.visible_to(user).published().filter(origin_session=session)
    return [_told(one) for one in grown.select_related("organisation").order_by("title", "pk")]


def _told(measure: Measure) -> Outgrowth:
    reduction = arithmetic.shown(measure.reduction_t, measure.method)
    return Outgrowth(
        title=str(measure),
        address=reverse("measure_detail", kwargs={"pk": measure.pk}),
        organisation=str(measure.organisation),
        state=measure.status,
        state_in_words=str(measure.get_status_display()),
        effect=_("%(tonnes)s tonnes a year") % {"tonnes": tonnes(reduction)} if reduction else "",
    )
