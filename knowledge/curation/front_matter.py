"""The YAML block at the top of a brief, with the line of each value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

_BLOCK = re.compile(r"---[ \t]*\n(?P<block>.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A value of a front matter.

    Attributes:
        line: where it begins in the file, from 1.
        value: as it is written, without quotation marks; None for null, "" where a list stands.
        items: the tables of a list.
        odd: whether it is neither text nor a list of tables.
    """

    line: int
    value: str | None = None
    items: tuple["Fields", ...] = ()
    odd: bool = False

    @property
    def text(self) -> str:
        """The value, or "" for null."""
        return self.value or ""


Fields = Mapping[str, Field]


class MalformedError(ValueError):
    """The front matter cannot be read.

    Attributes:
        line: where, in the file.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def split(text: str) -> tuple[Fields, str, int]:
    """The front matter of a text, what follows it, and the line at which that begins.

    Raises:
        MalformedError: there is none, or it is not YAML of the form that briefs have.
    """
    match = _BLOCK.match(text)
    if match is None:
        raise MalformedError(1, 'it has no front matter between "---" lines; begin with one')
    try:
        node = yaml.compose(match["block"], Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "context_mark", None) or getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problem = getattr(error, "problem", None) or "it is not YAML"
        raise MalformedError(line, f"the front matter is malformed ({problem}); mend it") from None
    if not isinstance(node, yaml.MappingNode):
        raise MalformedError(2, "the front matter holds no fields; write `title: …` and the rest")
    return _fields(node), text[match.end() :], text[: match.end()].count("\n") + 1


def _fields(node: yaml.MappingNode) -> Fields:
    found: dict[str, Field] = {}
    for key, value in node.value:
        line = key.start_mark.line + 2  # marks count from 0, after the line that opens the block
        name = str(key.value)
        if name in found:
            raise MalformedError(line, f"{name} is given twice; keep one")
        found[name] = _field(value, line)
    return found


def _field(node: yaml.Node, line: int) -> Field:
    if isinstance(node, yaml.ScalarNode):
        return Field(line=line, value=None if node.tag == _NULL else str(node.value))
    if isinstance(node, yaml.SequenceNode) and all(
        isinstance(item, yaml.MappingNode) for item in node.value
    ):
        return Field(line=line, value="", items=tuple(_fields(item) for item in node.value))
    return Field(line=line, odd=True)
