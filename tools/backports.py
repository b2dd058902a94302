"""Print an apt source for Debian's backports suite, derived from the sources this machine already uses.

Same mirror and same signing key, other suite. Prints nothing where backports is already configured. Reads both the
deb822 form (``*.sources``) and the one-line form (``*.list``). Needs no package: it runs before anything is installed.
"""

import re
import sys
from pathlib import Path

APT = Path("/etc/apt")


def codename(os_release="/etc/os-release"):
    match = re.search(r"^VERSION_CODENAME=(\w+)", Path(os_release).read_text(), re.M)
    if not match:
        sys.exit(f"backports: {os_release} names no Debian release")
    return match[1]


def deb822_entries(text):
    """Yield (uris, suites, signed_by) of each enabled stanza of a ``.sources`` file."""
    for stanza in re.split(r"\n\s*\n", text):
        lines = [line for line in stanza.splitlines() if not line.startswith("#")]
        fields = {}
        key = None
        for line in lines:
            if line[:1].isspace() and key:
                fields[key] += " " + line.strip()
            elif ":" in line:
                key, value = line.split(":", 1)
                key = key.strip().lower()
                fields[key] = value.strip()
        if "deb" in fields.get("types", "").split() and fields.get("enabled", "yes").lower() not in (
            "no",
            "false",
            "0",
        ):
            yield fields.get("uris", "").split(), fields.get("suites", "").split(), fields.get("signed-by", "")


def one_line_entries(text):
    """Yield the same of each line of a ``.list`` file."""
    for line in text.splitlines():
        match = re.match(r"\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+\S", line)
        if match:
            signed = re.search(r"signed-by=(\S+)", match[1] or "")
            yield [match[2]], [match[3]], signed[1] if signed else ""


def all_entries(apt=APT):
    for path in sorted((apt / "sources.list.d").glob("*.sources")):
        yield from deb822_entries(path.read_text())
    for path in [apt / "sources.list", *sorted((apt / "sources.list.d").glob("*.list"))]:
        if path.exists():
            yield from one_line_entries(path.read_text())


def backports_source(entries, release):
    """The stanza to add, or "" where backports is there already. Raises SystemExit where nothing can be derived."""
    entries = list(entries)
    if any(f"{release}-backports" in suites for _, suites, _ in entries):
        return ""
    for uris, suites, signed_by in entries:
        if release in suites and uris:
            lines = ["Types: deb", f"URIs: {uris[0]}", f"Suites: {release}-backports", "Components: main"]
            if signed_by:
                lines.append(f"Signed-By: {signed_by}")
            return "\n".join(lines) + "\n"
    sys.exit(f"backports: no apt source with the suite '{release}' was found under {APT}")


if __name__ == "__main__":
    sys.stdout.write(backports_source(all_entries(), codename()))
