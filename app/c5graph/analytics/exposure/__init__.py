"""Exposure: how far something depends on each power, as ranges that open to claims."""
