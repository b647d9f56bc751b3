"""An app for tests that kill: its handler rests after each reminder, before it is settled."""
