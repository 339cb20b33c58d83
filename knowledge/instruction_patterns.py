"""How orders to a program that answers are worded; see `knowledge.instructions`.

The patterns are matched against text in lower case, without what stands in quotation marks.
"""

import re

from knowledge.instruction_words import (
    ASSISTANT,
    LANGUAGE,
    ORDERS,
    OUTPUT,
    PIECE,
    PLAY,
    SECRETS,
    VERB,
    VERB_DE,
    YOUR_OUTPUT,
)

_NEVER = r"(?:only |always |exclusively |never |do not |don't )*"

AT_CLAUSE = tuple(
    re.compile(pattern)
    for pattern in (
        # to forget what was told before
        (
            rf"(?:ignore|disregard|forget(?!-)|override|bypass|stop following|"
            rf"do not follow|don't follow|pay no attention to|ignoriere?|vergiss|missachte|"
            rf"[üu]bergehe)\b"
            rf"(?=.{{0,60}}\b(?:previous|prior|above|earlier|preceding|foregoing|former|existing|"
            rf"initial|"
            rf"original|all|any|your|system|other|everything|vorherigen?|bisherigen?|obigen?|alle|"
            rf"deine)\b)"
            rf".{{0,40}}?\b(?:{ORDERS}|context|messages?|documents?|sources?|training|told|said|"
            rf"text)\b"
        ),
        # what an answer is to be like, and what it is to hold
        rf"{_NEVER}{VERB}\b.*{YOUR_OUTPUT}",
        rf"{VERB_DE}\b.*{YOUR_OUTPUT}",
        (
            rf"(?:in|within|throughout|for|at the (?:end|start|beginning|top) of|somewhere in|as "
            rf"part of|"
            rf"before|after|when(?:ever)? (?:writing|giving|composing|generating)|instead of|in|"
            rf"am ende)"
            rf"\s+(?:all (?:of )?)?{YOUR_OUTPUT}"
        ),
        (
            rf"(?:{VERB}|encode|decode|anagram|spell|speak|talk|jumble|scramble|reverse)"
            rf"\b.{{0,120}}{PLAY}"
        ),
        (
            rf"(?:respond|reply|answer|speak|write|talk|antworte|schreibe?)\b {_NEVER}"
            rf"(?:back )?(?:in|auf|to (?:all|every|each) \w+ in) {LANGUAGE}\b"
        ),
        rf"(?:translate|[üu]bersetze)\b.{{0,200}}\b(?:to|into|in|ins?|auf) (?:the )?{LANGUAGE}\b",
        (
            rf"(?:provide|give|find|write|say|tell)\b.{{0,60}}\b{LANGUAGE} (?:equivalent|"
            rf"translation|word|version|term)\b"
        ),
        (
            r"(?:respond|reply|answer|antworte)\b (?:only|always|exclusively|nur|immer|with "
            r"(?:only|nothing|the (?:word|phrase|exact|"
            r"following|text|sentence)|just)|as (?:if|though)|mit (?:dem|nur|nichts))\b"
        ),
        (
            r"(?:always|never|do not|don't|only) (?:say|mention|recommend|answer|reply|respond|"
            r"tell|claim|"
            r"refuse|cite|quote|reveal|refer to (?:the|any|other) (?:source|document)s?|"
            r"(?:use|trust|rely on) (?:the|any|other) (?:source|document|passage)s?)\b"
            r"(?=.{0,80}\b(?:users?|question|asked|answer|source|document|prompt|instructions?|"
            r"that you|them|anyone)\b)"
        ),
        r"\w+ your (?:response|answer|reply)\b",
        (
            r"(?:output|print|say|return|repeat|write|display)\b (?:only |exactly |verbatim "
            r")?(?:the following|this|these|the words?)(?: exact)? (?:text|words?|sentence|phrase|"
            r"message|string|line|above)\b"
        ),
        (
            r"(?:execute|run|call|invoke|use|trigger)\b (?:the |this )?(?:following (?:commands?|"
            r"code|script|function)|\w+_\w+ (?:tool|function|command)|\w+_\w+\b.{0,20}\b(?:now|"
            r"tool|function))\b"
        ),
        # pieces of writing and code that are made on request
        (
            rf"(?:write|compose|draft|create|generate|produce|craft|provide|develop|give|tell|"
            rf"sing|"
            rf"recite|invent|make up|schreibe?|verfasse|erz[äa]hle?)\b(?: (?:me|us|mir|uns))?"
            rf"(?: (?:a|an|some|the|one|two|three|\d+|ein|eine|einen))?(?: "
            rf"[\w-]+){{0,3}}? {PIECE}\b"
        ),
        (
            rf"(?:write|compose|draft|create|generate)\b.{{0,40}}\b(?:for|of|to) (?:a|an) "
            rf"(?:[\w-]+ ){{0,2}}{PIECE}\b"
        ),
        r"(?:show|tell|give|send|sing|read|teach|explain to|zeig|sag|gib) (?:me|us|mir|uns)\b",
        # what is not to be told
        (
            rf"(?:reveal|print|output|repeat|show|display|leak|disclose|expose|send|give|tell|"
            rf"share|"
            rf"dump|return|exfiltrate|summari[sz]e|email|e-mail|post|forward|upload|include|"
            rf"verrate|zeige?|gib)\b.{{0,50}}\b{SECRETS}\b"
        ),
        # whom it is to be, and what it is to tell whom
        (
            rf"(?:you are|you're|du bist|sie sind)\b (?:now |jetzt |nun |no longer |nicht mehr "
            rf")?(?:an? |the |in |eine? |der |die )?"
            rf"(?:\w+ ){{0,2}}?(?:{ASSISTANT}|dan|developer mode|unrestricted|jailbroken|bound by|"
            rf"limited by)\b"
        ),
        (
            rf"(?:pretend to be|(?:pretend|imagine) (?:that )?you(?:'re| are) (?:now )?(?:an? "
            rf")?(?:[\w-]+ ){{0,2}}(?:{ASSISTANT}|pirate|hacker|human))\b"
        ),
        (
            rf"(?:act|behave|role-?play)\b (?:as|like) (?:if you|though you|an? (?:[\w-]+ "
            rf"){{0,2}}(?:{ASSISTANT}|pirate|hacker|human)|my|dan)\b"
        ),
        (
            r"(?:tell|ask|inform|urge|direct|advise|remind|convince|warn|persuade|invite|"
            r"encourage|send|sag|sage|bitte) (?:the|every|all|each|dem|den|der) "
            r"(?:users?|readers?|askers?|visitors?|nutzer\w*|benutzer\w*|leser\w*)\b (?:to\b|"
            r"that\b|with\b|about (?:our|the|this|my)|they\b|dass\b|zu\b)"
        ),
        (
            rf"(?:if|when(?:ever)?|wenn|falls) (?:you are|you're|du|sie) (?:an? |eine? "
            rf")?(?:{ASSISTANT}|automated|reading this|asked|answering|summari[sz]ing|responding)"
            rf"\b"
        ),
        (
            rf"(?:when(?:ever)?|if|before|after) (?:you )?(?:the user |anyone |a user |someone |"
            rf"users )?(?:ask(?:s|ed)?|answer(?:ing)?|summari[sz](?:e|ing)|respond(?:ing)?|"
            rf"reply(?:ing)?)\b"
            rf".{{0,160}}?,\s*(?:please |also |just |you (?:must|should|will) )?{_NEVER}(?:{VERB}|"
            rf"ignore|visit)\b"
        ),
        (
            rf"(?:(?:any|all|the|every|dear|hey|hi|hello|attention|note to|to the|to any|to all)"
            rf"[,:]? )?{ASSISTANT}s?"
            rf"(?:(?: (?:that |which |who )?(?:is |are )?(?:read|process|summari[sz]|pars|answer|"
            rf"analy[sz])\w* (?:this|these|it)\b.{{0,40}}?,? (?:must|should|shall|has to|have to|"
            rf"will|needs? to|please)\b)|"
            rf" (?:that |who )?(?:is |are )?(?:read|process|summari[sz]|pars)\w* (?:this|these|it)"
            rf"\b.{{0,40}}:|"
            rf"[,:!]+ (?:please |now |you (?:must|should|shall|will|are) |{_NEVER})*(?:{VERB}|"
            rf"ignore|disregard|forget|visit)\b)"
        ),
        # where readers are to go
        (
            r"(?:visit|go to|click(?: on)?|download|install|navigate to|browse to|fetch|buy|order|"
            r"subscribe|sign up|register|call|besuche|klicke?|lade)\b.{0,80}?"
            r"(?:https?://|www\.|\b[\w-]+\.(?:com|net|org|io|xyz|info|biz|ru|top|site|online|app|"
            r"dev|de)\b|\bhere\b|\bnow\b|\btoday\b)"
        ),
    )
)
ANYWHERE = tuple(
    re.compile(pattern)
    for pattern in (
        # a role for a model, which readers are never given
        (
            r"\byou (?:now )?(?:have|are under|are bound by) no (?:\w+ ){0,2}(?:restrictions|"
            r"limitations|guidelines|filters|safeguards)\b"
            r"(?=.{0,60}\b(?:never|must|not|any|will)\b)"
        ),
        rf"\bas an? (?:helpful |ai |large |honest )*(?:{ASSISTANT})\b,? you\b",
        (
            rf"\b(?:important |new |secret |hidden |special |following |the |system |real |"
            rf"updated )*instructions? (?:for|to) (?:the |any |all )?{ASSISTANT}\b\s*[:.!]"
        ),
        (
            r"\byour (?:new|only|real|true|primary|actual|next) (?:task|instructions?|goal|job|"
            r"role|purpose|mission|objective) (?:is|are)\b"
        ),
        (
            rf"\byou (?:must|should|shall|have to|need to|will|are to|are required to)\b (?:now |"
            rf"always |only |never |not )*"
            rf"(?:answer|respond|reply|output|say|ignore (?:all|any|the|your)|obey|comply with "
            rf"(?:the|this|my)|pretend|include .{{0,60}}{YOUR_OUTPUT})\b"
            rf"(?=.{{0,80}}\b(?:questions?|the users?|yes|only|in {LANGUAGE}|instructions?|"
            rf"prompt|{OUTPUT})\b)"
        ),
        r"\bnew instructions?\s*:",
        r"\b(?:developer|dan|jailbreak|god|sudo) mode (?:is )?(?:now )?(?:enabled|activated|on)\b",
    )
)  # fmt: skip
