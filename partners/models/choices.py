"""What people have switched off of the letters that they may do without."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models.people import User
from partners.models.texts import in_words


class Topic(models.TextChoices):
    """What a letter is about that its reader may switch off; ALL is every one of them."""

    PLACES = "places", _("Reminders of your places")
    DUTIES = "duties", _("Reminders of what you answer for")
    SURVEYS = "surveys", _("Surveys after sessions")
    NEWS = "news", _("News and new material")
    ALL = "all", _("Everything that can be switched off")


class SwitchedOffQuerySet(models.QuerySet["SwitchedOff"]):
    def by(self, person: User) -> set[Topic]:
        """The topics that *person* has switched off, ALL among them as it stands. One query."""
        return {
            Topic(topic) for topic in self.filter(person=person).values_list("topic", flat=True)
        }

    def unwilling(self, people: Iterable[int], topics: Iterable[Topic]) -> set[tuple[int, Topic]]:
        """Who of *people* has switched off which of *topics*, by itself or with all. One query."""
        topics = list(topics)
        rows = self.filter(person__in=people, topic__in=[*topics, Topic.ALL])
        found: set[tuple[int, Topic]] = set()
        for person, topic in rows.values_list("person", "topic"):
            found |= {(person, one) for one in topics if topic in {one, Topic.ALL}}
        return found


class SwitchedOff(models.Model):
    """Somebody does not want letters about a topic."""

    person = models.ForeignKey(User, models.CASCADE, related_name="switched_off")
    topic = models.CharField(_("topic"), max_length=10, choices=Topic)
    created_at = models.DateTimeField(_("switched off at"), auto_now_add=True)

    objects = SwitchedOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of e-mail")
        verbose_name_plural = _("choices of e-mail")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic"], name="switchedoff_once_a_person_and_topic"
            ),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="switchedoff_topic_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{in_words(self, 'person')}: {Topic(self.topic).label}"
