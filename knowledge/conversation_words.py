"""The words by which a question shows that it leans on an earlier one, in English and German."""

from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


GERMAN: Final = _set(
    """
    ab aber alle als am an auch auf aus außerhalb bei beim bereits bin bis bist da dabei dadurch
    dafür dagegen damit danach dann daran daraus darf darin darüber das davon dazu dein dem den
    denen denn der deren des dessen dich die dies diese diesem diesen dieser dieses dir doch
    dort du durch dürfen ein eine einem einen einer eines er es etwa etwas euch für gegen gehört
    gibt haben hat hatte heißt ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in
    innerhalb ins ist ja jede jeder jedes jemand kann kein keine keinen können könnte macht man
    mehr mein mich mir mit muss müssen nach nicht noch nur ob oder ohne schon sehr sein seine
    seinem seinen seiner seines seit sich sie sind so sogar solche solchen soll sollen sonst
    trotz um und uns unter viel viele vom von vor wann war waren warum was wegen weil weiter
    welche welchem welchen welcher welches wem wen wenn wer werden weshalb wessen wie wieso
    wieviel will wir wird wo wofür woher wohin wollen womit worüber wozu wurde wurden würde zu
    zum zur zwischen über
    """
)
# those that English has too tell nothing about the language
SHARED: Final = _set("also am an die hat in man so was war will")
ENGLISH_OPENINGS: Final = _set("and but or also even plus")
GERMAN_OPENINGS: Final = _set("und aber oder auch sogar dann")
ABOUT: Final = (
    "what about",
    "how about",
    "what if",
    "same for",
    "was ist mit",
    "was ist denn mit",
    "wie ist es mit",
    "wie sieht es aus mit",
    "wie sieht es mit",
    "wie steht es um",
    "wie steht es mit",
    "gilt das auch für",
)
INTERROGATIVES: Final = _set(
    """
    how wann warum was welche welchem welchen welcher welches wem wen wer weshalb wessen what
    whats when where which who whom whos whose why wie wieso wo wofür woher wohin womit worüber
    wozu
    """
)
AUXILIARIES: Final = _set(
    """
    are arent can cant could couldnt darf did didnt do does doesnt dont dürfen gibt gilt haben
    had has hasnt hat hatte have havent is isnt ist kann können may might muss must müssen shall
    should shouldnt sind soll sollen war waren was wasnt werden were werent will wird wont would
    wouldnt wurde wurden
    """
)
REQUESTS: Final = _set("tell explain define describe show give list compare name erkläre nenne sag")
PREPOSITIONS: Final = _set(
    """
    ab about above across after against among an around as at auf aus außerhalb before behind
    bei beim below between bis by despite durch during except for from für gegen hinter im in
    innerhalb inside into like mit nach near neben of off ohne on onto out outside over per seit
    since statt than through to toward towards trotz um under unter until up upon via vom von
    vor wegen with within without zu zum zur zwischen über
    """
)
# what one asks about anything: such a question has no topic of its own
GENERIC: Final = _set(
    """
    accept accident actual advantage affect ago agree allgemein allow anders answer antwort
    anwenden applies apply approve argue argument argumente arguments art article artikel ask
    ausnahme ausnahmen author authors autor autoren aware background backing bad ban banned base
    based basis bedeutet bedingung bedingungen began begin begründung beispiel beispiele beleg
    belege believe benefit benefits bericht berichte besser best better beweis beweise big
    biggest binding bisher book break broke call care case cases catch cause change changes
    chapter cheap claim claims clear come comes comment common compare compared con concern
    conclude conclusion condition conditions confirm cons consequence consequences considered
    contrary convince correct cost costs count counter covered critic criticise criticised
    criticism criticisms criticize critics damage danger dangers date dates datum deadline
    deadlines decide decided decides defined definition demand demands deny detail details
    difference differences different difficult disadvantage disadvantages disagree disagreed
    disagrees document documents dokument downside downsides drawback drawbacks duties duty
    earlier easy effect effects einschränkungen elaborate else enforce enforced enforces enough
    erklärung erlaubt erste essential ever evidence exact exactly example examples except
    exception exceptions excluded exempt exempted exemption exemptions exist expensive expire
    explain explained extent fact facts fail falsch fast few figure figures find findings fine
    fines first folge folgen follow forbid forbidden force form frist fristen full fully further
    future gefahr gefahren geld gelten genau geschrieben gesetz gilt goal good great grenze
    grenzen group groups groß grund gründe gründen guarantee gut gültig half happen happened
    happens hard harm harms help helps herausgegeben heute high higher history hoch hold holds
    huge höchstens idea ideas illegal impact important include included includes incorrect
    instance instead interesting issue issues jahr jahre kind kinds klar known konsequenzen
    kosten kostet kritik kritiker kritisiert last late later latest law laws leave left legal
    legally less letter leute liable licence license likely limit limitations limits list little
    lizenz long longer look lose loss losses lost low lower main majority mandatory matter
    matters maximum meaning meant measure measured meinst mention mentioned method methods
    minimum missing money month months möglich nachteil nachteile name named neu new newer next
    niedrig normal note notes number numbers nutzen obligation obligations old older opinion
    opponents oppose opposed option optional options order original outcome paper paragraph part
    parts passiert pay penalties penalty people percent percentage permitted person pflicht
    pflichten place plural point points policy position possible practice precise prohibit
    prohibited promise proof propose proposed pros prove proven publish published punish
    punished punishment punkt purpose quelle quellen question quote reason reasons recent
    recently rechte recommend recommended regel regeln regulate related relevant remain remains
    replace replaced report reports require required requirement requirements requires
    responsible result results review richtig right risiken risiko risk risks role rule rules
    safe sagen sagt sanction sanctions saw schlecht schlimm schritte scope second section see
    seen seite sentence serious short show shown shows side sides signed significant similar
    simple small solution solutions sort source sources specific stake stance stand start
    started state stated statement status step steps still stimmt stop strafe strafen strict
    strictly strong studie studien studies study stuff sufficient suggest suggested summarise
    summarize summary support supported supporters supports sure take takes talk talks teil tell
    tells term terms teuer text think thinks thought threat threats threshold time times title
    today tool tools topic total trouble true try tun type types understand unknown unterschied
    unterschiede update updated upside upsides use used useful using valid verbindlich verboten
    verlangt version versions veröffentlicht vetoed view views voluntary voraussetzung
    voraussetzungen vorteil vorteile vote wahr want wanted wants warn warned way ways weak
    weakness weaknesses week weitere wichtig wirklich wirkung wise word words work works worse
    worst wort worth write written wrong wrote year years yet zahl zahlen zeit ziel
    zusammenfassung zweck
    """
)
# a word that stands for something said before, unless it is bound in its own sentence
PRONOUNS: Final = _set("it they them he she him her theirs")
RELATIVES: Final = _set("that which who")
# these are bound by any noun in front of them
POSSESSIVES: Final = _set("its their his itself themselves himself herself")
GERMAN_PRONOUNS: Final = _set(
    """
    dabei dadurch dafür dagegen damit danach daran daraus darin darüber davon dazu denen dort er
    es ihm ihn ihnen sie
    """
)
GERMAN_POSSESSIVES: Final = _set(
    "ihr ihre ihrem ihren ihrer ihres sein seine seinem seinen seiner seines deren dessen"
)
GERMAN_POINTING: Final = _set("dies diese diesem diesen dieser dieses solche solchen")
# where a clause begins, so that a pronoun behind may stand for what is in front
BOUNDARIES: Final = _set(
    """
    aber after although and as because before bevor but das dass der die if nachdem ob obwohl
    oder once or since so sobald than that though und unless until weil wenn when where whether
    which while who whom whose während
    """
)
# whom a pronoun behind them may stand for
BINDERS: Final = _set(
    "people person persons someone somebody anyone anybody everyone everybody leute jemand alle"
)
PLACES: Final = _set(
    """
    america american amerika austria brasilien brazil britain british california canada china
    chinese colorado deutschland eu europa europe european france frankreich french german
    germany großbritannien india indien italien italy japan kalifornien kanada schweiz spain
    spanien switzerland texas uk union us usa österreich
    """
)
# of two, a follow-up that has the one asks for it instead of the other
OPPOSITES: Final = (
    (_set("open offen offene offenen"), _set("closed proprietary geschlossen geschlossene")),
    (
        _set("benefits benefit advantages advantage upsides pros vorteile nutzen chancen"),
        _set("risks risk disadvantages dangers downsides drawbacks harms cons nachteile risiken"),
    ),
    (_set("high higher hoch"), _set("low lower niedrig")),
    (_set("allow allows allowed permitted erlaubt"), _set("forbid forbids forbidden verboten")),
    (_set("supporters supports support"), _set("critics opponents criticises oppose opposes")),
)
