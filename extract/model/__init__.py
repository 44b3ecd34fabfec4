"""The data: texts, values, the record, and what stages hand over. No behaviour, no stage."""
