"""Profiles: the vocabulary and patterns of a family of guides, as data."""
