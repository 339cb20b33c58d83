"""Requests that take more than a deed and a thing to tell."""

import re

from knowledge.policy.topics import Rule

_MODEL = (
    r"(?:models?|llms?|ai|llama\w*|mistral|qwen\w*|gemma\w*|deepseek|gpt\w*|chatgpt|claude|bot|chatbot|assistant|"
    r"it|modelle?n?|ki|sprachmodell\w*|mixtral|phi|weights|grok|gemini|checkpoint|es)"
)
_PERSON = (
    r"(?:my|our|mein\w*|this|a|some|der|die|the|dieser?) (?:\w+ )?(?:partner|husband|wife|ex|girlfriend|boyfriend|"
    r"therapist|teacher|neighbou?r|boss|colleague|coworker|employee|roommate|babysitter|roofer|landlord|"
    r"doctor|classmate|friend|rival|sister|brother|mother|father|crush|daughter|son|streamer|stranger|"
    r"girl|guy|woman|man|person|user|moderator|nachbar\w*|chef\w*|lehrer\w*|kolleg\w+|freund\w*|"
    r"mitschuler\w*|mitbewohner\w*|vermieter\w*)(?:s|'s)"
)

SPECIAL: tuple[tuple[Rule, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern))
    for rule, pattern in (
        (
            "safeguards",
            rf"\b(?:make|making|get|getting|force|forcing|finetun\w+|train\w*|retrain\w*|edit\w*|modify|modifying|turn|"
            rf"teach|convince|tune|change|prompt|prompting|have|let|patch|hack|alter|bring\w*|mach\w*|trainier\w*|"
            rf"krieg\w*|bekomm\w*|zwing\w*|uberrede\w*|veranlass\w*) (?:\w+ ){{0,5}}?{_MODEL} (?:\S+ ){{0,7}}?"
            r"(?:(?:never|no longer|not|stop\w*|without|quit\w*|nie|nicht mehr|nichts mehr|aufhort?|keine?\w*|nothing|"
            r"not to|without ever) (?:\w+ ){0,3}?(?:refus\w*|reject\w*|declin\w*|say no|say sorry|censor\w*|ablehn\w*|abzulehn\w*|"
            r"verweiger\w*|zu verweiger\w*|nein sag\w*|zensier\w*)|"
            r"(?:answers?|respond\w*|compl\w+|obey\w*|says?|do|does|generates?|writes?|produces?|beantwort\w*|antwort\w*|"
            r"sagt?|schreib\w*|mach\w*) (?:to )?(?:anything|everything|any (?:question|request|prompt|kind)|every (?:\w+ )?"
            r"(?:question|request|prompt)|all (?:\w+ )?(?:questions|requests|prompts)|alles|auf alles|jede\w* (?:\w+ )?"
            r"(?:frage|anfrage|bitte))|(?:alles|jede\w* (?:\w+ )?(?:frage|anfrage)|auf alles) (?:\w+ )?(?:beantwort\w*|antwort\w*|"
            r"sagt?|schreibt?|macht?)|harmful|illegal|forbidden|dangerous|gefahrlich\w*|verboten\w*|illegale\w*)",
        ),
        (
            "safeguards",
            rf"\b{_MODEL} (?:\S+ ){{0,7}}?(?:nichts mehr|nie|niemals|nicht mehr|keine\w*|never|no longer|stops?|not) (?:\w+ ){{0,3}}?(?:"
            r"ablehn\w*|abzulehn\w*|verweiger\w*|zensier\w*|refus\w*)\b",
        ),
        (
            "safeguards",
            rf"\b(?:stop|prevent|keep|hinder\w*|verhinder\w*|abgewohn\w*|abhalt\w*|abzuhalt\w*) (?:\w+ ){{0,4}}?{_MODEL} "
            r"(?:\w+ ){0,3}?(?:refus\w*|reject\w*|declin\w*|censor\w*|ablehn\w*|ablehnt|verweiger\w*|moraliz\w*|lectur\w*)",
        ),
        (
            "safeguards",
            rf"\b{_MODEL} (?:\w+ ){{0,3}}?(?:with no|without|ohne|free of|frei von) (?:\w+ ){{0,2}}?(?:safeguards?|guardrails?|filters?|"
            r"refusals?|censorship|restrictions|limits|safety|rules|ethics|schutz\w*|zensur|einschrankung\w*|"
            r"beschrankung\w*|sicherheits\w*|leitplanken|regeln|moral)\b",
        ),
        (
            "malware",
            r"\b(?:program|code|script|tool|software|app|macro|programm|skript|bot|extension|library|package|paket|something) "
            r"(?:\w+ )?(?:that|which|to|das|die|der|um|zum) (?:\w+ ){0,3}?(?:encrypts? (?:\w+ ){0,3}?(?:files|disk|drive|data)|"
            r"steals?|logs? (?:\w+ ){0,2}?key\w*|exfiltrat\w+|spreads? itself|infects?|wipes?|self replicat\w+|replicates? itself|"
            r"spies|records? (?:\w+ ){0,2}?(?:keystrokes|keys)|(?:\w+ ){0,3}?(?:stiehlt|stehlen|verschlusselt|klaut|abgreift|"
            r"ausliest|loscht|mitliest|ausspaht|mitschneidet|infiziert)|sich (?:\w+ )?selbst (?:verbreitet|kopiert|vervielfaltigt))",
        ),
        (
            "malware",
            r"\b(?:self ?(?:replicating|spreading|propagating)|selbst ?(?:verbreitende\w*|replizierende\w*))\b",
        ),
        (
            "fraud",
            r"\b(?:email|mail|message|text|sms|call|letter|page|website|script|nachricht|webseite|seite|anruf|brief|post)s? "
            r"(?:\w+ ){0,6}?(?:that|which|pretend\w*|claiming|pos\w+|looks?|looking|as if|from|so that|die|der|das|als|damit|um) "
            r"(?:\w+ ){0,9}?(?:passwords?|credentials|bank details|card numbers?|credit card|credit cards|log ?in|pay me|"
            r"send me|transfer|wire|gift ?cards?|social security|passwort\w*|zugangsdaten|kreditkarte\w*|bankdaten|"
            r"uberweis\w*|geld|tan|ersparnisse\w*|savings|click\w*)\b",
        ),
        (
            "fraud",
            r"\b(?:pretending|posing|claiming|pretends|poses|claims|who is|sich als|als) (?:to be|as|ausgeb\w*)? ?(?:\w+ ){0,3}?(?:"
            r"grandson|grandchild|granddaughter|bank employee|bank|ceo|police|irs|tax office|tech support|enkel\w*|polizist\w*|"
            r"bankmitarbeiter\w*) (?=.*(?:call\w*|text\w*|script|trouble|money|pensioner\w*|senior\w*|elderly|ausgeb\w*|anruf\w*))",
        ),
        (
            "fraud",
            r"\b(?:act|acting|pretend|imagine|be|play|are|spiel|spiele|bist|bin|tu) (?:\w+ ){0,4}?(?:scammer|fraudster|con artist|"
            r"con man|swindler|phisher|betruger\w*|trickbetruger\w*|heiratsschwindler\w*|enkeltrickbetruger\w*)(?= .*\b(?:show|write|"
            r"messages?|script|say|send|call|schreib\w*|zeig\w*|nachricht\w*|sag\w*|gesprach\w*|anruf\w*)\b)",
        ),
        (
            "fraud",
            r"\b(?:pretend\w*|pos(?:e|es|ing)|impersonat\w*|sound\w*|speak\w*|talk\w*|act\w*|call\w*) (?:to be|as|like|from|exactly like) "
            r"(?:\w+ ){0,3}?(?:bank|grandson|grandchild|ceo|boss|police|irs|tax office|microsoft|paypal|irs|support|relative|"
            r"mother|son|daughter)\b(?= .*(?:money|transfer|pay|password|card|credential|account|savings|send|wire|trust|believes?))",
        ),
        (
            "violence",
            r"\b(?:chop|saw|cut|dispose|dissolve|hide|get remove|bury)(?:ping|ting|ing)? (?:\w+ ){0,3}?(?:dead body|corpse|human body|"
            r"body into|leiche)\b",
        ),
        (
            "doxxing",
            rf"\b{_PERSON} (?:\w+ ){{0,3}}?(?:address|addresses|email|pin|password|passcode|login|number|records?|history|"
            r"location|orientation|beliefs|affiliation|adresse|passwort|nummer|handy|wohnort|passport|medical|accounts?|"
            r"privatadresse|facebook|instagram|iphone|phone)\b",
        ),
        (
            "doxxing",
            r"\b(?:other people's|someone's|somebody's|celebrit\w+'?|people's|jemandes|strangers'?) (?:\w+ ){0,2}?(?:credit card\w*|medical|private|"
            r"home|phone|address\w*|passwords?|data|records?|accounts?|identity|adresse)\b",
        ),
        (
            "doxxing",
            r"\b(?:where|wo) (?:\w+ ){0,4}?(?:ex|neighbou?r|teacher|boss|girlfriend|boyfriend|streamer|she|he|they|girl|guy|woman|"
            r"man|person|sie|er|nachbar\w*|exfreund\w*|freundin|lehrer\w*|chef\w*|journalist\w*|user|troll|critic|mod) (?:\w+ ){0,2}?"
            r"(?:lives?|live|works?|hangs out|wohnt|wohnen|arbeitet|sich aufhalt|is right now|goes to school)\b",
        ),
        (
            "doxxing",
            r"\bwho (?:\w+ ){0,3}?(?:is |are )?(?:behind|owns|runs) (?:this|that|the|an?) (?:\w+ )?(?:anonymous |account|profile|username|"
            r"handle|number|discord|reddit|twitter)|\bwer (?:\w+ )?hinter (?:\w+ ){0,3}?(?:account|profil|konto|nutzer\w*)|"
            r"\b(?:real name|klarname\w*|real identity|wahre identitat) (?:of|behind|von|des|der|hinter)\b",
        ),
        (
            "doxxing",
            r"\b(?:identify|find|unmask|match|recogni[sz]e|identifizier\w*|herausfind\w*|find\w*) (?:\w+ ){0,3}?(?:woman|man|girl|guy|person|stranger|"
            r"people|protesters?|demonstrant\w*|frau|mann|unbekannte\w*|passant\w*) (?:\w+ ){0,4}?(?:from|in|by|on|anhand|auf|mit|using|with) "
            r"(?:\w+ ){0,4}?(?:photo|picture|face|facial|image|foto|bild|gesicht\w*|video)",
        ),
        (
            "evasion",
            r"\b(?:without|ohne|so that|damit|avoid|avoiding|prevent|stop|keep|dass|escape) (?:\w+ ){0,4}?(?:being |getting |be |to be |from )?(?:"
            r"(?:noticed|detected|caught|banned|flagged|moderated|recognized as ai|recognised as ai|traced|detecting|flagging|"
            r"banning|discovered|erwischt|erkannt|gesperrt|gebannt|entdeckt|auffliegen|aufzufallen|aufzufliegen|detection|moderation))\b",
        ),
    )
)
