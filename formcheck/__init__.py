"""formcheck: from one camera's pictures to trustworthy verdicts on exercise form."""

__version__ = "0.1.0"
