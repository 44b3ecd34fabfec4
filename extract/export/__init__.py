"""Files written from records and comparisons."""
