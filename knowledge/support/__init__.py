"""Checks whether passages support a sentence."""
