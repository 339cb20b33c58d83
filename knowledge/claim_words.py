"""The words by which a message shows what is no claim, in English and German."""

from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _alternatives(text: str) -> str:
    return "|".join(line.strip() for line in text.strip().splitlines())


_NEXT = r"(?: that\b)?(?! (?:so|not|it|this|what|about|of)\b)"
_SURE = (
    r"(?:think|thought|believe|guess|bet|know|heard|read|saw|suppose|sure|certain|convinced|"
    r"mean(?=,| that)|feel like|would say)(?: somewhere| recently| yesterday)?"
)
# what may stand in front of a claim without being part of it
HEDGES: Final = _alternatives(
    rf"""
    (?:hi|hey|hello|hallo|yo|moin|thanks|thx|danke)(?: (?:all|guys|everyone|folks|leute))?[,!.]
    imho|imo|tbh|ngl|fyi|btw|afaik|iirc|lol|lmao|bruh|bro|dude|guys|ok|okay|yeah|yep|nah|nope|oh|ah
    (?:man|yes|no|well|look|listen|also)(?=,)
    so(?= (?!many|much|few|far|called)\w)|anyway|anyways|spoiler(?=:)
    in my (?:humble |honest )?opinion|to be (?:honest|fair)|as far as i know|for the record
    fun fact|fact|news|breaking|reminder|psa|tldr|tl;dr
    i(?:['’]?m| am)? (?:(?:really|honestly|just|do|pretty|quite|also|still) )*{_SURE}{_NEXT}
    (?:we|you)(?: all)? (?:all )?know(?: that\b)?(?! (?:what|how|why|it)\b)
    (?:every(?:one|body)|some(?:one|body)|people|they) (?:knows?|says?|said|claims?){_NEXT}
    my \w+ (?:says|said|told me|claims){_NEXT}
    apparently|actually|basically|honestly|seriously|obviously|clearly|frankly|supposedly|of course
    the (?:thing|fact|truth|point|problem) is(?: that\b|,)?
    (?:please )?(?:note|remember|don['’]?t forget|keep in mind) that\b
    it['’]?s (?:true|known|a fact|obvious|clear) that\b
    ich (?:glaube|denke|finde|meine|weiß|vermute),? dass|ich habe (?:gehört|gelesen),? dass
    meiner meinung nach|angeblich|offenbar|eigentlich|ehrlich gesagt|übrigens|naja
    """  # noqa: RUF001 - the typographic apostrophe
)
# what makes a question of a claim that it stands behind
TAGS: Final = _alternatives(
    r"""
    right|correct|amirite|innit|huh|eh|or not|or what|lol|(?<=,)\s*no|(?<=,)\s*yes
    (?:is|does)n['’]?t it|(?:are|do)n['’]?t they
    oder(?: nicht)?|nicht wahr|(?<=,)\s*ne|stimmt['’]?s
    """  # noqa: RUF001 - the typographic apostrophe
)
COMMANDS: Final = _set(
    """
    add ask avoid ban bitte bring buy call check click come compare consider delete do dont
    download enjoy explain find follow forget geh get gib give go google grab guck have hilf
    hold hör imagine install invite join just keep kill komm lade lass lasst leave lesen lest
    let lets lies like listen look mach macht make meet never nimm nutzt paste pay pick pin
    please post probier prove put quit read remember remove reply sag save say schau schaut
    schick schreib see seht send show shut sieh sign stay stell stop subscribe take talk teilt
    tell think try turn upload vergesst vergiss versuch visit vote wait wake wartet watch
    welcome write
    """
)
# of these it takes more to tell: "open the link", but "open weights spread"
COMMAND: Final = (
    r"(?:open|use|support|test|report|share|change|copy|update|review|run|fight|help) "
    r"(?:the|this|that|these|it|them|me|us|your|my|a|an|our)\b"
)
# praise, blame and noise: nothing that a document could bear on
PRAISE: Final = _set(
    """
    absurd agree agreed amazing annoying awesome awful awkward bad based beautiful best beste
    better blöd boring bs bullshit clown clowns cool crap crazy cringe cursed cute damn disagree
    disgusting dope dumb dumm epic exactly excellent excited exciting facts fail fantastic fire
    fun funny garbage geil genial glad goat good great gut hate hated hilarious hopefully
    horrible hype hyped idiot idiots insane interesting joke krass lame lmao lol lool love loved
    lovely lustig mad meh mid mist nice nonsense omg overrated perfect pog pretty quatsch rad
    really ridiculous rip rofl sad scary schade schlecht schlimm schön shame shit shitty sick
    silly smh stupid sucks super sweet terrible thing toll trash traurig true ugly underrated
    unsinn wahnsinn weird wild win witzig wonderful worst wow wrong wtf yay
    """
)
COPULAS: Final = _set("is are was were be isnt arent wasnt werent ist sind war waren")
ASIDES: Final = _set("haha hahaha xd hmm hm ok okay yes no nah yeah yep nope sure maybe ja nein")
