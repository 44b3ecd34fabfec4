"""Files of Office programs: their packages, and those that LibreOffice converts."""
