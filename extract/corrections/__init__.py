"""A person's corrections: file, values, and their application to a record."""
