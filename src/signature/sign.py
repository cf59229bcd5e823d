"""Signs a file with the key of SIGNING_KEY, and looks whether the public key accepts it: FILE PUBLIC-KEY SIGNATURE.

Prints as JSON what is wrong with the key, in a word; no form of it leaves this process. The same key and
file give the same signature: minisign's has no time in it, and Ed25519 takes no chance.
"""

import base64
import hashlib
import json
import os
import pathlib
import struct
import sys

import minisign
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_ssh_private_key,
)

# What `ssh-keygen -Y sign` signs files under, unless it is told otherwise.
NAMESPACE = b"file"


class Unfit(Exception):
    """What is wrong with the key, in a word."""


def sign_by_minisign(key: str, content: bytes, public: str) -> bytes:
    try:
        secret = minisign.SecretKey.from_bytes(key.encode())
    except Exception:  # noqa: BLE001
        # Whatever it says may quote the key.
        raise Unfit("unreadable") from None
    if secret.is_encrypted():
        raise Unfit("encrypted")
    if secret.get_public_key().to_base64() != public.encode():
        raise Unfit("another")
    signature = secret.sign(
        content,
        untrusted_comment="signature of SHA256SUMS",
        trusted_comment="SHA256SUMS",
    )
    secret.get_public_key().verify(content, signature)
    return bytes(signature) + b"\n"


def sign_by_ssh(key: str, content: bytes, public: str) -> bytes:
    try:
        secret = load_ssh_private_key(key.encode(), password=None)
    except TypeError:
        raise Unfit("encrypted") from None
    except (ValueError, UnsupportedAlgorithm):
        raise Unfit("unreadable") from None
    if not isinstance(secret, Ed25519PrivateKey):
        raise Unfit("kind")
    own = secret.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    if own.split()[:2] != public.encode().split()[:2]:
        raise Unfit("another")
    blob = base64.b64decode(own.split()[1])
    return armoured(sshsig(secret, content, blob))


def sshsig(secret: Ed25519PrivateKey, content: bytes, public: bytes) -> bytes:
    """The form that OpenSSH describes in PROTOCOL.sshsig."""
    about = text(NAMESPACE) + text(b"") + text(b"sha512")
    signed = b"SSHSIG" + about + text(hashlib.sha512(content).digest())
    signature = text(b"ssh-ed25519") + text(secret.sign(signed))
    return b"SSHSIG" + struct.pack(">I", 1) + text(public) + about + text(signature)


def text(value: bytes) -> bytes:
    return struct.pack(">I", len(value)) + value


def armoured(blob: bytes) -> bytes:
    encoded = base64.b64encode(blob).decode()
    lines = [encoded[at : at + 70] for at in range(0, len(encoded), 70)]
    around = ["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----"]
    return ("\n".join(around) + "\n").encode()


def main() -> None:
    file, public, into = sys.argv[1:]
    # A line break at the end is easily lost on the way through a CI, and one of Windows easily won.
    key = os.environ["SIGNING_KEY"].replace("\r\n", "\n").strip() + "\n"
    sign = sign_by_ssh if public.startswith("ssh-") else sign_by_minisign
    problem = None
    try:
        signature = sign(key, pathlib.Path(file).read_bytes(), public)
        pathlib.Path(into).write_bytes(signature)
    except Unfit as error:
        problem = str(error)
        pathlib.Path(into).write_bytes(b"")
    json.dump({"problem": problem}, sys.stdout)


if __name__ == "__main__":
    main()
