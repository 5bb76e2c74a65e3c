"""What a person sees: one module a screen, its .tcss beside it."""
