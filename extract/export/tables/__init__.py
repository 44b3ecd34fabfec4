"""Tables of records: the declaration of their columns."""
