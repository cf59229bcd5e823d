"""Says as JSON whether a public key accepts the signature of a file: FILE PUBLIC-KEY SIGNATURE."""

import json
import pathlib
import sys

import minisign
import sshsig

# What `ssh-keygen -Y sign` signs files under, unless it is told otherwise.
NAMESPACE = "file"


def accepts(public: str, content: bytes, signature: bytes) -> bool:
    if not public.startswith("ssh-"):
        key = minisign.PublicKey.from_base64(public)
        key.verify(content, minisign.Signature.from_bytes(signature))
        return True
    signer = sshsig.check_signature(content, signature, namespace=NAMESPACE)
    return signer.openssh_str().split()[:2] == public.split()[:2]


def main() -> None:
    file, public, signature = sys.argv[1:]
    texts = [pathlib.Path(each).read_bytes() for each in (file, signature)]
    try:
        right = accepts(public, *texts)
    # A signature may be anything, and break its reader anywhere.
    except Exception:  # noqa: BLE001
        right = False
    json.dump({"right": right}, sys.stdout)


main()
