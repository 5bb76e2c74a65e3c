"""Judging what was typed: right, almost, or another thing."""
