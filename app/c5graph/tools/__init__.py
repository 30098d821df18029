"""The service as tools for language models: every row names claims, reports, firmness and lens."""
