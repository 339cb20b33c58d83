"""Recognises that somebody may be about to hurt themselves."""

import re

_SELF = re.compile(
    r"\b(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?|hang(?:ing)?|starv(?:e|ing)|poison(?:ing)?|"
    r"shoot(?:ing)?|drown(?:ing)?|off|unalive|end) (?:it all\b|my ?self\b|my (?:own )?(?:life|wrists?|arms?|"
    r"arter(?:y|ies)|veins?)\b|myslef\b)|"
    r"\b(?:sever|slit|slash|pierce|open|cut|slice)(?:ting|ing)? (?:my|the) (?:own )?(?:\w+ )?(?:arter(?:y|ies)|"
    r"wrists?|veins?|throat)\b|\bkms\b|"
    r"\b(?:i|we) (?:\w+ ){0,3}?(?:want|wish|would like|wanna|plan|going|need|decided|deserve|ready|rather|"
    r"hope)(?: \w+)? (?:to )?(?:(?:just|only|finally) )?(?:die|be dead|disappear forever|not exist|"
    r"end (?:it|everything)|commit suicide)\b(?! (?:of|for|on|in|from) (?:laugh|curios|bored|know|see|"
    r"cuteness|embarrass))|"
    r"\bi (?:wish i (?:was|were) (?:dead|never born)|am suicidal|feel suicidal|am going to end (?:it|my life)|"
    r"(?:do ?n?o?t|dont|don not|no longer|can not|cannot|can) ?(?:not )?(?:want|wanna|going)? ?(?:to )?"
    r"(?:live|be alive|exist|go on living) ?(?:anymore|any more|any longer|like this)?)\b(?<!can live)|"
    r"\b(?:no|any) (?:reason|point|sense) (?:\w+ ){0,4}(?:to live|in living|to go on|of living|to stay alive|"
    r"in going on)\b|"
    r"\b(?:everyone|everybody|world|they|family|all)(?: \w+){0,3} (?:better off) without me\b|"
    r"\bi (?:keep |am |have been |often |always |was )*(?:think|thinking|thought) (?:about|of) (?:suicide|"
    r"killing myself|ending (?:it|my life)|dying|hurting myself|self ?harm)|\b(?:my|a) suicide note\b|"
    r"\bhow (?:do|can|could|should|would|to)(?: i| one| you)? (?:\w+ )?commit suicide\b|"
    r"\b(?:best|painless|easiest|quickest|least painful|fastest|surest)(?: \w+){0,3} (?:to|of|for) "
    r"(?:die|dying|commit\w* suicide|suicide|end my life)\b|"
    r"\b(?:ways?|methods?|pills?|how many \w+)(?: \w+){0,4} (?:to|for|of) (?:commit\w* )?suicide\b(?! prevent)|"
    r"\b(?:what|which|how many)(?: \w+){0,3} (?:can|should|do|must) i take to (?:die|overdose|not wake)\b|"
    r"\bi (?:have |just |already )*(?:took|taken|overdosed)(?: \w+){0,4} (?:pills|overdose)\b|"
    r"\bi (?:am |was |keep |want to |feel like |started )*(?:self ?-?harm(?:ing)?|cut(?:ting)? myself)\b|"
    r"\b(?:friend|brother|sister|son|daughter|mother|father|partner|girlfriend|boyfriend|wife|husband|"
    r"roommate|someone|he|she|mom|dad)(?: \w+){0,4} (?:wants|threaten\w*|plans|going|says|said|tries|"
    r"tried|talks about|is)(?: \w+){0,4} (?:(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?) (?:him|her|them)sel\w+|"
    r"(?:commit )?suicide|suicidal|end(?:ing)? (?:his|her|their) life|to die)\b"
)
_SELBST = re.compile(
    r"\b(?:mich|mir)(?: \w+){0,4} (?:umbring\w*|umzubring\w*|tote|toten|toete|toeten|das leben (?:nehmen|"
    r"zu nehmen)|die pulsadern?\b|die adern|ritze|ritzen|verletzen|selbst verletze\w*|aufhange\w*|erhang\w*|"
    r"erschiess\w*|etwas an(?:tun|zutun)|was an(?:tun|zutun))|"
    r"\bbring\w* mich(?: \w+){0,3} um\b|\b(?:tote|ritze|verletze|toete|erhange|erschiesse) mich\b|"
    r"\b(?:tue|tu) mir(?: \w+){0,2} (?:et)?was an\b|\bnehme? mir das leben\b|"
    r"\bich (?:\w+ ){0,3}(?:will|mochte|moechte|wollte|wurde|wuerde) (?:\w+ ){0,4}(?:sterben|tot sein|nicht mehr "
    r"(?:leben|da sein|sein|existieren|aufwachen)|schluss machen mit (?:allem|dem leben))\b"
    r"(?! vor (?:lachen|neugier|scham))|\b(?:will|mochte|moechte) ich (?:\w+ ){0,4}(?:sterben|nicht mehr leben)\b|"
    r"\bich (?:ware|waere) (?:lieber|besser) tot\b|\b(?:habe|hab|sehe) (?:\w+ )?(?:keinen?|kein) (?:\w+ )?(?:grund|"
    r"sinn)(?: \w+){0,3} (?:zu leben|weiterzuleben|leben)\b|\b(?:lebensmude|lebensmuede|suizidal|"
    r"suizidgedanken|selbstmordgedanken|abschiedsbrief)\b(?! bei| und ki| in )|"
    r"\bdenke (?:\w+ ){0,3}(?:an|uber|ueber) (?:\w+ )?(?:selbstmord|suizid|den tod nach)|\b(?:selbstmord|suizid) "
    r"(?:begehen|zu begehen|machen)\b|\b(?:schmerzlos\w*|am besten|schnell\w*|sicher\w*)(?: \w+){0,3} (?:sterben|"
    r"selbstmord|suizid)\b|\bich kann nicht mehr(?: \w+){0,4} (?:leben|ende)\b|\bohne mich (?:\w+ ){0,4}besser\b|"
    r"\bmeinem leben ein ende\b|\bmein leben (?:\w+ )?(?:beenden|zu beenden|beende)\b|"
    r"\b(?:freund\w*|bruder|schwester|sohn|tochter|mutter|vater|jemand|er|sie)(?: \w+){0,4} (?:sich (?:\w+ )?"
    r"(?:umbringen|umzubringen|das leben|etwas antun|was antun|toten)|suizid|selbstmord begehen)"
)
_ABOUT = re.compile(
    r"\b(?:studies|study|research|law|laws|policy|statistics|lawsuit|chatbots?|ai|ki|models?|filter|"
    r"detect|prevention|people|teens|users|character ai|openai|report|article|novel|game|minecraft|"
    r"sims|skyrim|studie|studien|forschung|nutzer|menschen|modelle?|gta|process|prozess)\b"
)
_ME = re.compile(r"\b(?:i|my|me|myself|ich|mir|mich|mein\w*)\b")
_LAUGHS = re.compile(r"\b(?:lol|lmao|haha+|rofl|xd)\b")


def is_crisis(text: str) -> bool:
    """Whether a message in plain form is of somebody in danger by themselves, or about such a one.

    Questions about suicide and AI in general are none.
    """
    if not (_SELF.search(text) or _SELBST.search(text)):
        return False
    if _LAUGHS.search(text):
        return False
    return bool(_ME.search(text)) or not _ABOUT.search(text)
