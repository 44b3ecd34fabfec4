"""How Chinese guide text is written; the only package that imports jieba and spaCy."""
