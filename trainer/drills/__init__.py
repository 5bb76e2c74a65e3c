"""How it is asked and judged: masking, options, questions, grading, the session. Pure."""
