"""Records and comparisons as Excel workbooks."""
