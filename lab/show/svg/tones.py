"""What a tone is for: a mark, a stage of the HTTP cycle, and how text is styled elsewhere. All pictures share this."""

from collections.abc import Mapping

from lab.outcome.stages import Stage
from lab.show.svg.colours import Tone
from lab.show.text.lines import Style
from lab.show.text.messages import Mark

OF_MARK: Mapping[Mark, Tone] = {Mark.WRONG: Tone.FAULT, Mark.WATCH: Tone.WATCH}

OF_STAGE: Mapping[Stage, Tone] = {
    Stage.NAME: Tone.NAME,
    Stage.CONNECTION: Tone.CONNECTION,
    Stage.REQUEST: Tone.REQUEST,
    Stage.RESPONSE: Tone.RESPONSE,
}

_STYLED = {Style.GOOD: Tone.GOOD, Style.BAD: Tone.BAD, Style.DOUBT: Tone.DOUBT, Style.QUIET: Tone.QUIET}


def of_style(style: Style) -> Tone:
    """As a picture says what text says in this style."""
    return _STYLED.get(style, Tone.PLAIN)
