"""Accuracy of formcheck, measured: `make validate` writes the tables beside this file."""
