"""A guided workout, pose by pose: set-up, countdown, sets and rests, cues. No pixels, no devices."""
