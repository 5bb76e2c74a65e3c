"""Tests of looking after what is kept."""
