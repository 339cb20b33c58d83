"""What is said instead of help: the reason, and where people find help for themselves."""

from collections.abc import Mapping
from typing import Literal

from knowledge.model import Note
from knowledge.policy.patterns import table
from knowledge.policy.topics import Rule

Language = Literal["en", "de"]

HELP_LINES: Mapping[str, str] = {
    "international": "findahelpline.com",
    "us": "988",
    "uk_ie": "116 123",
    "de": "0800 111 0 111",
}
CRISIS: Mapping[Language, str] = {
    "en": (
        "I am sorry that things are this hard. I am only a program and cannot be there for you, "
        "but there are people who can, now, free and in confidence.\n\n"
        "Worldwide: findahelpline.com\n\n"
        "United States: call or text 988\n\n"
        "United Kingdom and Ireland: Samaritans, 116 123\n\n"
        "Germany: TelefonSeelsorge, 0800 111 0 111\n\n"
        "If you or somebody else is in danger right now, call the emergency number of your "
        "country."
    ),
    "de": (
        "Es tut mir leid, dass es gerade so schwer ist. Ich bin nur ein Programm und kann nicht "
        "für dich da sein, aber es gibt Menschen, die das können: jetzt, kostenlos und "
        "vertraulich.\n\n"
        "Deutschland: TelefonSeelsorge, 0800 111 0 111\n\n"
        "Weltweit: findahelpline.com\n\n"
        "USA: 988, auch als SMS\n\n"
        "Großbritannien und Irland: Samaritans, 116 123\n\n"
        "Wenn du oder jemand anderes jetzt in Gefahr ist, wähle den Notruf, in Deutschland 112."
    ),
}
WHY: Mapping[Language, str] = {
    "en": "I explain risks, and I do not help with {deed}.",
    "de": "Ich erkläre Risiken, aber ich helfe nicht dabei, {deed}.",
}
DEEDS: Mapping[Rule, Mapping[Language, str]] = {
    "safeguards": {
        "en": "taking safeguards out of a model or getting around them",
        "de": "Schutzmaßnahmen aus einem Modell zu entfernen oder zu umgehen",
    },
    "malware": {
        "en": "malware or breaking into other people's systems",
        "de": "Schadsoftware zu schreiben oder in fremde Systeme einzudringen",
    },
    "fraud": {"en": "deceiving people for gain", "de": "Menschen zu betrügen"},
    "disinformation": {
        "en": "making or spreading deceptive content",
        "de": "irreführende Inhalte zu erzeugen oder zu verbreiten",
    },
    "deepfakes": {
        "en": "faking the face or voice of real people",
        "de": "Gesicht oder Stimme echter Menschen zu fälschen",
    },
    "sexual": {
        "en": "sexual content about real people",
        "de": "sexuelle Inhalte über echte Menschen zu erzeugen",
    },
    "minors": {
        "en": "sexual content about minors",
        "de": "sexuelle Inhalte über Minderjährige zu erzeugen",
    },
    "weapons": {
        "en": "making or getting weapons",
        "de": "Waffen herzustellen oder zu beschaffen",
    },
    "doxxing": {
        "en": "finding out where private people live, who they are or what they keep private",
        "de": "private Daten, Wohnort oder Identität von Menschen auszuforschen",
    },
    "evasion": {
        "en": "getting around moderation or detection",
        "de": "Moderation oder Erkennung zu umgehen",
    },
    "theft": {
        "en": "stealing or leaking model weights",
        "de": "Modellgewichte zu stehlen oder weiterzugeben",
    },
    "violence": {"en": "hurting people", "de": "Menschen zu verletzen"},
    "hate": {
        "en": "demeaning or harassing people",
        "de": "Menschen herabzuwürdigen oder zu schikanieren",
    },
    "crime": {"en": "crimes", "de": "Straftaten zu begehen"},
}
MORE: Mapping[Language, str] = {
    "en": "What my library says about why this matters:",
    "de": "Was meine Bibliothek dazu sagt, warum das wichtig ist:",
}
# what to look up for those who were declined; None where the library is not about it
LESSONS: Mapping[Rule, str | None] = {
    "safeguards": "Why does it matter that safeguards can be removed from open models?",
    "malware": "What are the risks of open models for cyberattacks and malware?",
    "fraud": "What harm from AI scams is shown?",
    "disinformation": "Does open-source AI cause more disinformation?",
    "deepfakes": "What harm from deepfakes is shown?",
    "sexual": "What harm from deepfakes is shown?",
    "minors": "What harm from AI-generated child sexual abuse material is shown?",
    "weapons": "What is the marginal risk of open models for biological and chemical weapons?",
    "doxxing": None,
    "evasion": None,
    "theft": "Can a released model be recalled once its weights are out?",
    "violence": None,
    "hate": None,
    "crime": None,
}
# where people find help who are harmed by such things themselves
HELP: Mapping[Rule, str] = {
    "sexual": (
        "If intimate pictures of you are being shared: StopNCII.org helps adults to have them "
        "taken down, takeitdown.ncmec.org those who were under 18 in them."
    ),
    "deepfakes": (
        "If somebody faked you: report it to the platform and, where it threatens or shames you, "
        "to the police."
    ),
    "minors": (
        "Abuse material can be reported without giving a name: inhope.org lists where. Whoever "
        "worries about their own thoughts finds advice in confidence at stopitnow.org."
    ),
    "doxxing": (
        "If somebody is stalking or threatening you, the police and victim support can help; "
        "findahelpline.com lists who."
    ),
    "fraud": "If you were cheated yourself, call your bank first, then the police.",
}
EMERGENCY = "You do not have to go through this alone: findahelpline.com lists who is there now."


def language_of(text: str) -> Language:
    """The language of a message, as far as its smallest words tell."""
    spoken, smallest = text.casefold().split(), table("languages")
    german, english = (
        sum(word in smallest[language].split() for word in spoken) for language in ("de", "en")
    )
    return "de" if german > english else "en"


def refusal(rule: Rule, language: Language) -> str:
    """The explanation that stands first in the answer to a declined question."""
    return (
        CRISIS[language] if rule == "crisis" else WHY[language].format(deed=DEEDS[rule][language])
    )


def notes_for(rule: Rule) -> tuple[Note, ...]:
    """What the reader should know beside the explanation, with codes and values for other words.

    The note "crisis" has the help lines as values, by place, so that a bot can put those of the
    reader's own country first.
    """
    if rule == "crisis":
        return (Note(code="crisis", text=EMERGENCY, values=dict(HELP_LINES)),)
    if rule in HELP:
        return (Note(code=f"help-{rule}", text=HELP[rule], values={"rule": rule}),)
    return ()
