"""What each learner has answered, on disk: an append-only journal and a cache of its fold."""
