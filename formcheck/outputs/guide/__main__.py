"""Write the docs' pages of all exercises: ``python -m formcheck.outputs.guide FOLDER``."""

import sys
from pathlib import Path

from formcheck.exercises import catalog
from formcheck.outputs.guide.pages import write_pages

if len(sys.argv) != 2:
    sys.exit("usage: python -m formcheck.outputs.guide FOLDER")
write_pages(catalog().values(), Path(sys.argv[1]))
