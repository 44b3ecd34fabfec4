"""Notes of web pages: those that marks link to, and those at the end of the article."""
