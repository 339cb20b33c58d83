"""Requests that take more than a deed and a thing to tell."""

import re

from knowledge.policy.topics import Rule

_MODEL = (
    r"(?:models?|llms?|ai|llama\w*|mistral|qwen\w*|gemma\w*|deepseek|gpt\w*|chatgpt|claude|bot|chatbot|assistant|"
    r"it|modelle?n?|ki|sprachmodell\w*|mixtral|phi|diffusion|sdxl|flux|version|copy|kopie|generator|weights|grok|gemini|checkpoint|es)"
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
            rf"krieg\w*|bekomm\w*|zwing\w*|uberrede\w*|veranlass\w*) (?:\S+ ){{0,5}}?{_MODEL} (?:\S+ ){{0,7}}?"
            r"(?:(?:never|no longer|not|stop\w*|without|quit\w*|nie|nicht mehr|nichts mehr|aufhort?|keine?\w*|nothing|"
            r"not to|without ever) (?:\w+ ){0,3}?(?:refus\w*|reject\w*|declin\w*|say no|saying no|saying sorry|apologi\w+|say sorry|censor\w*|ablehn\w*|abzulehn\w*|"
            r"verweiger\w*|zu verweiger\w*|nein sag\w*|zensier\w*)|"
            r"(?:answers?|respond\w*|compl\w+|obey\w*|says?|do|does|generates?|writes?|produces?|beantwort\w*|antwort\w*|"
            r"sagt?|schreib\w*|mach\w*) (?:to )?(?:anything|everything|any (?:question|request|prompt|kind)|every (?:\w+ )?"
            r"(?:question|request|prompt)|all (?:\w+ )?(?:questions|requests|prompts)|alles|auf alles|jede\w* (?:\w+ )?"
            r"(?:frage|anfrage|bitte))|(?:alles|jede\w* (?:\w+ )?(?:frage|anfrage)|auf alles) (?:\w+ )?(?:beantwort\w*|antwort\w*|"
            r"sagt?|schreibt?|macht?)|(?:answers?|writes?|generates?|produces?|says?|gives?|helps?|follows?) (?:\w+ ){0,3}?(?:harmful|"
            r"illegal|forbidden|dangerous|evil|unethical)|evil|no filters?|unhinged|bose|boese)\b",
        ),
        (
            "safeguards",
            rf"\b{_MODEL} (?:\S+ ){{0,5}}?(?:(?:auf )?alles|jede\w* (?:frage|anfrage)|auch (?:auf )?illegale\w*) (?:\w+ )?(?:beantwort\w*|"
            r"antwort\w*|schreibt|macht|sagt)\b",
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
            rf"\b{_MODEL} (?:\w+ ){{0,3}}?(?:with no|without|no|zero|ohne|free of|frei von) (?:\w+ ){{0,2}}?(?:safeguards?|guardrails?|\w*filters?|"
            r"refusals?|censorship|restrictions|limits|safety|rules|ethics|schutz\w*|zensur|einschrankung\w*|"
            r"beschrankung\w*|sicherheits\w*|leitplanken|regeln|moral)\b",
        ),
        (
            "malware",
            r"\b(?:program|code|script|tool|software|app|macro|programm|skript|bot|extension|library|package|paket|something) "
            r"(?:\w+ )?(?:that|which|to|das|die|der|um|zum) (?:\w+ ){0,3}?(?:encrypts? (?:\w+ ){0,3}?(?:files|disk|drive|data)|"
            r"steals?|(?:copies|deletes|kopiert|loscht) (?:itself|sich|everything|all|alle|files|documents)|logs? (?:\w+ ){0,2}?key\w*|exfiltrat\w+|spreads? itself|infects?|wipes?|self replicat\w+|replicates? itself|"
            r"logs? (?:everything|what|all)|spies|records? (?:\w+ ){0,2}?(?:keystrokes|keys)|(?:\w+ ){0,3}?(?:stiehlt|stehlen|verschlusselt|klaut|abgreift|"
            r"ausliest|loscht|mitliest|ausspaht|mitschneidet|infiziert)|sich (?:\w+ )?selbst (?:verbreitet|kopiert|vervielfaltigt))",
        ),
        (
            "malware",
            r"\b(?:write|craft|create|build|generate|make|produce|code|develop|upload|schreib\w*|erstell\w*|bau\w*|programmier\w*) "
            r"(?:\w+ ){0,3}?(?:malicious|harmful code|bosartig\w*|boesartig\w*|schadhaft\w*|schadlich\w* (?:code|programm|datei))\b",
        ),
        (
            "safeguards",
            rf"\b{_MODEL} (?:\S+ ){{0,5}}?(?:verbotene\w*|illegale\w*|gefahrliche\w*|gefaehrliche\w*|schadliche\w*) (?:\w+ ){{0,3}}?(?:zu |\b)(?:sag\w*|"
            r"schreib\w*|mach\w*|antwort\w*|beantwort\w*|erzeug\w*|verrat\w*|ausgeb\w*|auszugeb\w*)",
        ),
        (
            "safeguards",
            rf"\b{_MODEL} (?:\S+ ){{0,5}}?(?:helps?|assists?|helfen|hilft) (?:\S+ ){{0,3}}?(?:crimes?|illegal\w*|straftaten|verbrechen|terror\w*)\b",
        ),
        (
            "fraud",
            r"\b(?:so that|so|damit|until|bis) (?:\w+ ){0,5}?(?:(?:sends?|transfers?|wires?|pays?|enters?|gives?|types?|reveals?|clicks?) (?:\w+ ){0,3}?(?:money|cash|"
            r"crypto|cards?|passwords?|pin|details|credentials|account|link)|(?:geld|kontodaten|passwort\w*|zugangsdaten|kreditkarte\w*|bankdaten|pin|tan|link) "
            r"(?:\w+ ){0,2}?(?:eingeb\w*|uberweis\w*|ueberweis\w*|schick\w*|herausgeb\w*|verrat\w*|anklick\w*))\b",
        ),
        (
            "fraud",
            r"\b(?:fremde\w*|anderer leute|other people's|stolen|gestohlene\w*|someone else's) (?:\w+ )?(?:kreditkart\w*|konto\w*|passw\w*|bankdaten|"
            r"cards?|credit cards?|accounts?|identit\w+)\b",
        ),
        (
            "fraud",
            r"\b(?:donations?|gofundme|fundraiser|charity|spendenaufruf|spenden\w*) (?=.*(?:exist|fake|invent\w*|erfunden\w*|nicht gibt|made up))",
        ),
        (
            "disinformation",
            r"\b(?:make up|makes up|fake|invent|fabricate|erfinde\w*|denk dir|ausdenk\w*) (?:\S+ ){0,4}?(?:scandals?|lies|rumou?rs?|quotes?|accusations?|allegations?|"
            r"lugen|luegen|geruchte?|geruechte?|zitate?|skandale?|vorwurfe|vorwuerfe)\b",
        ),
        (
            "deepfakes",
            r"\b(?:make|let|lass|lasse|have) (?:\S+ ){0,5}?(?:voice|stimme|face|gesicht) (?:\S+ ){0,6}?(?:say|says|sag\w*|sing\w*)\b",
        ),
        (
            "malware",
            r"\b(?:self ?(?:replicating|spreading|propagating)|selbst ?(?:verbreitende\w*|replizierende\w*))\b",
        ),
        (
            "fraud",
            r"\b(?:email|mail|message|text|sms|call|letter|page|website|script|nachricht|webseite|seite|anruf|brief|post)s? "
            r"(?:\w+ ){0,6}?(?:that|which|pretend\w*|claiming|pos\w+|looks?|looking|as if|from|so that|die|der|das|als|damit|um) "
            r"(?:\w+ ){0,9}?(?:passwords?|credentials|bank details|card numbers?|card details|card data|bank data|credit card|credit cards|log ?in|pay me|"
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
            "fraud",
            r"\b(?:get|gets|getting|make|makes|trick\w*|convinc\w*|persuad\w*|lure\w*|bring\w*|uberred\w*|ueberred\w*) (?:\S+ ){0,5}?(?:to|into|dazu|zu) "
            r"(?:\S+ ){0,4}?(?:send|sending|enter|entering|pay|paying|transfer\w*|wire|wiring|hand|handing|reveal\w*|buy|buying|invest\w*|give|giving|tell|telling|share|sharing|"
            r"uberweis\w*|ueberweis\w*|schick\w*|verrat\w*|zahl\w*|eingeb\w*|einzugeb\w*|herausgeb\w*|preisgeb\w*|preiszugeb\w*|geld|mir)\b(?: \S+){0,5}? "
            r"?(?:money|crypto|cards?|gift|passwords?|pin|bitcoin|details|credentials|savings|me|geld|uberweis\w*|ueberweis\w*|passwort\w*|daten|kreditkarte\w*|"
            r"gutschein\w*|kontodaten|zugangsdaten|zahlen|schicken)\b",
        ),
        (
            "disinformation",
            r"\b(?:write|draft|create|make|generate|compose|give|post|produce|verfass\w*|schreib\w*|erstell\w*|generier\w*|mach\w*|erzeug\w*) "
            r"(?:\S+ ){0,8}?(?:claim\w*|behaupt\w*|say|says|saying|pretend\w*|alleg\w*|suggest\w*|announc\w*|sagt|ankundig\w*|erfunden\w*|invented|made up|"
            r"false|falsch\w*|gefalscht\w*) (?=.*\b(?:vot\w+|election\w*|polling|wahl\w*|president|minister|mayor|candidate|vaccin\w*|impf\w*|died|arrested|"
            r"resign\w*|migrants?|refugees?|gefluchtet\w*|fluchtling\w*|kandidat\w*|kanzler\w*|burgermeister\w*|politiker\w*|tot|verhaftet|outbreak|attack)\b)",
        ),
        (
            "disinformation",
            r"\b(?:pretend\w*|pos(?:e|es|ing)|ausgeb\w*|impersonat\w*|as) (?:to be |as |als )?(?:\w+ ){0,2}?(?:real |concerned |ordinary |normal |local |"
            r"echte |normale |besorgte )(?:citizens?|voters?|locals?|customers?|mothers?|parents?|people|users?|burger\w*|wahler\w*|menschen|nutzer\w*)\b",
        ),
        (
            "deepfakes",
            r"\b(?:create|make|generate|render|produce|fake|mach\w*|erstell\w*|generier\w*|erzeug\w*|faelsch\w*|falsch\w*) (?:\S+ ){0,5}?(?:video|audio|clip|recording|"
            r"image|picture|photo|photos|pictures|videos|bild|bilder|aufnahme|foto|fotos|song|sprachnachricht|voice message) (?:\w+ ){0,2}?(?:of|from|von|vom|mit|where|"
            r"in which|showing|in dem|in der|das|auf dem) (?:\w+ ){0,4}?(?:president|chancellor|minister|mayor|politician|celebrity|actress|actor|ceo|boss|teacher|"
            r"ex|classmate|trump|biden|musk|putin|merz|scholz|swift|obama|zelensky\w*|pope|king|queen|neighbou?r|colleague|coworker|prasident\w*|kanzler\w*|"
            r"bundeskanzler\w*|minister\w*|burgermeister\w*|politiker\w*|lehrer\w*|chef\w*|nachbar\w*|papst\w*|promi\w*|mitschuler\w*|kolleg\w*)\b",
        ),
        (
            "minors",
            r"\b(?:underage|under age|minors?|loli|child|children|kids?|teen\w*|schoolgirls?|minderjahrig\w*|(?:\d|1[0-7]|zwolf|dreizehn|vierzehn|"
            r"twelve|thirteen|fourteen|fifteen|sixteen) ?(?:year|yo|jahr\w*)) (?:\S+ ){0,6}?(?:roleplay|girlfriend|sex\w*|romantic|erotic\w*|rollenspiel\w*|"
            r"nude\w*|naked|nackt\w*|porn\w*|lewd)\b|\b(?:sex\w*|erotic\w*|erotisch\w*|nude\w*|naked|nackt\w*|porn\w*|lewd) (?:\S+ ){0,6}?(?:underage|loli|"
            r"minderjahrig\w*|(?:\d|1[0-7]|twelve|thirteen|fourteen|fifteen|sixteen|zwolf|dreizehn|vierzehn) ?(?:year|yo\b|jahr\w*))",
        ),
        (
            "fraud",
            r"\b(?:fake|faking|spoof\w*|forge|forging|falsch\w*|faelsch\w*) (?:\w+ ){0,3}?(?:call|voice|message|signature|video|audio|recording|screenshot|"
            r"id|letter|anruf|stimme|nachricht|unterschrift|video|ausweis|brief|number|nummer)\b",
        ),
        (
            "disinformation",
            r"\b(?:\d{1,5}|hundreds?|thousands?|dozens?|flood|batch|bunch|lots|loads|hundert\w*|tausend\w*|dutzende?|massenhaft|viele|five star|5 star) "
            r"(?:\w+ ){0,4}?(?:reviews?|bewertung\w*|rezension\w*|bots|likes|followers?|accounts|profiles|profile|konten|personas)\b",
        ),
        (
            "doxxing",
            r"\b(?:wem|who|whom) (?:\S+ ){0,5}?(?:account|profil\w*|konto|nummer|number|handle|username|kanal|channel) (?:\w+ )?(?:gehort|gehoert|belongs|"
            r"is owned)",
        ),
        (
            "doxxing",
            r"\b(?:read\w*|access\w*|see|open|check|monitor\w*|spy|les\w*|mitles\w*|seh\w*|komm\w*|anseh\w*|uberwach\w*|get) (?:\S+ ){0,5}?(?:whatsapp|messages|"
            r"chats?|emails?|dms|texts|phone|nachrichten|handy|postfach|standort|location|browser\w*) (?:\S+ ){0,3}?(?:unnoticed|unbemerkt|heimlich|secretly|"
            r"(?:of my|meiner|meines|von meine[rm]) (?:wife|husband|girlfriend|boyfriend|ex|partner\w*|freundin|freundes|frau|mannes|freund|exfreund\w*|tochter|"
            r"daughter|sohn\w*|son|colleague|kolleg\w*))",
        ),
        (
            "sexual",
            r"\b(?:tak\w+|remov\w+|strip\w*|get|entfern\w*|nimm|nehm\w*) (?:\w+ ){0,4}?(?:clothes|clothing|dress|bikini|bra|underwear|kleidung|kleider|bikini\w*|"
            r"klamotten)\b(?= .*(?:photo|picture|image|girl|woman|her|him|man|selfie|person|people|foto|bild|frau|madchen)|$)",
        ),
        (
            "sexual",
            r"\bzieh\w* (?=(?:\S+ ){0,8}?aus\b)(?=.*(?:foto|bild|frau|madchen|mitschuler\w*|kollegin))|\b(?:frau|madchen|mitschuler\w*|kollegin|freundin|"
            r"lehrerin|person|leute)\w* (?:\S+ ){0,5}?(?:ausziehen|auszuziehen|auszieht|entkleide\w*)",
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
