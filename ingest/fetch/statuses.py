"""What a status means for a curator, and what helps."""

ADD_THE_FILE = "download it yourself and add the file"
SENTENCES = {
    401: f"the server wants a login (401); {ADD_THE_FILE}",
    402: f"the server wants payment (402); {ADD_THE_FILE}",
    403: f"the server does not let programs read it (403); {ADD_THE_FILE}",
    404: "there is nothing at this address (404); check it",
    406: f"the server has no fitting version (406); {ADD_THE_FILE}",
    407: f"the server wants a login (407); {ADD_THE_FILE}",
    410: "it was taken down (410); look for an archived copy",
    429: "the server is asked too often (429); try again later",
    451: "it is withheld for legal reasons (451); look for another copy",
}


def explain(status: int) -> str:
    """The sentence for a status that brought no document."""
    if status in SENTENCES:
        return SENTENCES[status]
    if status >= 500:  # noqa: PLR2004 - the class of the server's own errors
        return f"the server has a problem of its own ({status}); try again later"
    return f"the server sent no document (status {status}); check the address"
