"""How dates, numbers and components look, everywhere. Built in: no {% load %} needed."""

from django import template

register = template.Library()
