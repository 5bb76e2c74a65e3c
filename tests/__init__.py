"""The tests; `python -m tests` checks everything."""
