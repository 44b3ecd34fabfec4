"""The record as files."""
