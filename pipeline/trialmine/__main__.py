"""`python -m trialmine`."""

from trialmine.cli.app import main

if __name__ == "__main__":
    main()
