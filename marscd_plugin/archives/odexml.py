"""ODE's replies in XML, turned into what its JSON would have been: strings, objects, and lists where names recur.

An archive's XML is hostile input: entities, document types and external references are refused by defusedxml.
"""

from __future__ import annotations

from typing import Any

from ..common.errors import ArchiveError
from ..common.packages import need

#: A page of 100 CTX products has 0.45 MB.
MAX_XML_BYTES = 16 << 20
#: ODEResults > Products > Product > Product_files > Product_file > URL, and some to spare.
_MAX_DEPTH = 12
_REMEDY = "Try again later; if it stays so, check the archive's address in the settings (MARSCD_ODE_URL)."


def read_xml(body: bytes, host: str) -> dict[str, Any]:
    """``{"ODEResults": {...}}`` of a reply's bytes. Raises ArchiveError, MissingPackageError."""
    if len(body) > MAX_XML_BYTES:
        raise ArchiveError(f"ODE at {host} answered more than 16 MB of XML.", "Choose a smaller area or season.")
    parser, common = need("defusedxml.ElementTree"), need("defusedxml.common")
    try:
        root = parser.fromstring(body, forbid_dtd=True)
    except common.DefusedXmlException as error:
        raise ArchiveError(
            f"ODE at {host} answered XML with a document type or entities, which no reply has: it is refused.", _REMEDY
        ) from error
    except (parser.ParseError, ValueError, LookupError) as error:
        raise ArchiveError(f"ODE at {host} answered a damaged XML reply ({error}).", _REMEDY) from error
    return {_name(root): _value(root, 0, host)}


def _name(element: Any) -> str:
    """The tag without a namespace."""
    return str(element.tag).rpartition("}")[2]


def _value(element: Any, depth: int, host: str) -> Any:
    if not len(element):
        return (element.text or "").strip()
    if depth >= _MAX_DEPTH:
        raise ArchiveError(f"ODE at {host} answered XML nested too deep.", _REMEDY)
    found: dict[str, Any] = {}
    several: set[str] = set()
    for child in element:
        value = _value(child, depth + 1, host)
        name = _name(child)
        if name not in found:
            found[name] = value
        elif name in several:
            found[name].append(value)
        else:
            found[name] = [found[name], value]
            several.add(name)
    return found
