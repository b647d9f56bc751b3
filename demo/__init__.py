"""A district to try the platform on: real schools, invented people, two SMART cycles.

Everything is written through the same services as in real life, under a clock that is set to the
day on which it happened. The same seed always makes the same people.
"""
