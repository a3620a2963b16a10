"""Values held against limits: measures, the live monitor, findings and the score."""
