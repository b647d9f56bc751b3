"""What the demo's people share, teach, see, say and promise. All of it is invented."""
