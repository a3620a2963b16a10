"""The guide to an exercise: its file put into words, and a picture of a person doing it."""
