"""What is written about erasures: to the coordinators, to the person, to who carried it out."""

from partners.models import ErasureWish, Message, User
from partners.post import outbox

PERSON_ERASED = "northstar/person_erased"


def erasure_wanted(wish: ErasureWish) -> None:
    """Tell the coordinators that somebody wants to be erased; it names nobody. Two queries."""
    copies = [
        outbox.Copy(f"{_prefix(wish)}wanted:{person.pk}", person)
        for person in User.objects.coordinators()
    ]

    def context(language: str) -> dict[str, object]:
        reader = outbox.Stranger("", language)
        return {"link": outbox.link(reader, "erasure", pk=wish.pk)}

    outbox.put_to_many(copies, "northstar/erasure_wanted", context)


def forget_wish(wish: ErasureWish) -> None:
    """It was withdrawn: coordinators who have not read of it need not."""
    outbox.drop(_prefix(wish))


def person_erased(wish: ErasureWish, person: User) -> None:
    """Tell *person*, as they were, at the address they had. The letter does not name them."""
    if person.email:
        reader = outbox.Stranger(person.email, person.language)
        link = outbox.link(reader, "privacy")
        outbox.put_to_stranger(f"{_prefix(wish)}told", reader, PERSON_ERASED, {"link": link})


def erasure_done(wish: ErasureWish, by: User) -> None:
    """Give *by* a receipt."""
    link = outbox.link(by, "erasures")
    outbox.put(f"{_prefix(wish)}done", by, "northstar/erasure_done", {"link": link, "wish": wish})


def wish_of(letter: Message) -> int:
    """The key of the wish that *letter* is about."""
    return int(letter.key.split(":")[1])


def _prefix(wish: ErasureWish) -> str:
    return f"northstar.erasure:{wish.pk}:"
