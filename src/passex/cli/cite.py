"""`passex cite`: the evidence line of a phrase, from an article's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors import PROBLEMS, QueryError
from ..text.turtle.tokens import escape
from ..text.wording import first, say
from ._layout import styled, visible, wrap
from ._options import Choice
from ._reader import outlast_reader
from ._stderr import complain

if TYPE_CHECKING:
    from ..curation.citing import Citation, Quote


@click.command()
@click.argument("text")
@click.argument("phrases", nargs=-1, metavar="[PHRASE]...")
@click.option("--all", "everywhere", is_flag=True, help="A line for each place of a phrase.")
@click.option(
    "--nth", type=click.IntRange(1), metavar="N", help="The line of the Nth place of the phrase."
)
@click.option(
    "--format",
    "form",
    type=Choice(("text", "json")),
    default="text",
    show_default=True,
    help="The lines for the file, or all that is known of each place.",
)
def cite(text: str, phrases: tuple[str, ...], everywhere: bool, nth: int | None, form: str) -> None:
    """Print the evidence line of each phrase, ready for the article's file.

    TEXT is the file with the article's text, or '-' for standard input. A phrase is found however
    the text writes its quotation marks, dashes, spaces, line breaks and accents, and the line has
    what stands there. On standard error is the sentence around it, and what an anchor shouldn't be.

    The exit code is 1 if a phrase stands nowhere (what is near is said) or more than once (each
    place is listed, with words that stand nowhere else). Without a phrase, the hash and the length
    of the text are printed, for the head of the file.

    \b
    Example:
      passex cite salt-road.txt "off Madeira on Monday" "sent observers"
      passex cite salt-road.txt "Salt Road" --nth 2
      pbpaste | passex cite - "two navies"
    """  # noqa: D301
    from ..curation.citing import CitedText
    from ..evidence.texts import digest, read_text
    from ..graph.sources import standard_input

    if everywhere and nth is not None:
        raise QueryError("--all and --nth both choose places", "give one of them")
    if nth is not None and len(phrases) != 1:
        raise QueryError("--nth is for one phrase", "give one phrase at a time")
    outlast_reader()
    article = read_text(text, standard_input)
    cited = CitedText(article)
    citations = [cited.cite(phrase) for phrase in phrases]
    chosen = [_chosen(citation, everywhere, nth) for citation in citations]
    if form == "json":
        from dataclasses import asdict

        from ..graph.tables import dump

        found = [asdict(citation) for citation in citations]
        _print(dump({"sha256": digest(article), "length": len(article), "phrases": found}))
    else:
        if not phrases:
            _print(f'nr:sha256 "{digest(article)}" ; nr:textLength {len(article)} ;\n')
        for citation, quotes in zip(citations, chosen, strict=True):
            _report(citation, quotes, nth)
    click.get_current_context().exit(0 if all(chosen) else PROBLEMS)


def _chosen(citation: Citation, everywhere: bool, nth: int | None) -> tuple[Quote, ...]:
    """Choose the places that are asked for; none where that is not said."""
    if nth is not None:
        return citation.quotes[nth - 1 : nth]
    return citation.quotes if everywhere or len(citation.quotes) == 1 else ()


def _report(citation: Citation, quotes: tuple[Quote, ...], nth: int | None) -> None:
    """Print the lines, and say on standard error what stands around them or why there is none."""
    for quote in quotes:
        _print(f"{quote.turtle}\n")
        _show(quote, "  ")
        if quote.exact != citation.phrase:
            complain(f'the text has "{escape(quote.exact)}" for "{citation.phrase}"')
        for fault in quote.faults:
            complain(f"{fault.message.removesuffix('.')}; {fault.hint}")
    if quotes:
        return
    number = len(citation.quotes)
    if nth is not None and number:
        complain(f'"{citation.phrase}" stands {say(number, "time")}, and --nth asks for {nth}')
    elif number:
        complain(f'"{citation.phrase}" stands {number} times; give more words, --nth or --all')
    else:
        _miss(citation)
    listed, more = first(citation.quotes)
    for place, quote in enumerate(listed, 1):
        _show(quote, f"  {place}  ")
        if quote.unique is not None:
            _say(f'only here: "{escape(quote.unique)}"', " " * (len(str(place)) + 4))
    if more:
        _say(more, "  ")


def _miss(citation: Citation) -> None:
    """Say what the text has instead of a phrase."""
    if citation.near:
        meant = " or ".join(dict.fromkeys(f'"{escape(near.exact)}"' for near in citation.near))
        hint = f"did you mean {meant}?"
    elif citation.lacking:
        hint = "it has nowhere " + ", ".join(f'"{escape(word)}"' for word in citation.lacking)
    else:
        hint = "it has the words, and not together"
    complain(f'the text does not have "{citation.phrase}"; {hint}')
    for near in citation.near:
        _show(near, "  ")


def _show(quote: Quote, indent: str) -> None:
    """Show the sentence around a place, with its line."""
    before, there, after = quote.sentence
    line = f"line {quote.line}: {before}[{styled(there, 'strong')}]{after}"
    _say(" ".join(line.split()), indent)


def _say(text: str, indent: str) -> None:
    for line in wrap(text, indent, " " * len(indent)):
        click.echo(visible(line), err=True)


def _print(text: str) -> None:
    # In the encoding of the files, whatever the terminal's is: a line is to be pasted as it is.
    click.echo(text.encode(), nl=False)
