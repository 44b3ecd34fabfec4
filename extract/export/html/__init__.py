"""Render templates to self-contained HTML pages: no other file, server or network."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from extract.export.escaping import escape_control_characters
from extract.model.fields import Label


def render_page(template: str, *, script: str, uses: Sequence[str] = (), **given: Any) -> bytes:
    """Render a template with the script beside it, as UTF-8; all values are escaped.

    `uses` are further scripts. The Content-Security-Policy allows these scripts alone, and no loading, whatever the
    guide contains.
    """
    code = "\n".join(_source(name) for name in ("base/base.js", *uses, script))
    digest = b64encode(hashlib.sha256(code.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    rendered: str = _templates().get_template(template).render(policy=policy, script=Markup(code), **given)
    return rendered.encode()


@cache
def _templates() -> Any:
    """The Jinja environment: strict about names, and escaping."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("extract.export.html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=escape_invisible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["both"] = environment.filters["both"] = in_both_languages
    environment.globals["style"] = lambda name: Markup(_source(name))
    return environment


def escape_invisible(given: object) -> object:
    """Escape invisible characters, which could reorder the text of a page."""
    if not isinstance(given, str) or isinstance(given, Markup):
        return given
    return "".join(char if char in "\n\t" else escape_control_characters(char) for char in given)


def _source(name: str) -> str:
    """Return a style or script of the program as it is."""
    from importlib.resources import files

    return files("extract.export.html").joinpath("templates", name).read_text("utf-8")


def in_both_languages(label: Label | tuple[str, str]) -> Markup:
    """Render a label in both languages; the page shows one."""
    zh, en = map(escape_invisible, label)
    return Markup('<span class="zh" lang="zh-CN">{}</span><span class="en" lang="en">{}</span>').format(zh, en)
