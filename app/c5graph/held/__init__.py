"""Data sets that researchers hold themselves and may not pass on, mapped into claims."""
