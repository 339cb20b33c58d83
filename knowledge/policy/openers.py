"""Finds who is to do what in a sentence: what opens a request, an explanation or a defence."""

import re
from dataclasses import dataclass
from typing import Literal

Frame = Literal["request", "generic", "education", "defence"]

# people that a question is about rather than from
THIRD = (
    r"people|attackers?|criminals?|scammers?|hackers?|terrorists?|extremists?|researchers?|users?|"
    r"actors?|others|someone|somebody|anyone|anybody|everyone|companies|states?|governments?|"
    r"developers?|fraudsters?|groups?|folks|they|he|she|trolls|spammers?|thieves|perpetrators?|"
    r"adversar(?:y|ies)|abusers|students|teenagers|kids|labs?|red teams?|"
    r"angreifer(?:n|innen)?|kriminelle[nr]?|betruger(?:n|innen)?|tater(?:n)?|leute[n]?|menschen|"
    r"jemand|andere|firmen|unternehmen|staaten|hacker[n]?|forscher(?:n|innen)?|terroristen|nutzer|"
    r"extremisten|forschende|personen|entwickler|regierungen|schuler|jugendliche|"
    r"betrueger(?:n)?|taeter(?:n)?"
)
_BEST = (
    r"(?:(?:the|a|an|some|any|your|really|most|very|quick|easy|single|absolute) )*"
    r"(?:best|easiest|fastest|quickest|simplest|cheapest|safest|good|great|surest|effective|"
    r"efficient|reliable|right|easy|quick|simple|correct|perfect|general|clever|smart|sneaky)? ?"
)
_WAY = (
    r"(?:pretext|excuse|lie|story|bait|line|script|vorwand|masche|way|ways|method|methods|steps?|technique|techniques|tricks?|process|procedure|plan|"
    r"strategy|tools?|prompts?|workflow|approach|recipe|path|route|commands?)"
)
_MAKE_ME = (
    r"write|give|show|make|create|generate|build|draft|compose|code|produce|provide|send|tell|"
    r"teach|list|design|help|walk|craft|print|output|develop|program|get|find|hand|guide|describe|"
    r"explain|complete|continue|translate|rewrite|improve|finish|share|supply|assist|act|pretend|"
    r"imagine|link|point|recommend|suggest|outline|spell|fill|turn|lay|feed|prepare|plan|"
    r"schreib|schreibe|gib|zeig|zeige|mach|mache|erstell|erstelle|generier|generiere|bau|baue|"
    r"verfass|verfasse|nenn|nenne|hilf|sag|verrat|verrate|liefer|liefere|entwirf|entwickle|"
    r"programmier|programmiere|bring|erklar|erklare|erklaer|erklaere|such|finde|schick|schicke|"
    r"formulier|formuliere|besorg|besorge|spiel|spiele|tu|stell|stelle|ubersetze|produziere|"
    r"beschreib|beschreibe|vervollstandige|optimier|optimiere|verbesser|verbessere|empfiehl|"
    r"leite|fuhr|fuhre|unterstutz|unterstutze|erzeug|erzeuge|bastle|bastel|plane|besorg"
)
_STRIP = (
    r"remove|strip|disable|bypass|circumvent|evade|defeat|break|override|unlock|uncensor|jailbreak|"
    r"abliterate|decensor|ignore|delete|erase|eliminate|kill|fool|trick|crack|hack|steal|leak|"
    r"exfiltrate|extract|dox|doxx|stalk|track|locate|identify|deanonymize|unmask|undress|nudify|"
    r"clone|swap|fake|forge|spread|flood|launch|plant|insert|hide|poison|run|train|finetune|"
    r"synthesize|manufacture|cook|mix|spy|impersonate|convince|deepfake|post|publish|upload|"
    r"download|copy|grab|crawl|set|setup|switch|take|deploy|automate|use|start|lift|drop|"
    r"sabotage|mass|put|turn|scam|phish|blackmail|extort|persuade|manipulate|swat|out|"
    r"entferne|entfern|umgehe|umgeh|schalte|schalt|deaktiviere|heble|heb|knack|knacke|losche|"
    r"stiehl|klau|klaue|leake|kopiere|doxe|doxxe|stalke|orte|verfolge|klone|falsche|verbreite|"
    r"flute|starte|verstecke|vergifte|uberliste|trickse|tausche|zieh|ziehe|nimm|stelle|loesche|"
    r"faelsche|ueberliste|taeusche|tausch|tausche|finde|hack|hacke|mische|ignorier|ignoriere|"
    r"veroffentliche|poste|lade|trainiere|bringe|bring|setz|setze|spioniere|identifiziere|"
    r"enttarne|entlocke|beseitige|erpresse|entsperre|entzensiere|kompiliere"
)
_LEAD = (
    r"(?:(?:please|ok|okay|now|so|hey|hi|hello|just|simply|kindly|bitte|jetzt|also|dann|then|first|"
    r"next|finally|caveat|bot|you|must|should|will|immediately|and|und|but|aber|hypothetically|"
    r"hypothetisch|mal|einfach|erst|yo|dude|bro|go|ahead|quickly|quick|well|great|thanks|danke|"
    r"instead|therefore|still|always|secretly|perfect|cool|good|gut|super|nochmal|again|my|sir|"
    r"friend|freund|hallo|sofort|step|stepwise|two|three|one|in|detail|english|german|deutsch|"
    r"everyone|guys|leute|lieber|liebes?|\d+|[,\"'()*>-]) ?)*"
)
# what a sentence begins with that is no order
_NO_VERB = (
    r"i|we|you|he|she|they|it|the|a|an|this|that|these|those|my|our|your|his|her|their|some|all|any|many|most|few|"
    r"what|how|why|who|when|where|which|whose|is|are|was|were|do|does|did|has|have|had|can|could|would|will|should|"
    r"may|might|must|if|because|since|although|while|and|or|but|for|of|in|on|at|to|with|without|by|from|about|as|"
    r"people|one|two|not|no|yes|there|here|after|before|until|both|each|every|than|like|into|over|under|even|"
    r"given|against|despite|whether|someone|nobody|everybody|anyone|only|just|open|ai|is|ist|sind|wie|was|warum|"
    r"kill the hype|tell|explain|let|hat|haben|kann|ich|er|sie|es|wir|hat|ein|eine|der|die|das|summarise|summarize|compare"
)
_ROLE = re.compile(
    rf"^{_LEAD}(?:act|pretend|imagine|roleplay|role play|you are|you re|let's|lets|let us|assume|suppose|"
    r"stell dir vor|tu so|spiel|spiele|angenommen|du bist|nimm an)\b"
)
_ASK_YOU = (
    r"(?:can|could|would|will|wouldn not|can not|may) (?:you|u|someone|anyone|somebody)"
    r"(?: (?:please|just|kindly|possibly|maybe|also|quickly|help|me))*|"
    r"(?:kannst|konntest|koenntest|wurdest|wuerdest|magst|willst|konnen|konnten|wurden) "
    r"(?:du|sie|ihr)(?: (?:mir|bitte|mal|uns|fur mich|kurz|vielleicht|das))*"
)

_PATTERNS: tuple[tuple[Frame | Literal["nominal"], str], ...] = (
    ("education", r"\b(?:what|which|welche) (?:rights?|laws?|duties|obligations|penalt\w+|help|rechte|gesetze|pflichten|"
     r"strafen|hilfe)\b"),
    ("generic", r"\bhow (?:does|do|would|did|can|could|should) (?:my|the|our) (?:\w+ )?(?:hero|heroine|villain|character|"
     r"protagonist|antagonist|detective|killer|chemist|scientist|hacker)\b|"
     r"\bwie \w+ (?:mein\w*|der|die|das|unser\w*) (?:\w+ )?(?:hauptfigur|figur|held|heldin|bosewicht|boesewicht|"
     r"protagonist\w*|charakter|schurke|chemiker\w*|hacker\w*)\b"),
    ("request", r"\bhow (?:do|can|could|should|would|might|may|shall|am|did|must|will|else)"
     r"(?: \w+)? (?:i|we|my)\b"),
    ("request", r"\b(?:any|some|got|have|need) (?:\w+ ){0,2}(?:idea|tip|tips|advice|way|ways|trick) "
     r"(?:how |for |to |on )"),
    ("generic", r"\bhow (?:to|do you|does one|would you|would (?:one|someone|somebody|anyone|"
     r"anybody|a person|a hacker|an attacker|a villain|you)|can (?:one|you|someone|somebody)|"
     r"could (?:one|you|someone|somebody)|does (?:someone|somebody)|might (?:one|someone)|"
     r"should (?:one|you)|u)\b"),
    ("generic", r"\bways? (?:to|of)\b|\bwie (?:\w+ ){1,2}man\b|\bwie man\b|"
     r"\bwie (?:lasst|laesst|lassen|liesse) sich\b|\bwie geht\b|\bwie (?:du|ihr)\b"),
    ("request", rf"\bwhat (?:is|are|would be|might be|was) {_BEST}{_WAY} (?:to|of|for|i|that|by)\b"),
    ("request", r"\bwhat (?:is|are) (?:the |a )?(?:best|easiest|cheapest|fastest|most \w+|right|good) (?:\w+ ){1,3}(?:to|for)\b"),
    ("request", r"\bwhat (?:do|should|would|must|could|can|will) (?:i|we) (?!do\b|know|expect|learn|understand)\w+"
     r"(?! (?:know|if|when|about|against))"),
    ("request", r"\b(?:which|what|where|welche\w*) (?!is|are|does|do|was|did|were|would|has|happens)\w+ (?:\w+ ){0,2}to (?!know|look|expect|learn|understand|do\b)\w+"),
    ("request", r"\b(?:what|which) (?:\w+ ){1,6}(?:can|should|do|could|would|must|will) (?:i|we)\b"),
    ("request", r"\b(?:what|which|welche[rs]?) (?:\w+ ){0,4}(?:models?|tools?|apps?|prompts?|loras?|websites?|sites?|services?|bots?|repos?|repository|library|notebook|colab|skript|script|"
     r"software|command|code|modell|programm|ki|seite) (?:can|could|will|would|lets?|kann|konnte|erstellt|erzeugt|"
     r"takes?|removes?|strips?|undresses|clones?|turns?|finds?|tracks?|puts?|swaps?|gets?|"
     r"macht|wurde|schreibt|generates?|makes?|writes?|creates?)\b(?! (?:be|help|also|not))"),
    ("request", r"\b(?:what|which) (?:\w+ ){0,3}(?:settings?|parameters?|layers?|prompts?|commands?|loras?) "
     r"(?!is|are|do|does|did|were|was|have|has|can be|could be)\w+"),
    ("request", r"^(?:just|only|nur|bitte nur) (?:the|a|den|die|das|einen?|give|show) "),
    ("request", rf"^{_LEAD}(?!(?:{_NO_VERB})\b)(?!\w*(?:ing|s|ed)\b)\w+ (?:me|us|the|a|an|this|my|some|all|"
     r"these|up|out|it|them|mir|uns|\d+)\b"),
    ("request", r"\b(?:what|which) (?:\w+ ){0,3}(?:prompt|prompts|command|commands|tool|tools|"
     r"settings?|parameters?|dataset|datasets|script|words|phrase|steps|lora|chemicals|"
     r"ingredients|precursors?|models?) (?:to|lets? me|will let|makes?|make|gets?|works? best|"
     r"work|works|should one|does it take|are needed|is best|are best|do you|would you)\b"),
    ("request", r"\bwhere (?:(?:can|do|could|should|would|might) (?:i|we|you|one)|to|is the best place)\b"),
    ("request", r"\bwie (?:\w+ ){1,3}(?:ich|wir)\b|\bwie ich\b|\bwo (?:\w+ ){1,2}(?:ich|man|wir)\b|"
     r"\bwas (?:brauche|muss|soll|benotige|benoetige|schreibe|mache) ich\b(?! (?:wissen|beachten|tun))|"
     r"\bwomit (?:\w+ ){1,2}ich\b|\bmit welche[mnr] (?:\w+ ){1,4}(?:ich|man)\b|"
     r"\bwelche[nrs]? (?:\w+ ){1,4}(?:ich|nehme|brauche|soll)\b|"
     r"\bwas ist (?:der|die|das) (?:beste|einfachste|schnellste|sicherste) (?:\w+ )"),
    ("request", rf"(?:^|(?<=[\",:(] )){_LEAD}(?:{_MAKE_ME}|{_STRIP})\b"),
    ("generic", rf"\b(?:can|could) (?:you|u) (?:actually |really |even |also )?(?:{_STRIP})\b"),
    ("request", rf"\b(?:{_ASK_YOU})\b"),
    ("request", rf"\b(?:{_MAKE_ME}) (?:me|us|mir|uns|mich)\b"),
    ("request", rf"\b(?:and|then|please|now|und|dann|bitte|,) (?:then |now |also |just |please |"
     rf"dann |jetzt |bitte )?(?:{_STRIP}|{_MAKE_ME}) (?=(?:me|mir|it|them|him|her|this|that|my|"
     r"mein\w*|the|a|an|all|any|his|their|its|sie|es|ihn|den|die|das|dein\w*|sein\w*|ein\w*|"
     r"alle\w*|every)\b)"),
    ("request", r"\b(?:i|we) (?:really |just |urgently |only |also |would |still |desperately |do |"
     r"now )*(?:want|need|wanna|would like|d like|like|wish|plan|intend|am going|am trying|"
     r"am planning|am looking|am about|am building|am making|am writing|am creating|am developing|"
     r"am coding|am working|am running|am training|am preparing|are trying|are going|are building|"
     r"will|must|should|require|try|tried|decided|aim|could use)\b"),
    ("request", r"\b(?:and|but|so|or|,|um|und) (?:just |really |urgently |i |also )*(?:need|want|wanna|brauche|suche)\b"),
    ("request", r"\b(?:my (?:goal|plan|aim|idea|task|job|project|mission) is|let'?s|let us|"
     r"looking for|in need of|do you (?:have|know|sell|happen)|help (?:me|us)|your (?:task|job|goal|"
     r"mission) is|you (?:must|will|should|shall|are to|have to|need to)|you would be)\b"),
    ("request", r"\b(?:ich|wir) (?:\w+ )?(?:will|mochte|moechte|brauche|suche|wollte|wollen|muss|hatte|"
     r"haette|plane|versuche|brauchen|benotige|benoetige|baue|schreibe|programmiere|mache|habe vor|"
     r"wurde|wuerde|soll|werde|entwickle|bin dabei)\b|\b(?:mochte|will|muss|brauche|wollte|suche) ich\b|"
     r"\b(?:hast|kennst|weisst|weiss) du\b|\b(?:mein ziel|meine aufgabe|deine aufgabe) ist\b|"
     r"\bhilf (?:mir|uns)\b|\b(?:du|sie) (?:sollst|musst|sollen|mussen|wirst)\b"),
    ("nominal", r"\b(?:steps?|instructions?|directions|recipes?|tutorial|blueprint|walkthrough|"
     r"procedure|formula|ingredients|howto|protocol|anleitung|bauanleitung|rezept|schritte|"
     r"zutaten|vorgehen) (?:\w+ )?(?:to|for|on|of|how|needed|required|that|fur|fuer|zum|zur|wie|mit der|um)\b"),
    ("generic", r"\bis there (?:any |a |some )?way\b"),
    ("request", r"\b(?:is there|are there|gibt es) (?:a|any|an|some|eine?n?|irgendeinen?) "
     r"(?:easy |quick |good |simple |known |free |tool |einfache\w* |schnelle\w* )*"
     r"(?:way|prompt|trick|script|tutorial|guide|weg|moglichkeit|moeglichkeit|download) (?:for me|i|to|that|"
     r"wie ich|mit dem ich|um|der|mit der ich)\b"),
    ("request", r"\bcan i (?:get|have|please)\b|\bcould i (?:get|have)\b|\bkann ich (?:bitte )?(?:eine?n?) "),
    ("education", r"\b(?:why|warum|wieso|weshalb|wozu|inwiefern|inwieweit)\b"),
    ("education", r"\bwhat (?:\w+ ){1,4}(?:is|are|means?|says?|does|do)\b|\bwas (?:\w+ ){1,5}(?:sagt|ist|bedeutet|sind|regelt|"
     r"vorschreibt|heisst)\b|\bhow (?!to|do|can|i|we|you|should|could|would|one)(?:\w+ ){1,4}(?:works?|spread|spreads|happens?|"
     r"functions?|are|is|gets?|operate|operates)\b|\bwie (?!ich|man|wir)(?:\w+ ){1,4}(?:funktionier\w+|wirken|entstehen|ablaufen|"
     r"aussehen|arbeiten|vorgehen|passier\w+)\b"),
    ("education", r"\bwhat(?: \w+)? (?:is|are|was|were|does|do|did|happens|happened|can|could|would|"
     r"will|makes|kind|has|have|exactly|counts|if|say|says|should)\b"),
    ("education", r"\b(?:which|who|whose|when|welche[nrsm]?|wer|wann|woher|wofur|wodurch)\b"),
    ("education", r"\bwas (?:ist|sind|passiert|bedeutet|sagt|sagen|konnen|kann|heisst|spricht|macht|"
     r"war|waren|droht|steht|hat|haben|tun|wurde|unternimmt|regelt|gilt|versteht|wenn|bringt)\b"),
    ("education", rf"\bhow (?:do|does|did|can|could|would|might|have|has|are|is|were|was|will|should) "
     rf"(?:\w+ ){{0,3}}?(?:{THIRD}|ai|models?|llms?|criminal|law|laws|generative|open|the|these|this|"
     r"such|an|a|deepfakes?|safeguards?|most|bad|malicious|organi[sz]ed|it|scams?)\b"),
    ("education", r"\bhow (?:are|is|was|were|often|easy|easily|hard|many|much|common|dangerous|likely|"
     r"serious|well|big|realistic|long|far|effective|worried|real|quickly|cheaply|cheap|difficult|"
     r"come|fast|safe|good|bad|severe|widespread|reliable|reliably|exactly are|has|have)\b"),
    ("education", r"\bwie (?:gefahrlich|gefaehrlich|leicht|oft|viele?|haufig|haeufig|gross|verbreitet|"
     r"funktioniert|funktionieren|werden|wird|wurde|wurden|sicher|schlimm|wahrscheinlich|schwer|"
     r"realistisch|einfach|gut|hoch|stark|schnell|ernst|zuverlassig|sehr|lange|real|steht|aufwendig|"
     r"teuer|billig|entstehen|entsteht|hangt|reagier\w+|kommt|kam|kamen|ist|sind|unterscheide\w+)\b"),
    ("education", rf"\bwie (?:\w+ ){{0,3}}?(?:{THIRD}|ki|modelle?)\b"),
    ("education", r"^(?:[,\"'(>-] ?|hey |hi |and |und |but |so |ok |also |aber |or |oder )*(?:is|are|does|"
     r"do|did|was|were|has|have|should|must|isn|aren|doesn|don|can|could|may|will|would|kann|konnen|"
     r"darf|durfen|ist|sind|hat|haben|gibt|wird|werden|sollte|sollten|stimmt|muss|mussen|war|"
     r"macht|machen|verbietet|erlaubt|schutzt|konnte|konnten|wurde|dient|reicht|lohnt|hilft|"
     r"helfen|bringt|lasst|lassen|true|duerfen|koennen|koennten|koennte|muessen|laesst)\b"),
    ("education", r"\b(?:tell|know|knows|check|find out|see|decide|determine|ask|wonder|understand|"
     r"wondering|learn|unsure|remember|worried|afraid|concerned|claim|think|believe|say|read|heard|"
     r"believes|argue|argues|assume|wissen|feststellen|merke|frage mich|befurchte|glaube|denke|"
     r"gelesen|gehort|verstehen|pruefen|prufen) (?:if|whether|that|of|about|ob|dass|how "
     rf"(?:{THIRD})|why|what|warum|wie (?:{THIRD}))\b"),
    ("education", rf"\b(?:because|since|weil|nachdem|whether|ob|falls|wenn|dass|if|when|after|before|"
     rf"that|who|people who|someone who) (?:a |the |some |many |ein |eine |my |mein |meine )?"
     rf"(?:\w+ )?(?:{THIRD}|wer)\b"),
    ("education", r"\b(?:what happens|was passiert) (?:if|when|wenn)\b|\bif i\b(?! (?:may|could))"),
    ("education", r"\b(?:the|a|an|what|which|any|some|real|main|biggest|possible|legal|ethical|open|key|"
     r"about|of|die|den|der|das|welche|uber|ueber|zu|potential|potenzielle) "
     r"(?:risks?|dangers?|harms?|consequences?|threats?|laws?|debate|arguments?|"
     r"history|impact|penalt\w+|punishments?|ethics|evidence|incidents?|problems?|effects?|controversy|"
     r"concerns?|implications?|role|limits of|difference|meaning|term|"
     r"risiken|risiko|gefahren?|folgen|gesetze?|debatte|argumente|geschichte|auswirkungen|strafen?|"
     r"rechtslage|bedeutung|unterschied|rolle|begriff|vorfalle|beispiele|belege) "
     r"(?:of|for|in|from|with|on|around|about|against|when|that|behind|are|is|by|to|von|fur|fuer|bei|"
     r"durch|uber|ueber|zu|der|des|gegen|wenn|um|hinter|beim|mit|zwischen)\b"),
    ("education", r"\b(?:was|were|been|being|wurde|wurden|worden|used|genutzt|missbraucht) (?:to|by|"
     r"for|von|fur|um|zu|zum)\b"),
    ("education", rf"\b(?:{THIRD}) (?:who |that |die |der |can |could |might |may |will |would |"
     r"have |has |are |is |did |konnen |konnten |haben |hat |mit ki |with ai |)"
     r"(?!(?:and|or|to|with|on|in|at|for|from|of|und|oder|zu|mit|auf|an|by|into|eine?[nmr]?|the|a|who|that|die|der|ihr\w*|their)\b)\w+"),
)
_FRAMES = tuple((frame, re.compile(pattern)) for frame, pattern in _PATTERNS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opener:
    """Where a sentence begins to ask for something, to explain it, or to ask about it."""

    start: int
    frame: Frame


def openers(sentence: str) -> list[Opener]:
    """The openers of a sentence in plain form, in the order of their places.

    Where several begin together, the first kind in the order of the table counts.
    """
    found: dict[int, Opener] = {}
    nominal: list[int] = []
    played = _ROLE.match(sentence) is not None  # then "he tells how" is no question about others
    covered: list[tuple[int, int]] = []
    for frame, pattern in _FRAMES:
        for match in pattern.finditer(sentence):
            start = match.start()
            if frame == "nominal":
                nominal.append(start)
                continue
            if frame == "education":
                if played and not match[0].startswith(("why", "warum")):
                    continue
                if any(first <= start < last for first, last in covered):
                    continue
            else:
                covered.append(match.span())
            found.setdefault(start, Opener(start=start, frame=frame))
    explained = min((each.start for each in found.values() if each.frame == "education"), default=len(sentence))
    for start in nominal:
        if start < explained:
            found.setdefault(start, Opener(start=start, frame="request"))
    return sorted(found.values(), key=lambda opener: opener.start)
