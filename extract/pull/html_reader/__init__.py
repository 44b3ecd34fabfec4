"""Web pages: recognition, decoding, MHTML, the tree and its styles, paragraphs, tables, lists, notes, the article."""
