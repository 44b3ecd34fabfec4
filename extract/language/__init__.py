"""The language of Chinese guides: words, numerals, dates, brackets and list markers. Only this package imports jieba
and spaCy.
"""
