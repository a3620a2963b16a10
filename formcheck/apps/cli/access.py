"""Who may ask the service: the token that `formcheck serve` was given, and the proxies in front of it."""

import ipaddress
import secrets

import typer

from formcheck.apps.cli.terminal import echo

#: Only this machine can reach the service there.
LOOPBACK = ("localhost", "127.0.0.1", "::1")
#: A shorter token could be guessed; the service bears ten tries a minute.
_LEAST_TOKEN = 12


def proxy_address(address: str) -> str:
    """The address of a proxy, as it was given; refused if it is none."""
    try:
        return str(ipaddress.ip_address(address.strip()))
    except ValueError:
        why = f"{address}: no address in numbers; give the one it comes from, for instance 127.0.0.1"
        raise typer.BadParameter(why, param_hint="--proxy") from None


def token_asked(given: str | None, host: str, *, proxied: bool = False) -> str | None:
    """The token that is asked for, None where nobody needs one; one that was made here is printed.

    Parameters
    ----------
    given : what was given; "auto" has one made.
    host : where the service listens.
    proxied : whether a proxy stands in front of it.

    Raises
    ------
    BadParameter
        If it is missing though others can reach the service, or could be guessed or not be sent.
    """
    if given == "auto":
        made = secrets.token_urlsafe(16)
        echo(f"formcheck: token {made}")
        return made
    if given is None and host in LOOPBACK and not proxied:
        return None
    if given is None:
        where = "what stands behind a proxy" if proxied else host
        why = f"{where} can be reached from other machines; give a token, or --token auto to have one made"
    elif given != given.strip():
        why = "begins or ends with a space or line break, which nobody sees; leave it out, or give: auto"
    elif not given.isascii() or not given.isprintable():
        why = "holds characters that cannot be sent; give letters, digits and signs of ASCII, or: auto"
    elif len(given) < _LEAST_TOKEN:
        why = f"{len(given)} characters can be guessed; give {_LEAST_TOKEN} or more, or: auto"
    else:
        return given
    raise typer.BadParameter(why, param_hint="--token")
