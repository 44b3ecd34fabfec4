"""The data model: texts with their glyphs, values, the record, findings, and the types passed between stages."""
