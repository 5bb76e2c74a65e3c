"""The terminal: what it sends, before Textual sees it, and what becomes of it when the program is stopped for a while."""
