"""The exercises of notebook 02."""

from lab.notebook.exercising import Checked, exercise, look_again, right
from lab.notebook.run import Run


@exercise
def bytes_missing(answer: object, run: Run) -> Checked:
    """Subtract what came from what was promised."""
    if answer == int(run.fields["content-length"]) - len(run.content):
        return right("the answer is shorter than it says it is. Only a client that counts can know.")
    return look_again("how many bytes did Content-Length promise, and how many came?")
