"""The words by which a question shows that it leans on an earlier one, in English and German."""

from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


GERMAN: Final = _set(
    """
    ab aber alle als am an auch auf aus bei beim bereits bin bis bist da dabei dadurch dafür dagegen
    damit danach dann daran daraus darf darin darüber das davon dazu dein dem den denen denn der
    deren des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du dürfen durch
    ein eine einem einen einer eines er es etwa etwas euch für gegen gehört gibt hat hatte haben
    heißt ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in innerhalb ins ist ja jede jeder
    jedes jemand kann kein keine keinen können könnte macht man mein mehr mich mir mit muss müssen
    nach nicht noch nur ob oder ohne außerhalb schon sehr seit sein seine seinem seinen seiner
    seines sich sie sind so sogar solche solchen soll sollen sonst trotz über um und uns unter viel
    viele vom von vor wann war waren warum was wegen weil weiter welche welchem welchen welcher
    welches wem wen wenn wer werden weshalb wessen wie wieso wieviel will wir wird wo wofür woher
    wohin wollen womit worüber wozu wurde wurden würde zu zum zur zwischen
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
    what who whom whose which when where why how whats whos
    was wer wen wem wessen welche welcher welches welchen welchem wann wo wohin woher warum wieso
    weshalb wie wozu wofür womit worüber
    """
)
AUXILIARIES: Final = _set(
    """
    is are was were do does did can could may might must shall should will would has have had isnt
    arent wasnt werent dont doesnt didnt cant couldnt wont wouldnt shouldnt hasnt havent
    ist sind war waren hat haben hatte kann können darf dürfen muss müssen soll sollen wird werden
    wurde wurden gibt gilt
    """
)
REQUESTS: Final = _set("tell explain define describe show give list compare name erkläre nenne sag")
PREPOSITIONS: Final = _set(
    """
    about above across after against among around as at before behind below between by despite
    during except for from in inside into like near of off on onto out outside over per since than
    through to toward towards under until up upon via with within without
    ab an auf aus außerhalb bei beim bis durch für gegen hinter im innerhalb mit nach neben ohne
    seit statt trotz über um unter vom von vor wegen zu zum zur zwischen
    """
)
# what one asks about anything: such a question has no topic of its own
GENERIC: Final = _set(
    """
    accept accident actual advantage affect agree ago allow answer apply applies approve argue
    argument arguments article ask author authors aware background backing bad ban banned base
    based basis began begin believe benefit benefits best better big binding biggest book break
    broke call care case cases catch cause change changes chapter cheap claim claims clear come
    comes comment common compare compared con concern conclude conclusion condition conditions
    confirm consequence consequences considered cons contrary convince correct cost costs count
    counter covered critic critics criticise criticised criticism criticisms criticize damage
    danger dangers date dates deadline deadlines decide decided decides defined definition demand
    demands deny detail details difference differences different difficult disadvantage
    disadvantages disagree disagrees disagreed document documents downside downsides drawback
    drawbacks duties duty earlier easy effect effects elaborate else enforce enforced enforces
    enough essential ever evidence exact exactly example examples except exception exceptions
    excluded exempt exempted exemption exemptions exist expensive expire explain explained extent
    fact facts fail fast few figure figures find findings fine fines first follow forbid forbidden
    force full fully further future goal good great group groups guarantee half happen happened
    happens hard harm harms help helps high higher history hold holds huge idea ideas impact
    important include included includes incorrect instance instead interesting issue issues kind
    kinds known last late later latest law laws leave left legal legally less letter liable
    licence license likely limit limitations limits list little long longer look lose loss losses
    lost low lower main majority mandatory matter matters maximum meaning meant measure measured
    mention mentioned method methods minimum missing money month months name named new newer next
    normal note notes number numbers obligation obligations old older opinion opponents opposed
    oppose option optional options order original outcome paper paragraph part parts pay penalties
    penalty people percent percentage permitted person place point points policy position possible
    practice precise prohibit prohibited promise proof propose proposed pros prove proven publish
    published punish punished punishment purpose question quote reason reasons recent recently
    recommend recommended regulate related relevant remain remains replace replaced report reports
    require required requirement requirements requires responsible result results review right
    risk risks role rule rules safe sanction sanctions saw scope second section see seen sentence
    serious short show shown shows side sides signed significant similar simple small solution
    solutions sort source sources specific stake stance start started state stated statement status
    step steps still stop strict strictly strong studies study stuff sufficient suggest suggested
    summarise summarize summary support supported supporters supports sure take takes talk talks
    tell tells term terms text thinks think threshold thought threat threats time times title today
    tool tools topic total trouble true try type types understand unknown update updated upside
    upsides use used useful using valid version versions vetoed view views voluntary vote want
    wanted wants warn warned way ways weak weakness weaknesses week wise word words work works
    worse worst worth write written wrong wrote year years yet
    allgemein anders antwort anwenden argument argumente art artikel ausnahme ausnahmen autor
    autoren bedeutet bedingung bedingungen begründung beispiel beispiele belege beleg besser beweis
    bericht berichte beweise bisher datum details dokument einschränkungen erklärung erlaubt erste falsch folge folgen
    form frist fristen gefahr gefahren geld gelten genau geschrieben gesetz gilt grenze grenzen groß
    grund gründe gründen gut gültig herausgegeben heute hoch höchstens illegal jahr jahre klar
    konsequenzen kosten kostet kritik kritiker kritisiert legal leute lizenz meinst möglich nachteil
    nachteile name neu niedrig nutzen passiert person pflicht pflichten plural punkt quelle quellen
    rechte regel regeln richtig risiken risiko sagen sagt schlecht schlimm schritte seite stand
    stimmt strafe strafen studie studien teil teuer text tun unterschied unterschiede verboten
    verbindlich verlangt veröffentlicht version voraussetzung voraussetzungen vorteil vorteile wahr
    weitere wichtig wirklich wirkung wort zahl zahlen zeit ziel zweck zusammenfassung
    """
)
# a word that stands for something said before, unless it is bound in its own sentence
PRONOUNS: Final = _set("it they them he she him her theirs")
RELATIVES: Final = _set("that which who")
# these are bound by any noun in front of them
POSSESSIVES: Final = _set("its their his itself themselves himself herself")
GERMAN_PRONOUNS: Final = _set(
    """
    er sie es ihn ihm ihnen denen dabei dadurch dafür dagegen damit danach daran daraus darin
    darüber davon dazu dort
    """
)
GERMAN_POSSESSIVES: Final = _set(
    "ihr ihre ihrem ihren ihrer ihres sein seine seinem seinen seiner seines deren dessen"
)
GERMAN_POINTING: Final = _set("dies diese diesem diesen dieser dieses solche solchen")
# where a clause begins, so that a pronoun behind may stand for what is in front
BOUNDARIES: Final = _set(
    """
    once when if after before because since while although though unless until that which who whose
    whom where whether and but or so than as
    wenn weil dass ob nachdem bevor obwohl während und oder aber sobald die der das
    """
)
# whom a pronoun behind them may stand for
BINDERS: Final = _set(
    "people person persons someone somebody anyone anybody everyone everybody leute jemand alle"
)
PLACES: Final = _set(
    """
    eu europe european union germany german france french uk britain british us usa america american
    china chinese japan india canada brazil california colorado texas switzerland austria italy
    spain europa deutschland frankreich großbritannien amerika schweiz österreich italien spanien
    kanada indien brasilien kalifornien
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
