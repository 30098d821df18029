"""Analytics: numbers about networks that are projected from derived facts, and exposure."""
