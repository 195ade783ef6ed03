"""Speed and quality, measured. Run from the checkout: `make bench-engine`, `make bench-relevance`."""
