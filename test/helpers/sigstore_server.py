"""A Sigstore in small, which certifies whom an identity token names (Fulcio), and logs what was signed (Rekor): AUDIENCE [URL].

Whoever asks knows it as URL, or else by its port. It prints one line of JSON, with its port and what a client has to
trust, and then serves until it is ended. Keys are made anew at each start. As Fulcio does, it takes a token for AUDIENCE
alone; who signed the token is the CI's business, and here nobody's.
"""

import base64
import datetime
import hashlib
import http.server
import json
import struct
import sys
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

GITHUB = "https://github.com/"
# What Fulcio writes of a job into a certificate, each under its number.
CLAIMS = {
    8: lambda job: job["iss"],
    12: lambda job: GITHUB + job["repository"],
    13: lambda job: job["sha"],
    14: lambda job: job["ref"],
    18: lambda job: GITHUB + job["workflow_ref"],
}
FULCIO = "1.3.6.1.4.1.57264.1"
TIMESTAMPS = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
USAGES = [
    *("digital_signature", "content_commitment", "key_encipherment"),
    *("data_encipherment", "key_agreement", "key_cert_sign"),
    *("crl_sign", "encipher_only", "decipher_only"),
]


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def der(tag: int, content: bytes) -> bytes:
    """A value as DER has it, of a tag and up to 64 KiB."""
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x82" + struct.pack("!H", size)
    return bytes([tag]) + length + content


class Key:
    """A key that signs, under the name that logs have for it."""

    def __init__(self) -> None:
        self.own = ec.generate_private_key(ec.SECP256R1())
        form = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        self.public = self.own.public_key().public_bytes(*form)
        self.id = hashlib.sha256(self.public).digest()

    def sign(self, content: bytes) -> bytes:
        return self.own.sign(content, ec.ECDSA(hashes.SHA256()))


def usage(name: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{each: each == name for each in USAGES})


class Authority:
    """Makes certificates, each with the word of a log that it was made."""

    def __init__(self) -> None:
        self.key, self.log = Key(), Key()
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "quay")])
        public = self.key.own.public_key()
        self.certificate = (
            self.lasting(self.name, public, datetime.timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage("key_cert_sign"), critical=True)
            .sign(self.key.own, hashes.SHA256())
        )

    def lasting(self, subject, public, span) -> x509.CertificateBuilder:
        now = datetime.datetime.now(datetime.timezone.utc)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(minutes=1))
            .not_valid_after(now + span)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(public), critical=False
            )
        )

    def certify(self, public, job: dict) -> x509.Certificate:
        who = [x509.UniformResourceIdentifier(GITHUB + job["workflow_ref"])]
        issuer = self.key.own.public_key()
        bare = (
            self.lasting(x509.Name([]), public, datetime.timedelta(minutes=10))
            .add_extension(usage("digital_signature"), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]),
                critical=False,
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer),
                critical=False,
            )
            .add_extension(x509.SubjectAlternativeName(who), critical=True)
        )
        for number, claim in CLAIMS.items():
            value = der(0x0C, claim(job).encode())
            bare = bare.add_extension(self.own(f"{FULCIO}.{number}", value), False)
        unlogged = bare.sign(self.key.own, hashes.SHA256()).tbs_certificate_bytes
        logged = self.own(TIMESTAMPS.dotted_string, self.timestamps(unlogged))
        return bare.add_extension(logged, False).sign(self.key.own, hashes.SHA256())

    def own(self, number: str, value: bytes) -> x509.UnrecognizedExtension:
        return x509.UnrecognizedExtension(x509.ObjectIdentifier(number), value)

    def timestamps(self, unlogged: bytes) -> bytes:
        """What a log says of a certificate before that is in it (RFC 6962)."""
        now = int(time.time() * 1000)
        size = struct.pack("!I", len(unlogged))[1:]
        entry = self.key.id + size + unlogged
        said = self.log.sign(
            struct.pack("!BBQH", 0, 0, now, 1) + entry + struct.pack("!H", 0)
        )
        one = struct.pack("!B32sQHBBH", 0, self.log.id, now, 0, 4, 3, len(said)) + said
        return der(0x04, struct.pack("!HH", len(one) + 2, len(one)) + one)


class Log:
    """Takes what was signed, and proves of each entry that it is in there (RFC 6962)."""

    def __init__(self, name: str) -> None:
        self.key, self.name, self.leaves = Key(), name, []

    def take(self, proposed: dict) -> dict:
        content = proposed["spec"]["proposedContent"]
        envelope = json.loads(content["envelope"])
        [signature], [verifier] = envelope["signatures"], content["verifiers"]
        body = {
            "apiVersion": proposed["apiVersion"],
            "kind": proposed["kind"],
            "spec": {
                "envelopeHash": digest(content["envelope"].encode()),
                "payloadHash": digest(base64.b64decode(envelope["payload"])),
                "signatures": [{"signature": signature["sig"], "verifier": verifier}],
            },
        }
        written = canonical(body)
        index = len(self.leaves)
        self.leaves.append(hashlib.sha256(b"\x00" + written).digest())
        entry = {
            "body": text(written),
            "integratedTime": int(time.time()),
            "logID": self.key.id.hex(),
            "logIndex": index,
        }
        promise = text(self.key.sign(canonical(entry)))
        return {**entry, "verification": self.proof(index, promise)}

    def proof(self, index: int, promise: str) -> dict:
        root = root_of(self.leaves)
        size = len(self.leaves)
        note = f"{self.name} - 1\n{size}\n{text(root)}\n"
        said = text(self.key.id[:4] + self.key.sign(note.encode()))
        return {
            "signedEntryTimestamp": promise,
            "inclusionProof": {
                "checkpoint": f"{note}\n\N{EM DASH} {self.name} {said}\n",
                "hashes": [each.hex() for each in path_to(index, self.leaves)],
                "logIndex": index,
                "rootHash": root.hex(),
                "treeSize": size,
            },
        }


def canonical(value: dict) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def digest(content: bytes) -> dict:
    return {"algorithm": "sha256", "value": hashlib.sha256(content).hexdigest()}


def halves(leaves: "list[bytes]") -> "tuple[list[bytes], list[bytes]]":
    at = 1 << (len(leaves) - 1).bit_length() - 1
    return leaves[:at], leaves[at:]


def root_of(leaves: "list[bytes]") -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    left, right = halves(leaves)
    return hashlib.sha256(b"\x01" + root_of(left) + root_of(right)).digest()


def path_to(index: int, leaves: "list[bytes]") -> "list[bytes]":
    if len(leaves) == 1:
        return []
    left, right = halves(leaves)
    if index < len(left):
        return [*path_to(index, left), root_of(right)]
    return [*path_to(index - len(left), right), root_of(left)]


class Sigstore:
    def __init__(self, audience: str, url: str) -> None:
        self.audience, self.url = audience, url
        self.authority, self.log = Authority(), Log("log.example")

    def answer(self, path: str, asked: dict, bearer: str) -> "tuple[int, dict]":
        if path.endswith("/log/entries"):
            return 201, {"1": self.log.take(asked)}
        part = bearer.split(".")[1]
        job = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        if job["aud"] != self.audience:
            return 401, {"message": f"the token is for {job['aud']}"}
        request = x509.load_pem_x509_csr(
            base64.b64decode(asked["certificateSigningRequest"])
        )
        made = self.authority.certify(request.public_key(), job)
        chain = [made, self.authority.certificate]
        certificates = [each.public_bytes(Encoding.PEM).decode() for each in chain]
        whole = {"chain": {"certificates": certificates}}
        return 200, {"signedCertificateEmbeddedSct": whole}

    def trust(self) -> dict:
        """What makes a client trust it, as `sigstore --trust-config` takes it."""
        kind = "application/vnd.dev.sigstore"
        since = {"start": "2026-01-01T00:00:00Z"}
        service = {
            "url": self.url,
            "majorApiVersion": 1,
            "validFor": since,
            "operator": "quay",
        }
        root = text(self.authority.certificate.public_bytes(Encoding.DER))
        return {
            "mediaType": f"{kind}.clienttrustconfig.v0.1+json",
            "trustedRoot": {
                "mediaType": f"{kind}.trustedroot+json;version=0.1",
                "tlogs": [self.known(self.log.key, since)],
                "ctlogs": [self.known(self.authority.log, since)],
                "certificateAuthorities": [
                    {
                        "subject": {"organization": "quay", "commonName": "quay"},
                        "certChain": {"certificates": [{"rawBytes": root}]},
                        "validFor": since,
                    }
                ],
            },
            "signingConfig": {
                "mediaType": f"{kind}.signingconfig.v0.2+json",
                "caUrls": [service],
                "rekorTlogUrls": [service],
                "rekorTlogConfig": {"selector": "ANY"},
            },
        }

    def known(self, key: Key, since: dict) -> dict:
        details = "PKIX_ECDSA_P256_SHA_256"
        return {
            "baseUrl": self.url,
            "hashAlgorithm": "SHA2_256",
            "publicKey": {
                "rawBytes": text(key.public),
                "keyDetails": details,
                "validFor": since,
            },
            "logId": {"keyId": text(key.id)},
        }


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        bearer = self.headers.get("authorization", "").removeprefix("Bearer ")
        status, answer = self.server.sigstore.answer(self.path, asked, bearer)
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words) -> None:
        """Prints nothing: what it prints is read."""


def main() -> None:
    audience, *known = sys.argv[1:]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port = server.server_address[1]
    server.sigstore = Sigstore(audience, *(known or [f"http://127.0.0.1:{port}"]))
    print(json.dumps({"port": port, "trust": server.sigstore.trust()}), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
