"""Addresses of learning; Swedish and English by translated parts."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
