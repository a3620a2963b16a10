"""How sure faults are: rows of people whose faults are known, and the curve that half of them give."""
