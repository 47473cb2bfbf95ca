"""Figures and dates as text writes them: words and digits to values, by code and without any pattern pack."""
