"""Figures and what they apply to: counts of projects and sums of money."""
