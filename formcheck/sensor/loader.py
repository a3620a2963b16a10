"""Sensor profiles as they come with formcheck, and which of them describes a pose model."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from pydantic import ValidationError

from formcheck.sensor.profile import SensorProfile
from formcheck.types.pose import Model

#: Of poses that do not say what found them.
UNNAMED = Model("", "")
#: For models that nobody measured.
NEUTRAL = "neutral"
_ENDING = ".toml"
#: What a profile never takes from the one that it is based on.
_OWN = ("models", "sha256")


def profile_for(model: Model) -> SensorProfile:
    """The profile of a pose model, by its file, else by its name; of none known the neutral one."""
    every = profiles().values()
    by_file = (p for p in every if model.sha256 in p.sha256)
    by_name = (p for p in every if p.named(model.name))
    return next(by_file, None) or next(by_name, profiles()[NEUTRAL])


def usual_profile() -> SensorProfile:
    """That of the model that formcheck uses unless another is named."""
    return profile_for(UNNAMED)


@cache
def profiles() -> Mapping[str, SensorProfile]:
    """Every profile that comes with formcheck, by name."""
    folder = resources.files("formcheck.sensor") / "profiles"
    files = [f for f in folder.iterdir() if f.name.endswith(_ENDING)]
    texts = {f.name.removesuffix(_ENDING): f.read_text(encoding="utf-8") for f in files}
    return parse(texts)


def parse(texts: Mapping[str, str]) -> Mapping[str, SensorProfile]:
    """Profiles out of TOML texts by name.

    Raises
    ------
    ValueError
        If one of them is no TOML, breaks the grammar or is based on one that is not there; the message names
        the profile and the key.
    """
    tables = {name: _table(name, text) for name, text in texts.items()}
    return {name: _profile(name, _whole(name, tables)) for name in sorted(tables)}


def _table(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"sensor profile {name}: not valid TOML: {error}") from None


def _profile(name: str, table: dict[str, Any]) -> SensorProfile:
    try:
        return SensorProfile.model_validate({**table, "name": name})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"sensor profile {name}: {where or 'as a whole'}: {first['msg']}") from None


def _whole(name: str, tables: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A profile's table with what it takes from the one that it is based on."""
    table = tables[name]
    base = table.get("based_on")
    if base is None:
        return table
    others = {key: other for key, other in tables.items() if key != name}  # none is based on itself
    if base not in others:
        raise ValueError(f"sensor profile {name}: based_on: no other profile '{base}'")
    return _merged({k: v for k, v in _whole(base, others).items() if k not in _OWN}, table)


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Own keys before those of the base, table by table; own corrections in place of those about the same."""
    merged = {**base, **own}
    for key in base.keys() & own.keys():
        if isinstance(base[key], dict) and isinstance(own[key], dict):
            merged[key] = _merged(base[key], own[key])
    if "signal" in merged:
        about = [_about(entry) for entry in own.get("signal", ())]
        kept = [entry for entry in base.get("signal", ()) if _about(entry) not in about]
        merged["signal"] = [*own.get("signal", ()), *kept]
    return merged


def _about(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a correction is about, as far as bare tables tell."""
    lists = (frozenset(entry.get(key, ())) for key in ("signals", "views", "postures"))
    return entry.get("of", "level"), *lists
