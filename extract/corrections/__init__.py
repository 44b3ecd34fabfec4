"""A person's corrections: their file, their values, and what they do to a record."""
