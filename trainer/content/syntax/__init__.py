"""From the bytes of a content file to its fields, each with its place; slips are told with what to write instead."""
