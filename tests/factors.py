"""Somebody with a second factor, and what their app shows at this moment."""

import hashlib
import json
import secrets
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as apps
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from northstar.login import sealing
from northstar.security import keeping

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def make_app(person, secret=SECRET):
    keeping.add_app(person, secret)
    return Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)


def code_of_app(secret=SECRET, steps=0):
    counter = int(time.time()) // 30 + steps
    return apps.format_hotp_value(apps.hotp_value(secret, counter))


def unsealed(row):
    return sealing.unseal(row.data["secret"])


def show(client, person):
    """Let the login of *client* have shown a second factor just now, as after a full login."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


class SoftPasskey:
    """A passkey made of software, which answers as a telephone does."""

    def __init__(self, host="testserver", scheme="https"):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.host, self.origin = host, f"{scheme}://{host}"
        self.user = ""

    def made(self, options, flags=0x45):
        """The answer to *options*: present, seen and with a key; as JSON, as a form sends it."""
        asked = options["publicKey"]
        self.user = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(bytes(16), self.id, public)
        about = AuthenticatorData.create(self._host(), flags, 0, data)
        client = CollectedClientData.create("webauthn.create", asked["challenge"], self.origin)
        said = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", about, {})),
        }
        return self._answer(said)

    def shown(self, options, flags=0x05, user=None):
        asked = options["publicKey"]
        about = AuthenticatorData.create(self._host(), flags, 1)
        client = CollectedClientData.create("webauthn.get", asked["challenge"], self.origin)
        said = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(about),
            "signature": websafe_encode(
                self.key.sign(about + client.hash, ec.ECDSA(hashes.SHA256()))
            ),
            "userHandle": user or self.user,
        }
        return self._answer(said)

    def _host(self):
        return hashlib.sha256(self.host.encode()).digest()

    def _answer(self, said):
        name = websafe_encode(self.id)
        results = {"credProps": {"rk": True}}
        answer = {"id": name, "rawId": name, "type": "public-key", "response": said}
        return json.dumps(answer | {"clientExtensionResults": results})


def make_passkey_row(person, name="Chrome, Windows"):
    """A passkey of *person* that nobody uses, for what is shown of one."""
    options = {"publicKey": {"user": {"id": ""}, "challenge": websafe_encode(bytes(32))}}
    credential = json.loads(SoftPasskey().made(options))
    data = {"name": name, "credential": credential}
    return Authenticator.objects.create(user=person, type="webauthn", data=data)
