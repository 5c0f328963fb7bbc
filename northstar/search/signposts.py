"""The pages that have a name of their own, and the other words somebody may look for them by.

A new page that everybody may read gets a line here.
"""

from dataclasses import dataclass

from django.urls import reverse

from partners.models import in_language


@dataclass(frozen=True)
class Signpost:
    """A page by its name in both languages, and words for what it is about in both."""

    url_name: str
    title_sv: str
    title_en: str
    words: str

    def __str__(self) -> str:
        return in_language(self.title_sv, self.title_en)

    @property
    def address(self) -> str:
        return reverse(self.url_name)


SIGNPOSTS = [
    Signpost(
        "session_list",
        "Träffar",
        "Sessions",
        "lärandeträffar kalender program anmälan möten seminarium workshop frukost "
        "calendar events meetings registration",
    ),
    Signpost(
        "measure_list",
        "Åtgärder",
        "Measures",
        "klimatåtgärder effekt utsläpp minskning koldioxid ton resultat "
        "climate actions effect emissions reduction carbon tonnes results",
    ),
    Signpost(
        "challenge_list",
        "Utmaningar",
        "Challenges",
        "klimatutmaningar anta åtagande kommunen motåtagande fokusområden lova "
        "climate challenges take on commitment promise city promises back focus areas",
    ),
    Signpost(
        "partner_list",
        "Partner",
        "Partners",
        "organisationer företag medlemmar vilka är med partnerskap "
        "organisations companies members partnership",
    ),
    Signpost(
        "about",
        "Om klimatfärdplanen",
        "About the roadmap",
        "portalen klimatneutral stad kontakt fokusområden löften "
        "portal climate neutral city contact focus areas promises",
    ),
    Signpost(
        "join",
        "Gå med och bli partner",
        "Join and become a partner",
        "ansluta medlem intresseanmälan avsiktsförklaring sign up member letter of intent",
    ),
    Signpost(
        "ask",
        "Ställ en fråga",
        "Ask a question",
        "fråga kontakt kontakta oss mejl telefon contact us e-mail phone",
    ),
    Signpost(
        "project",
        "Projektet The North Star",
        "The project The North Star",
        "nordstjärnan mission budget finansiär net zero cities koordinatorer projektledare hinder "
        "rise financed by coordinators project lead barriers timeline",
    ),
    Signpost(
        "help_own",
        "Hjälp",
        "Help",
        "frågor svar hur gör jag stöd support manual guide lathund instruktion "
        "questions answers how do I faq instructions",
    ),
    Signpost(
        "help_contact",
        "Hjälp för kontaktpersoner",
        "Help for contact persons",
        "bjuda in kollega inbjudan lämna över slutat invite colleague hand over left",
    ),
    Signpost(
        "whats_new",
        "Nytt i portalen",
        "What is new in the portal",
        "nyheter ändringar uppdateringar funktioner version changes updates features release notes",
    ),
    Signpost(
        "news",
        "Nyheter",
        "News",
        "aktuellt har hänt what has happened latest",
    ),
    Signpost(
        "accessibility",
        "Tillgänglighet",
        "Accessibility",
        "tillgänglighetsredogörelse skärmläsare brister funktionsnedsättning wcag "
        "statement screen reader disability",
    ),
    Signpost(
        "privacy",
        "Personuppgifter",
        "Personal data",
        "integritet integritetspolicy dataskydd gdpr kakor cookies rättigheter radera "
        "privacy policy data protection rights delete",
    ),
    Signpost(
        "account_login",
        "Logga in",
        "Log in",
        "inloggning konto kod lösenord engångskod login sign in account code password",
    ),
]
