"""`python -m generator` is `brief`."""

from generator.cli import main

main()
