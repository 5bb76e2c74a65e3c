"""What looks after kept data: copies, putting back, checking, retention, erasure, export."""
