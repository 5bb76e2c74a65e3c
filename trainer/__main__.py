"""`python -m trainer`."""

from trainer.cli import run

if __name__ == "__main__":
    run()
