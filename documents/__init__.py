"""The papers: what leaves the platform as PDF, set by Typst from data alone."""
