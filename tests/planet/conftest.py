"""A busy computer is no failure: hypothesis does not time single examples here."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
