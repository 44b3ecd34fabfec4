"""Templates → pages: one HTML file that needs no other, no server and no network."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from extract.export.escaping import escape_control_characters
from extract.model.fields import Label


def render_page(template: str, *, script: str, uses: Sequence[str] = (), **given: Any) -> bytes:
    """A page from a template and the script beside it, as UTF-8. Everything given is escaped.

    `uses` are the scripts that this one builds on. The page may run these and no other, and load nothing from
    anywhere: it says so itself (Content-Security-Policy), whatever words of a guide stand in it.
    """
    code = "\n".join(_source(name) for name in ("base/base.js", *uses, script))
    digest = b64encode(hashlib.sha256(code.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    rendered: str = _templates().get_template(template).render(policy=policy, script=Markup(code), **given)
    return rendered.encode()


@cache
def _templates() -> Any:
    """The folder of templates: strict about names, and escaping whatever it is given."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("extract.export.html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=escape_invisible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["both"] = made.filters["both"] = in_both_languages
    made.globals["style"] = lambda name: Markup(_source(name))
    return made


def escape_invisible(given: object) -> object:
    """Escape invisible characters in what is put into a page, for they could turn its words around."""
    if not isinstance(given, str) or isinstance(given, Markup):
        return given
    return "".join(char if char in "\n\t" else escape_control_characters(char) for char in given)


def _source(name: str) -> str:
    """A style or script of ours, which goes into a page as it is."""
    from importlib.resources import files

    return files("extract.export.html").joinpath("templates", name).read_text("utf-8")


def in_both_languages(label: Label | tuple[str, str]) -> Markup:
    """A label in both languages, of which the page shows one."""
    zh, en = map(escape_invisible, label)
    return Markup('<span class="zh" lang="zh-CN">{}</span><span class="en" lang="en">{}</span>').format(zh, en)
