"""The door: one file for each command, imported when it is asked for."""


def main() -> int:
    """The command `badgateway`. Returns its exit status."""
    from lab.cli.door import door

    return door.status()
