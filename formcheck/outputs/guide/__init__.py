"""The guide to an exercise: its file told in words, and a picture of a person doing it."""
