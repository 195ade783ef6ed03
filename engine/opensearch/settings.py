"""Which cluster, under which name, with whose credentials: an address and the environment.

    DATELINE_ENGINE_USER            user name
    DATELINE_ENGINE_PASSWORD        password, or
    DATELINE_ENGINE_PASSWORD_FILE   a file whose first line it is
    DATELINE_ENGINE_CA              file with the certificate of the authority that signed the cluster's
    DATELINE_ENGINE_ALLOW_HTTP      1 permits http:// to other machines
    DATELINE_ENGINE_SHARDS          primary shards of the next build; 3 unless told otherwise

Credentials in an address would be seen by everybody who lists processes, so they are refused there.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from engine.errors import EngineAddressError

PREFIX = "DATELINE_ENGINE"
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_MOST_SHARDS = 1024


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """Where the cluster is and how to speak to it. The password is in no `repr`."""

    hosts: tuple[str, ...]
    name: str = "dateline"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    authority: Path | None = None
    shards: int = 3

    @classmethod
    def read(cls, address: str, environment: Mapping[str, str]) -> ClusterSettings:
        """Read an address and what belongs to it; raises EngineAddressError in one sentence."""
        parts = [_split(one.strip()) for one in address.split(",")]
        if not _on(environment.get(f"{PREFIX}_ALLOW_HTTP", "")):
            for part in parts:
                _require_privacy(part)
        user = environment.get(f"{PREFIX}_USER") or None
        password = _password(environment)
        if (user is None) != (password is None):
            raise EngineAddressError(f"Set both {PREFIX}_USER and {PREFIX}_PASSWORD, or neither of them.")
        return cls(
            hosts=tuple(f"{part.scheme}://{part.netloc}" for part in parts),
            name=_name(parts),
            user=user,
            password=password,
            authority=_authority(environment),
            shards=_shards(environment),
        )

    def __str__(self) -> str:
        return f"“{self.name}” on {', '.join(self.hosts)}"


def _split(address: str) -> SplitResult:
    try:
        part = urlsplit(address)
        port = part.port
    except ValueError as error:
        raise EngineAddressError(f"The address of the cluster can not be read: {error}.") from error
    if part.scheme not in ("http", "https") or not part.hostname or port == 0:
        raise EngineAddressError("The address of a cluster looks like https://search.example:9200/dateline.")
    if part.username is not None or part.password is not None:
        raise EngineAddressError(
            f"Credentials do not belong in the address, where others can read them;"
            f" set {PREFIX}_USER and {PREFIX}_PASSWORD."
        )
    if part.query or part.fragment:
        raise EngineAddressError("The address of a cluster ends with its name; nothing may follow.")
    return part


def _require_privacy(part: SplitResult) -> None:
    """Refuse to send articles and passwords in the clear, except inside this machine."""
    if part.scheme == "https" or _is_loopback(part.hostname or ""):
        return
    raise EngineAddressError(
        f"http://{part.netloc} would send everything unencrypted to another machine; use https://,"
        f" or set {PREFIX}_ALLOW_HTTP=1 if the network between is yours."
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _name(parts: list[SplitResult]) -> str:
    names = {part.path.strip("/") for part in parts} - {""} or {"dateline"}
    name = names.pop()
    if names:
        raise EngineAddressError("All addresses of one cluster must end with the same name.")
    if not _NAME.fullmatch(name):
        raise EngineAddressError(
            f"“{name}” can not name an index; use small letters, digits, - and _, as in …:9200/my-archive."
        )
    return name


def _password(environment: Mapping[str, str]) -> str | None:
    name = environment.get(f"{PREFIX}_PASSWORD_FILE")
    if not name:
        return environment.get(f"{PREFIX}_PASSWORD") or None
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EngineAddressError(f"The password file {name} can not be read; give access to it.") from error
    if not lines or not lines[0]:
        raise EngineAddressError(f"The password file {name} is empty; its first line is the password.")
    return lines[0]


def _authority(environment: Mapping[str, str]) -> Path | None:
    name = environment.get(f"{PREFIX}_CA")
    if not name:
        return None
    if not Path(name).is_file():
        raise EngineAddressError(f"{PREFIX}_CA names {name}, and there is no such file.")
    return Path(name)


def _shards(environment: Mapping[str, str]) -> int:
    text = environment.get(f"{PREFIX}_SHARDS") or "3"
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= _MOST_SHARDS):
        raise EngineAddressError(f"{PREFIX}_SHARDS must be a number from 1 to {_MOST_SHARDS}, not “{text}”.")
    return int(text)


def _on(text: str) -> bool:
    return text.strip().lower() in ("1", "true", "yes", "on")
