"""This service and its peers, measured side by side: `python -m tests.bench.peers`."""
