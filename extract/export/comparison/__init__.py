"""A comparison of two years → what people read: in the terminal, on a page, in a workbook."""
