"""Reads the YAML that supervisors edit into a library and a list of problems."""
