"""Columns that no list needs: diets and health, stamps of programs, counts, consents."""

import re

# No list needs these. Headings are folded before.
_UNWANTED = re.compile(
    r"tidss?tämpel|timestamp|time ?stamp|starttid|start time|slutförandetid|completion time|sluttid"
    r"|end time|senast (ändrad|sparad|uppdaterad)|last (modified|updated)|submitted|inskickad"
    r"|first join|last leave|join time|leave time|duration|varaktighet|tid i mötet"
    r"|första anslutning|senaste utträde|anslutningstid|utträdestid|användaråtgärd|user action"
    r"|^antal\b|^(count|number|sum) of|^summa\b|^total|^id$|^(löp)?nr$|\bupn\b"
    r"|participant id|deltagar id|\bcreated\b|\bskapad\b|registered (at|on)\b"
    r"|(order|registration|booking|payment) (date|time)"
    r"|(order|anmälnings|registrerings|boknings|betalnings|svars|köp)(datum|dag|tid)"
    r"|^lämna|\blämnat\b|utträd|avslut|upphör|^left\b|\bended?\b|slutdatum|end date|gäller till"
    r"|procent|percent|allerg|\bkost|specialkost|diet|\bmat\b|food|\bmål|hälsa|health|personn|\bpnr|födel"
    r"|birth|komment|comment|anteckn|notering|\bnotes?\b|övrig|faktur|invoice|postadress|postnummer"
    r"|gatuadress|\bort\b|besöksadress|behov|needs"
)
# Whatever else it names, such a question is about what may be kept.
_CONSENT = re.compile(r"godkänn|samtyck|gdpr|consent|\bagree|\bfår (vi|ni) ")

# The address or number of somebody beside the one a row is about, or how a place was booked.
_REACH = (
    r"(e ?post(adress)?|e ?mail( address)?|mail|mejl(adress)?|adress|address|tel"
    r"|telefon(nummer)?|tfn|mobil(nummer)?|phone)"
)
_OTHER = (
    r"((närmaste )?chef(en)?s?|manager|supervisor|\w*handläggare(n)?s?|assistent(en)?s?"
    r"|assistant|anhörig\w*|anmälare(n)?s?|bokare(n)?s?|beställare(n)?s?)"
)
_SOMEBODY_ELSES = re.compile(
    rf"^{_REACH} (till |för |of |to )?(your |din |min |\w+s )?(närmaste |line )?{_OTHER}$"
    rf"|^(your |din |närmaste |line )?{_OTHER}( s)? {_REACH}$"
    r"|\b(anmäld|anmälda|anmält|bokad|bokat|registrerad|inbjuden|booked|registered|submitted"
    r"|invited) (av|by|via)\b"
)

# Unless it stands behind what is needed: "Din roll i organisationen", but "Organisation och roll".
_POSITION = re.compile(r"roll\b|\brole|titel|befattning|job|avdeln")
_NEEDED = re.compile(r"\bnamn|\bname|organi[sz]ation|företag|arbetsgiv|employer|company")


def is_unwanted(folded: str) -> bool:
    """Whether no list needs a column with this folded heading."""
    if _CONSENT.search(folded) or _SOMEBODY_ELSES.search(folded):
        return True
    position, needed = _POSITION.search(folded), _NEEDED.search(folded)
    if position and not (needed and needed.start() < position.start()):
        return True
    return bool(_UNWANTED.search(folded)) and not re.search(r"\be ?post|mail|mejl", folded)
