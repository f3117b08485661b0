"""`python -m breachbook`: the command line."""

from breachbook.cli import main

if __name__ == "__main__":
    main()
