"""What is said of an uploaded video: the fields of its form."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from formcheck.apps.web.problems import RefusedError
from formcheck.apps.web.uploads import Upload, shown
from formcheck.codec.schema import first_mistake
from formcheck.exercises import AUTO, catalog
from formcheck.types.frame import QUARTERS, Turn

_PERSON_LENGTH = 80
#: Times slower than life. Phones slow down 32 times at most, and time lapses are of no use. Judgement.
_LEAST_SLOWMO, _MOST_SLOWMO = 0.1, 100.0
_SIDES, _VIEWS = ("left", "right"), ("side", "front", "back")
_TURNS = {str(turn): turn for turn in QUARTERS}

#: The fields as the OpenAPI document has them.
PROPERTIES: dict[str, dict[str, Any]] = {
    "file": {"type": "string", "format": "binary", "description": "One video."},
    "exercise": {
        "type": "string",
        "default": AUTO,
        "description": "Id of an exercise, or auto to have it recognised.",
    },
    "side": {"type": "string", "enum": list(_SIDES), "description": "The working side."},
    "view": {"type": "string", "enum": list(_VIEWS), "description": "Where the camera stood."},
    "person": {"type": "string", "maxLength": _PERSON_LENGTH, "description": "Whose video it is."},
    "rotate": {
        "type": "integer",
        "enum": list(QUARTERS),
        "description": "How far to turn the pictures clockwise, degrees; else as the movement shows.",
    },
    "slowmo": {
        "type": "number",
        "minimum": _LEAST_SLOWMO,
        "maximum": _MOST_SLOWMO,
        "description": "How many times slower than life it plays; else as the phone says.",
    },
    "careful": {
        "type": "boolean",
        "description": "Look more often; takes half as long again, of a run three times as long.",
    },
}


class UploadRequest(BaseModel):
    """What shall be looked for in a video, and how; an empty field is as good as none."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    exercise: str = AUTO
    side: Literal["left", "right"] | None = None
    view: Literal["side", "front", "back"] | None = None
    person: str | None = Field(None, max_length=_PERSON_LENGTH)
    rotate: Annotated[Turn | None, BeforeValidator(lambda text: _TURNS.get(text, text))] = None
    slowmo: float | None = Field(None, ge=_LEAST_SLOWMO, le=_MOST_SLOWMO, allow_inf_nan=False)
    careful: bool | None = None

    @field_validator("exercise")
    @classmethod
    def _known(cls, name: str) -> str:  # never a path: files of this computer are nobody's business
        if name != AUTO and name not in catalog():
            raise ValueError("no such exercise; give the id of one, or auto")
        return name


def asked(upload: Upload) -> UploadRequest:
    """What the sender of an upload asked for.

    Raises
    ------
    RefusedError
        If a field makes no sense.
    """
    given = {name: shown(text, len(text)) for name, text in upload.fields.items()}
    try:
        return UploadRequest.model_validate({name: text for name, text in given.items() if text})
    except ValidationError as error:
        raise RefusedError(422, first_mistake(error)) from None
