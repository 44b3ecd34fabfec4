"""Counts of projects, sums of money, and the scope of each figure."""
