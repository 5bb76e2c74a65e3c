"""The drills, one module each: which questions they make of a card, and what an answer is worth."""
