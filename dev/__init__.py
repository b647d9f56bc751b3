"""What developers start: the platform on this machine, its tests, and the services both need."""
