"""The phrases of smalltalk, in English and German, without apostrophes and in lower case."""

from collections.abc import Iterator, Mapping
from typing import Literal

Smalltalk = Literal["greeting", "thanks", "farewell", "identity"]
Language = Literal["en", "de"]
Phrase = tuple[str, ...]

SHORTHAND: Mapping[str, str] = {"u": "you", "r": "are", "ar": "are", "ur": "your"}
EMOJI: Mapping[str, Smalltalk] = {"👋": "greeting", "🙏": "thanks", "👍": "thanks"}

# what may stand beside a phrase without making it more than smalltalk
ASIDES = frozenset(
    """
    a aber again ah all alle allen allerseits also and anytime anyway auch bisschen bot bots btw
    buddy caveat chat da danach das dear denn dich die dir du dude euch everybody everyone
    explanation folks for fr friend friends from für ganz gut guys ha haha hahaha here hier hm
    hmm i ihr im it ja jetzt just kumpel leute liebe lieber lol lovely mal man mate mates me mir
    my na nein no nochmal nope now of oh oha ok okay okidoki one people please pls really robot
    sir so team that the then there this to today too u und well wieder with world yeah yep yes
    you your zusammen
    """.split()  # noqa: SIM905 - a list of that many strings reads worse
)

_SAID: Mapping[tuple[Smalltalk, Language], str] = {
    ("greeting", "en"): """
        hi | hy | hey | heya | heyo | hello | helo | hullo | hiya | howdy | yo | yoo | sup
        greetings | good morning | good evening | good afternoon | good day | morning | evening
        gm | whats up | wassup | whatsup | what is up | how are you | how are you doing | hru
        how are things | how do you do | hows it going | how is it going | how are you today
        hows life | nice to meet you | long time no see | hi there | anyone here | anybody here
        anyone there | are you there | you there | are you awake | knock knock | test | testing
        ping
    """,
    ("greeting", "de"): """
        hallo | halo | hallöchen | halli hallo | servus | moin | moin moin | moinsen | grüß gott
        grüss gott | grüezi | guten morgen | guten tag | guten abend | tag | tach | mahlzeit | huhu
        wie gehts | wie geht es dir | wie gehts dir | wie geht es ihnen | was geht | na du
        wie läufts | alles klar bei dir | bist du da | jemand da | ist jemand da | grüß dich
        grüss dich | guten morgen zusammen
    """,
    ("thanks", "en"): """
        thanks | thank you | thank ya | thanx | thx | thnx | thnks | tnx | tks | ty | tysm | tyvm
        tyty | cheers | ta | much appreciated | appreciated | appreciate it | i appreciate it
        thanks a lot | thanks a bunch | thanks a million | many thanks | thanks so much
        thank you so much | thank you very much | thanks very much | thanks for the help
        thanks for your help | thank you for your help | thanks for helping | thank you for helping
        thanks for the answer | thanks for the quick answer | thanks for the explanation
        thanks for your time | great answer | good answer | nice answer | great job | good job
        nice job | good work | great work | well done | good bot | nice bot | best bot | nice one
        awesome | perfect | cool | great | nice | amazing | excellent | brilliant | very helpful
        that was helpful | that helps | that helped | that helps a lot | super helpful | helpful
        got it | makes sense | that makes sense | good to know | you are the best | youre the best
        you rock | youre great | you are great | youre awesome | you are awesome | love you
        i love you | love it | i love it | i like you | thats great | thats helpful | thats perfect
        that is great | that is helpful | that was quick | very nice | very good | very cool
    """,
    ("thanks", "de"): """
        danke | dankee | danke schön | danke schoen | dankeschön | danke sehr | danke dir
        vielen dank | vielen lieben dank | besten dank | herzlichen dank | tausend dank
        danke für die hilfe | danke für deine hilfe | danke für die antwort
        danke für die schnelle antwort | merci | dankö | super | prima | toll | klasse | spitze
        perfekt | sehr gut | gut gemacht | guter bot | sehr hilfreich | das war hilfreich
        das hilft | das hilft mir | das hilft mir sehr | hilfreich | verstanden | alles klar
        super danke | ich danke dir | lieben dank | ich liebe dich | gute antwort
    """,
    ("farewell", "en"): """
        bye | byebye | bye bye | goodbye | good bye | cya | cu | see ya | see you | see you later
        see you soon | see you tomorrow | see ya later | later | laters | ttyl | talk to you later
        good night | goodnight | gn | night | nighty night | farewell | take care | have a nice day
        have a good day | have a great day | have a good one | have a nice evening | im off
        im out | gotta go | i have to go | i gotta go | thats all | that is all | thats all for now
        have a nice weekend | until next time | so long | peace out
    """,
    ("farewell", "de"): """
        tschüss | tschüß | tschuess | tschüssi | tschö | ciao | tschau | auf wiedersehen
        wiedersehen | bis bald | bis später | bis dann | bis morgen | bis nachher
        bis zum nächsten mal | gute nacht | nacht | schönen tag | schönen tag noch
        einen schönen tag noch | schönen abend | schönen abend noch | schönes wochenende
        machs gut | mach es gut | man sieht sich | bb | ich muss los | ich bin weg | das wars
        das war es
    """,
    ("identity", "en"): """
        who are you | who is this | what are you | whats your name | what is your name
        do you have a name | your name | who is caveat | what is caveat | whats caveat
        whos caveat | what is this bot | what does this bot do | what is this bot for
        whats this bot | whats this bot for | what can you do | what can this bot do
        what can caveat do | what do you do | what does caveat do | what else can you do
        what are you able to do | what are you for | what are you good for | what can i ask you
        what can i ask | what should i ask | what do you know | what can you tell me
        what can you help me with | what can you help with | how can you help me | how can you help
        can you help me | can you help | could you help me | i need help | help me
        how do you work | how does this bot work | how does caveat work | how do i use you
        how do i use this bot | how do i use caveat | how to use you | how to use this bot
        how to use caveat | who made you | who built you | who created you | who wrote you
        who runs you | who owns you | who programmed you | are you a bot | are you a robot
        are you an ai | are you ai | are you a machine | are you human | are you a human
        are you a person | are you a real person | are you real | are you a language model
        are you an llm | are you chatgpt | are you gpt | you a bot | is this a bot
        is caveat a bot | am i talking to a bot | am i talking to a human
        am i talking to a person | am i talking to a machine | tell me about yourself
        introduce yourself | are you human or a bot | are you a bot or a human
        are you a bot or a person | are you alive | what kind of bot are you | what bot are you
        what is your purpose | whats your purpose | what is your job | whats your job
        why are you here | what languages do you speak | do you speak german | do you speak english
        do you understand german | what do you do here
    """,
    ("identity", "de"): """
        wer bist du | wer bist n du | wer bistn du | was bist du | wie heißt du | wie heisst du
        was kannst du | was kannst du alles | was kannst du so | was kannst du so alles
        was machst du | was tust du | was weißt du | was weisst du | was kann ich dich fragen
        was kann ich fragen | wobei kannst du helfen | wie kannst du helfen
        wie kannst du mir helfen | kannst du mir helfen | kannst du helfen | ich brauche hilfe
        hilf mir | bist du ein bot | bist du ein roboter | bist du eine ki | bist du ein mensch
        bist du echt | bist du eine maschine | bist du ein mensch oder ein bot
        bist du ein bot oder ein mensch | bist du chatgpt | was ist caveat | wer ist caveat
        was macht caveat | was kann caveat | was ist das für ein bot | was macht dieser bot
        was kann dieser bot | was kann der bot | wer hat dich gemacht | wer hat dich gebaut
        wer hat dich erschaffen | wer hat dich programmiert | wer betreibt dich
        wie funktionierst du | wie funktioniert dieser bot | wozu bist du da | wofür bist du da
        wofür bist du gut | stell dich vor | stell dich mal vor | erzähl von dir
        erzähl mir von dir | sprichst du deutsch | kannst du deutsch | verstehst du deutsch
        rede ich mit einem menschen | rede ich mit einem bot
    """,
}
# single words that mean it only when they are all there is
_ALONE: Mapping[Language, str] = {"en": "help | caveat", "de": "hilfe"}


def _split(said: str) -> Iterator[Phrase]:
    for line in said.strip().splitlines():
        for phrase in line.split("|"):
            yield tuple(phrase.split())


PHRASES: Mapping[Phrase, tuple[Smalltalk, Language]] = {
    phrase: key for key, said in _SAID.items() for phrase in _split(said)
}
WHOLE: Mapping[Phrase, Language] = {
    phrase: language for language, said in _ALONE.items() for phrase in _split(said)
}
