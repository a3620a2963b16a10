"""Why an exercise was recognised: which signals put it ahead of its rivals, and which held it back."""

import numpy as np

from formcheck.engine.recognise.evidence import Evidence
from formcheck.engine.recognise.windows import Windows
from formcheck.types.session import Grounds

#: So many windows of a stretch are asked; so many signals are named. Judgement: enough to see why.
ASKED, NAMED = 8, 3
#: A signal that moves the lead less than this (a tenth more or less likely) is not worth a word.
LEAST = 0.1


def grounds(windows: Windows, rows: tuple[int, ...], name: str, learnt: Evidence) -> Grounds:
    """What the lead of a class over its strongest rival loses or wins when a signal is hidden.

    Parameters
    ----------
    rows : the windows in which the class is claimed.
    name : one of the classes of ``learnt``.
    """
    asked = np.array(rows)[np.unique(np.linspace(0, len(rows) - 1, ASKED).round().astype(int))]
    bases = list(dict.fromkeys(signal.partition(".")[0] for signal in learnt.signals))
    of = np.array([bases.index(signal.partition(".")[0]) for signal in learnt.signals])
    hidden = np.vstack([of < 0, of == np.arange(len(bases))[:, None]])
    looks = np.where(hidden[:, None, None, :], np.nan, windows.looks[asked])
    times, views = (np.tile(x[asked], len(hidden)) for x in (windows.start_s, windows.views))
    said = learnt.speaks(Windows(times, times, looks.reshape(-1, *looks.shape[2:]), views))
    mean = said.reshape(len(hidden), len(asked), -1).mean(axis=1)
    own = mean[:, learnt.classes.index(name)]
    rivals = np.delete(mean, learnt.classes.index(name), axis=1)
    lead = own - rivals[:, rivals[0].argmax()]
    speaks = lead[0] - lead[1:]
    loud = np.argsort(-np.abs(speaks))
    return Grounds(
        tuple(bases[i] for i in loud if speaks[i] >= LEAST)[:NAMED],
        tuple(bases[i] for i in loud if speaks[i] <= -LEAST)[:NAMED],
    )
