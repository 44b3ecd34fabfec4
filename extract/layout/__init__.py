"""The page: which glyphs stand on which line, what belongs to the page and not to the text, where paragraphs start."""
