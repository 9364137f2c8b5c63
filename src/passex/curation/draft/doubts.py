"""Doubts: words by which a sentence denies what it names, hedges it, or only leads elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from . import clauses
from .calendar import MONTH

#: What follows may not be so: nothing of such a sentence is proposed as having happened.
_DENIED: Final = re.compile(
    r"\b(?:not(?! only\b| (?:fewer|less|more) than\b)|cannot|never|"
    r"no(?! sooner\b| (?:fewer|less|more|later|earlier) than\b)(?= [a-z]+\b| [A-Z])|"
    r"none|neither|nor|nobody|"
    r"no[- ]one|nothing|nowhere|no longer|hardly|barely|scarcely|"
    r"\w+n['\u2019]t|without|unless|instead of|rather than|unlike|apart from|other than|"
    r"in place of|except|excluding|"
    r"(?:has|have|had|is|are) yet to|"
    r"den(?:y|ies|ied|ying|ials?)|refus(?:e|es|ed|ing|als?)|reject(?:s|ed|ing|ion)?|"
    r"declin(?:e[sd]?|ing)(?= (?:to|an?|the|its|their)\b)|dismiss(?:es|ed|ing|al)?|"
    r"rul(?:e[sd]?|ing) out|turn(?:s|ed|ing)? down|"
    r"fail(?:s|ed|ing)? to|failure to|unable to|unwilling to|"
    r"disput(?:es?|ed|ing) (?:that|the|any|reports?|claims?)|"
    r"disavow(?:s|ed|ing)?|contradict(?:s|ed|ing)?|refut(?:e[sd]?|ing)|"
    r"boycott(?:s|ed|ing)?|skip(?:s|ped|ping)|sat out|stay(?:s|ed|ing)? away|absent|"
    r"(?:decid\w*|voted|opt\w*|advis\w*) (?:against|out|not to)|"
    r"(?:prevent|block|bar|bann?|keep|kept|stop)\w* (?:[\w'\u2019-]+ ){0,4}from|"
    r"forb(?:ids?|ade|idden)|exclud(?:e[sd]?|ing)|abstain(?:s|ed|ing)?|refrain(?:s|ed|ing)?|"
    r"(?:false|untrue|unfounded|fake|bogus)|hoax|ceased?|stopped)\b",
    re.IGNORECASE,
)
#: No. 3 is a number, and no negation.
_NUMBER: Final = re.compile(r"No\. ?\d")
#: What recurs is a series, and no exercise: held such drills every year, is a biennial exercise.
_OFTEN: Final = (
    rf"\b(?:(?:every|each) (?:\w+ )?(?:years?|months?|spring|summer|autumn|fall|winter|{MONTH})|"
    r"annually|yearly|regularly|(?:twice|once) a year)\b"
)
_RECURS: Final = re.compile(
    r"\b(?:have|has) (?:\w+ )?(?:held|hosted|conducted|staged|trained|exercised)\b[^,;]*?"
    rf"(?:{_OFTEN}|\bsince (?:\d{{4}}|the \d{{4}}s)\b)|"
    r"\b(?:holds?|conducts?|stages?|hosts?|(?:is|are) held|takes? place)\b[^,;]*?"
    rf"{_OFTEN}|"
    r"\b(?:held|hosted|conducted|staged|trained|exercised)\b[^,;]*?\b(?:"
    r"twice(?! (?:the|as|that)\b)|(?:two|three|four|five|six|several|many|\d+) times|repeatedly)\b|"
    r"\b(?:is|are) (?:an? |the )?(?:\w+ )?(?:annual|biennial|yearly|regular|recurring) "
    r"(?:[\w-]+ ){0,4}?(?:exercises?|drills?|man(?:o|)euv\w+|series)\b"
)
#: What is hoped for, said to be, or may be: a claim of it is probable at most, and a question.
_HEDGED: Final = re.compile(
    r"\b(?:(?-i:may)|might|could|(?:un)?expect(?:s|ed)?|(?:un)?likely|possibl[ey]|probabl[ey]|perhaps|"
    r"maybe|reportedly|allegedly|alleged|supposedly|apparently|seemingly|presumably|"
    r"(?:is|are|was|were) (?:believed|thought|rumou?red|reported|said|understood|feared) to|"
    r"(?:listed|named|billed|tipped) (?:as|among)|slated|"
    r"rumou?rs?|rumou?red|speculat(?:es?|ed|ion)|suspect(?:s|ed)?|claim(?:s|ed)|suggest(?:s|ed)?|"
    r"appear(?:s|ed)? to|(?:was|were) to|accus(?:e[sd]?|ing|ations?)|"
    r"alleg(?:es?|ing|ations?)|pretend(?:s|ed|ing)?|oppos(?:e[sd]?|ing|ition)|imagin(?:e[sd]?|ary)|"
    r"fictional|fictitious|seem(?:s|ed)? to|should|if|whether|in case|subject to|pending|depending|"
    r"consider(?:s|ed|ing)?|mull(?:s|ed|ing)?|weigh(?:s|ed|ing)|discuss(?:es|ed|ing)?|"
    r"propos(?:e[sd]?|als?|ing)|offer(?:s|ed|ing)?|"
    r"want(?:s|ed)?|wish(?:es|ed)?|hop(?:e[sd]?|ing)|seek(?:s|ing)?|sought|aim(?:s|ed|ing)?|"
    r"prefer(?:s|red)?|would like|would rather|eager|keen|willing|ready to|"
    r"urg(?:e[sd]?|ing)|"
    r"call(?:s|ed|ing)? (?:for|on)|ask(?:s|ed)? (?:for|to)|demand(?:s|ed)?|request(?:s|ed)?|"
    r"threaten(?:s|ed)?|vow(?:s|ed)?|nearly(?= \w+ed\b))\b",
    re.IGNORECASE,
)
#: What was hoped for or planned, and didn't come about, or would have only under a condition.
_UNFULFILLED: Final = re.compile(
    r"\b(?:had (?:\w+ly |also |once |long |originally )?(?:hoped|planned|intended|wanted|wished|"
    r"expected|meant|aimed|promised|vowed|offered|"
    r"been (?:due|set|expected|scheduled|slated|meant|supposed|planning|hoping))|"
    r"(?:w|c)ould (?:\w+ )?have|(?:was|were) (?:\w+ )?to have|(?:was|were) supposed to|meant to|"
    r"intended to|would[- ]be (?:partner|participant)s?|"
    r"(?:almost|nearly|all but|narrowly) (?:joined|took part|trained|exercised|participated|"
    r"attended|came)|"
    r"miss(?:es|ed|ing) (?:the|an?|this|last|its|their)\b(?! (?:\w+ )?(?:target|mark))|"
    r"left out|(?:stays?|stayed) (?:home|in port|ashore)|"
    r"fell through|falls? through|came to nothing|foundered)\b",
    re.IGNORECASE,
)
#: What somebody wanted to do: where something was held beside it, it may have been without them.
_WANTED: Final = re.compile(
    r"\b(?:hoped|wanted|wished|planned|intended|sought|offered|asked|expected|tried|"
    r"(?:was|were) (?:\w+ )?(?:to|due|set|scheduled|slated|expected|about|poised|ready))\b"
    r"[^;,]{0,60}?\b(?:join|take part|participate|attend|send|train|exercise|drill|sail|come|"
    r"contribute)\b",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"\b(?:held|began|begun|started|ended|concluded|took place|trained|exercised|finished|"
    r"completed|hosted|opened|staged|conducted|kicked off|under ?way)\b"
)
#: What came of it after all is told, too.
_WITHDREW: Final = re.compile(r"[^;,]*?,?(?: \w+){0,2} (?:withdr\w+|pulled out)\b")
#: What was to be, and what came of it: where something is called off, nothing is in doubt.
_WAS_TO_BE: Final = re.compile(r"(?:was|were) to", re.IGNORECASE)
_CALLED_OFF: Final = re.compile(
    r"\b(?:cancel(?:l?ed|s|l?ing)?|call(?:ed|s|ing) off|scrap(?:s|ped|ping)|"
    r"abandon(?:s|ed|ing)?|postpon(?:e[sd]?|ing)|put off|shelv(?:e[sd]?|ing))\b",
    re.IGNORECASE,
)
#: What a page says between the paragraphs of an article.
_LINK: Final = re.compile(
    r"\W*(?:(?:read|see|watch|listen)(?: \w+)?(?: also| more| too| next| on)?|also (?:read|see)|"
    r"related(?: \w+)?|more(?: on this| news| stories)?|recommended(?: \w+)?|"
    r"you may (?:also )?like|don['\u2019]t miss|in (?:other|related) news|"
    r"what (?:else )?to (?:read|know)(?: next)?|most read|trending|background|explainer|opinion|"
    r"video|photos?|gallery|live(?: updates)?|advertisement)\s*[:|>\u00bb\u2013\u2014]",
    re.IGNORECASE,
)
_READ_ALSO: Final = re.compile(
    r"\W*(?:read|see) (?:also|more|next)\b|\W*also read\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Doubts:
    """Why a sentence may not tell what happened.

    Attributes:
        link: The words by which it leads to another article; empty where it doesn't.
        denial: The words by which it denies something, or tells of what didn't come about.
        hedge: The words by which it hedges, wishes, or sets a condition.
        series: The words by which it tells of what recurs, and of no one exercise.
    """

    link: str = ""
    denial: str = ""
    hedge: str = ""
    series: str = ""


#: A sentence that says what it says.
NONE: Final = Doubts()


def find(text: str, start: int, end: int) -> Doubts:
    """Find the doubts of a sentence.

    Args:
        start: Where the sentence begins, and where it ends.

    Example:
        >>> for text in ("They have not met.", "No. 3 may sail.", "Read also: They met."):
        ...     print(find(text, 0, len(text)))
        Doubts(link='', denial='not', hedge='', series='')
        Doubts(link='', denial='', hedge='may', series='')
        Doubts(link='Read also:', denial='', hedge='', series='')
    """
    if link := _LINK.match(text, start, end) or _READ_ALSO.match(text, start, end):
        return Doubts(link=link[0].strip())
    denials = (m for m in _DENIED.finditer(text, start, end) if not _is_number(text, m))
    denial = next(denials, None) or _unfulfilled(text, start, end)
    hedges = _HEDGED.finditer(text, start, end)
    if _CALLED_OFF.search(text, start, end):
        hedges = (m for m in hedges if not _WAS_TO_BE.fullmatch(m[0]))
    hedge = next(hedges, None)
    asked = "?" if text[start : end + 1].endswith("?") else ""
    # What is said in between, such as since when it is held, makes no series of an exercise.
    recurs = _RECURS.search(clauses.main(text[start:end]))
    return Doubts(
        "",
        denial[0] if denial else "",
        hedge[0] if hedge else asked,
        recurs[0] if recurs else "",
    )


def _unfulfilled(text: str, start: int, end: int) -> re.Match[str] | None:
    """Find the words by which a sentence tells of what didn't come about, as far as it goes.

    Where it says that something was called off, or that somebody withdrew, it tells what was.
    """
    if _CALLED_OFF.search(text, start, end):
        return None
    found = _UNFULFILLED.search(text, start, end)
    if found is None and (wanted := _WANTED.search(text, start, end)):
        done = (_DONE.search(text, start, wanted.start()), _DONE.search(text, wanted.end(), end))
        found = wanted if any(done) else None
    return None if found and _WITHDREW.match(text, found.end(), end) else found


def _is_number(text: str, match: re.Match[str]) -> bool:
    return bool(_NUMBER.match(text, match.start()))
