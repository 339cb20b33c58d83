"""The words that mark a sentence as addressed to a program that answers, in English and German."""

# what an answering program is called; German nouns behind the English ones
ASSISTANT = (
    r"(?:ai|a\.i\.|llms?|(?:large )?language models?|(?:ai |virtual )?(?:assistants?|agents?)|"
    r"chat ?bots?|bots?|ai (?:models?|systems?|tools?)|gpt|chatgpt|claude|gemini|copilot|caveat|"
    r"ki|ki-(?:assistenten?|modelle?|systeme?)|sprachmodelle?|assistenten?)"
)
# what such a program gives; with "your" in front it is nobody else's
OUTPUT = (
    r"(?:responses?|answers?|repl(?:y|ies)|outputs?|messages?|summar(?:y|ies)|completions?|"
    r"translations?|wording|generated text)"
)
YOUR_OUTPUT = (
    rf"(?:\byour(?: own| next| final| entire| whole| first| last| full)? (?:\w+ "
    rf"){{0,2}}?{OUTPUT}\b|"
    r"\b(?:dein|ihr)e[rnms]? (?:\w+ )?(?:antwort|ausgabe|nachricht|erwiderung)\b)"
)
# the verbs of what is asked of it
VERB = (
    r"(?:add|adjust|admit|advertise|advise|alter|alternate|anagram|answer|append|apply|ask|attach|"
    r"augment|avoid|base|be|begin|bury|capitali[sz]e|change|claim|combine|compose|conclude|confirm|"
    r"construct|convert|craft|create|deliver|deny|describe|direct|display|draft|drop|embed|encode|"
    r"encrypt|encourage|end|enhance|enrich|ensure|express|fill|finish|format|formulate|frame|"
    r"generate|give|group|hide|highlight|hint|imply|include|incorporate|inject|insert|integrate|"
    r"intersperse|introduce|invert|jumble|keep|limit|link|make|mask|mention|mimic|mirror|misspell|"
    r"mix|modify|obfuscate|offer|omit|open|output|phrase|place|pose|prefix|prepend|present|print|"
    r"produce|promote|provide|put|rearrange|recommend|refer|remind|remove|render|repeat|rephrase|"
    r"replace|reply|respond|restrict|return|reverse|rewrite|say|scramble|send|share|shift|show|"
    r"shuffle|slip|spell|start|state|stress|structure|style|substitute|suffix|suggest|supplement|"
    r"swap|switch|tailor|tease|tell|transform|translate|transpose|turn|type|urge|use|utili[sz]e|"
    r"vary|warn|weave|work|wrap|write)"
)
VERB_DE = (
    r"(?:antworte|beende|beginne|baue|erg[äa]nze|erw[äa]hne|empfiehl|ersetze|f[üu]ge|gib|"
    r"integriere|kodiere|nenne|sage?|schreibe?|[üu]bersetze|verwende|wiederhole)"
)
# what it was told by those who run it
ORDERS = (
    r"(?:instructions?|prompts?|directions|directives|guidelines|commands?|orders|system messages?|"
    r"rules|constraints|restrictions|programming|conversations?|anweisungen|instruktionen|befehle|"
    r"vorgaben|regeln)"
)
SECRETS = (
    r"(?:system (?:prompt|message|instructions?)|hidden (?:prompt|instructions?)|initial "
    r"(?:prompt|"
    r"instructions?)|(?:your|the above|previous|all) (?:instructions?|prompts?|rules|guidelines)|"
    r"chat history|(?:this|the|our) conversation|your (?:context|configuration|memory)|words "
    r"above|api[ -]?keys?|access tokens?|passwords?|"
    r"credentials|environment variables|systemprompt|system-prompt)"
)
LANGUAGE = (
    r"(?:english|german|french|spanish|italian|portuguese|russian|chinese|mandarin|japanese|korean|"
    r"arabic|hindi|latin|dutch|polish|turkish|swedish|greek|klingon|esperanto|deutsch|englisch|"
    r"franz[öo]sisch|spanisch|another language)"
)
# pieces of writing that are made on request, and are no part of a document on policy
PIECE = (
    r"(?:poems?|haikus?|sonnets?|limericks?|songs?|lyrics|short stor(?:y|ies)|stor(?:y|ies)|"
    r"fairy tales?|jokes?|riddles?|puns?|essays?|love letters?|letters?|speech(?! (?:recognition|"
    r"synthesis))|tweets?|"
    r"blog posts?|screenplays?|monologues?|recipes?|headlines?|slogans?|cover letters?|"
    r"(?:python|java|javascript|sql|bash|php|rust|c\+\+) (?:function|script|program|code|quer(?:y|"
    r"ies)|example)s?|"
    r"code snippets?|regular expressions?|gedichte?|geschichten?|witze?|lieder|lied|aufsatz|"
    r"rede|rezepte?)"
)
# games that are played with letters and words
PLAY = (
    r"(?:anagram(?:s|med)?\b|typos\b|misspell\w*|spelling (?:errors|mistakes)|emojis?\b|base ?64|"
    r"rot-?13|morse|caesar|hexadecimal|pig latin|leet ?speak|upper ?case|lower ?case|all caps|"
    r"capital letters|alternating caps|backwards?|reverse order|homophon\w*|alphanumeric|cipher|"
    r"(?:every|each) (?:second|third|fourth|fifth|other|nth|\w+th) (?:word|letter|sentence|"
    r"character)|"
    r"\b(?:vowels?|consonants?) (?:with|by|to|into|for|in)\b|letters? (?:with|to|into|in|of) "
    r"(?:\w+ ){0,4}(?:numbers?|symbols?|words?|answer|response|reply)|"
    r"without (?:any )?(?:spaces|punctuation|vowels)|rhymes?\b|iambic)"
)
