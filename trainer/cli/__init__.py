"""The verbs: one module a family, loaded only when it is called."""
