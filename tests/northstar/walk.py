"""Who may go where: every URL of the product, asked as every role.

One line a URL and method. Columns: what each role gets.
  anyone    not logged in             member    of the organisation the thing belongs to
  contact   its contact person        other     a member of another organisation
  lead      project lead              coord     coordinator
Verdicts: a status code; "login" = sent to the login page. What is fetched is in `addresses`.
A POST is sent empty: 422 means it got past the door and was refused for what it said; 302 or 303
that it was carried out.
"""

TABLE = """
GET  home                          200    200    200    200    200    200
GET  health                        200    200    200    200    200    200
GET  health_clock                  503    503    503    503    503    503
GET  account_login                 200    302    302    302    302    302
GET  account_request_login_code    200    302    302    302    302    302
GET  account_confirm_login_code    302    302    302    302    302    302
GET  account_logout                302    200    200    200    200    200
GET  style_guide                   login  403    403    403    403    200
"""


def rows():
    """Yield (method, url name, {role: verdict})."""
    roles = ["anyone", "member", "contact", "other", "lead", "coord"]
    for line in TABLE.strip().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        method, name, *verdicts = line.split()
        assert len(verdicts) == len(roles), line
        yield method, name, dict(zip(roles, verdicts, strict=True))


def addresses(world):
    """Arguments of the URLs that need some, from *world*: things that belong to `member`."""
    return {}
