"""The layout of pages: printed lines, page furniture, starts of paragraphs, cells and collisions."""
