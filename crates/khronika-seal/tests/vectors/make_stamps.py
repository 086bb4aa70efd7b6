#!/usr/bin/env python3
"""Makes stamps.json: time stamps by authorities of our own, good ones and ones with one thing wrong.

Needs openssl and the Python package "cryptography". The keys are thrown away; running it again makes other stamps of the same kinds.
"""

import base64
import datetime
import hashlib
import json
import pathlib
import subprocess
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID as EKU, NameOID

FILE = b"A letter that was stamped.\n"
NONCE = bytes.fromhex("8f00aa55cc3301020304050607080910")
START = datetime.datetime(2020, 1, 1)
END = datetime.datetime(2040, 1, 1)
STAMPED = "20240229121314.25Z"


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Khronika test"), x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(subject, key, issuer=None, issuer_key=None, ca=False, purposes=(), critical=True, start=START, end=END, md=None, pss=False,
                length=None, usage=True, demand=False):
    build = x509.CertificateBuilder().subject_name(name(subject)).issuer_name(issuer.subject if issuer else name(subject))
    build = build.public_key(key.public_key()).serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(end)
    if ca:
        build = build.add_extension(x509.BasicConstraints(True, length), critical=True)
    if purposes:
        build = build.add_extension(x509.ExtendedKeyUsage(list(purposes)), critical=critical)
    if usage:
        build = build.add_extension(x509.KeyUsage(not ca, False, False, False, False, ca, ca, False, False), critical=True)
    build = build.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    if demand:
        build = build.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), critical=True)
    signer = issuer_key or key
    if isinstance(signer, ed25519.Ed25519PrivateKey):
        return build.sign(signer, None)
    extra = {"rsa_padding": padding.PSS(padding.MGF1(hashes.SHA256()), 32)} if pss else {}
    return build.sign(signer, md or hashes.SHA256(), **extra)


def der(tag, *parts):
    body = b"".join(parts)
    n = len(body)
    length = bytes([n]) if n < 128 else bytes([0x81, n]) if n < 256 else bytes([0x82, n >> 8, n & 255])
    return bytes([tag]) + length + body


SHA = {"sha256": "608648016503040201", "sha384": "608648016503040202", "sha512": "608648016503040203"}


def info(md="sha256", nonce=NONCE, time=STAMPED, file=FILE):
    imprint = der(0x30, der(0x30, der(6, bytes.fromhex(SHA[md])), b"\x05\x00"), der(4, hashlib.new(md, file).digest()))
    number = der(2, b"\x00" + nonce) if nonce else b""
    return der(0x30, der(2, b"\x01"), der(6, bytes.fromhex("2a0304")), imprint, der(2, b"\x17"), der(0x18, time.encode()), number)


def pem(cert):
    return cert.public_bytes(serialization.Encoding.PEM)


def raw(cert):
    return cert.public_bytes(serialization.Encoding.DER)


def token(folder, cert, key, content, others=(), md="sha256", options=(), bare=False):
    files = {"content": content, "cert.pem": pem(cert), "others.pem": b"".join(map(pem, others)),
             "key.pem": key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())}
    for file, data in files.items():
        (folder / file).write_bytes(data)
    command = ["openssl", "cms", "-sign", "-in", "content", "-binary", "-nodetach", "-outform", "DER", "-econtent_type",
               "1.2.840.113549.1.9.16.1.4", "-cades", "-signer", "cert.pem", "-inkey", "key.pem", "-md", md, *options]
    command += ["-nocerts"] if bare else []
    command += ["-certfile", "others.pem"] if others else []
    return subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout


def granted(token):
    return der(0x30, der(0x30, der(2, b"\x00")), token)


def main():
    rows = []

    def row(name, expect, bytes, root, others=(), says=""):
        rows.append({"name": name, "expect": expect, "says": says, "tsr": base64.b64encode(bytes).decode(),
                     "root": base64.b64encode(raw(root)).decode(), "others": [base64.b64encode(raw(o)).decode() for o in others]})

    stamping = (EKU.TIME_STAMPING,)
    new_rsa = lambda: rsa.generate_private_key(65537, 2048)
    root_key, other_root_key = new_rsa(), new_rsa()
    root = certificate("Root", root_key, ca=True)
    other_root = certificate("Root", other_root_key, ca=True)
    middle_key = new_rsa()
    middle = certificate("Middle", middle_key, root, root_key, ca=True, length=0)
    key = new_rsa()
    tsa = certificate("Clock", key, middle, middle_key, purposes=stamping)
    with tempfile.TemporaryDirectory() as path:
        folder = pathlib.Path(path)

        def make(**with_):
            cert, signer = with_.pop("cert", tsa), with_.pop("key", key)
            content = with_.pop("content", info())
            others = with_.pop("others", (middle,))
            return granted(token(folder, cert, signer, content, others, **with_))

        good = make()
        row("rsa", "holds", good, root)
        row("a token without an answer around it", "holds", token(folder, tsa, key, info(), (middle,)), root)
        row("sha384 of the file, signed with sha512", "holds", make(content=info("sha384"), md="sha512"), root)
        row("sha512 of the file, signed with sha384", "holds", make(content=info("sha512"), md="sha384"), root)
        row("no nonce", "holds", make(content=info(nonce=None)), root, says="no nonce")
        row("signer by key identifier", "holds", make(options=("-keyid",)), root)
        row("pss", "holds", make(options=("-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:32")), root)
        row("certificates not in it but given", "holds", make(bare=True, others=()), root, (tsa, middle))
        row("certificates not in it", "unjudged", make(bare=True, others=()), root, says="certificate")
        pss = certificate("PSS clock", key, root, root_key, purposes=stamping, pss=True)
        row("certificate signed with pss", "holds", make(cert=pss, others=()), root)
        for curve, md in ((ec.SECP256R1(), "sha256"), (ec.SECP384R1(), "sha384")):
            ca_key, ec_key = ec.generate_private_key(curve), ec.generate_private_key(curve)
            ca = certificate("Curve root", ca_key, ca=True, md=hashes.SHA384())
            cert = certificate("Curve clock", ec_key, ca, ca_key, purposes=stamping)
            row("ecdsa " + curve.name, "holds", make(cert=cert, key=ec_key, others=(), md=md), ca)
        curve_key = ec.generate_private_key(ec.SECP521R1())
        curve = certificate("Large curve", curve_key, root, root_key, purposes=stamping)
        row("a curve that is not known", "unjudged", make(cert=curve, key=curve_key, others=(), md="sha512"), root, says="curve")
        ed_key = ed25519.Ed25519PrivateKey.generate()
        ed_root = certificate("Edwards root", ed_key, ca=True)
        row("certificate signed with ed25519", "holds", make(cert=certificate("Edwards clock", key, ed_root, ed_key, purposes=stamping), others=()), ed_root)

        # The set of certificates with one of them twice, as authorities write it.
        start = good.index(raw(tsa))
        twice = good[:start] + raw(tsa) + good[start:]
        old = len(twice) - len(good)

        def grow(data, at):
            """Adds `old` to the two bytes of a length at `at`."""
            assert data[at] == 0x82
            n = (data[at + 1] << 8 | data[at + 2]) + old
            return data[:at + 1] + bytes([n >> 8, n & 255]) + data[at + 3:]

        heads, at = [], 0
        # answer, token, its content, signed data, set of certificates: every one that holds the place.
        def walk(data, at, end):
            while at < end:
                tag, first = data[at], data[at + 1]
                if first < 0x80:
                    head, n = 2, first
                else:
                    head, n = 2 + (first & 127), int.from_bytes(data[at + 2:at + 2 + (first & 127)], "big")
                if at + head <= start < at + head + n and n > len(raw(tsa)) and (tag & 0x20):
                    if at + head <= start and not (at == start):
                        heads.append(at + 1)
                        walk(data, at + head, at + head + n)
                    return
                at += head + n

        walk(good, 0, len(good))
        for head in heads:
            twice = grow(twice, head)
        row("a certificate that is there twice", "holds", twice, root)

        row("another root of the same name", "fails", good, other_root, says="chain")
        stranger = certificate("Stranger", new_rsa(), ca=True)
        row("another root", "fails", good, stranger, says="root")
        row("another file", "fails", make(content=info(file=b"another")), root, says="another file")
        row("another nonce", "fails", make(content=info(nonce=NONCE[::-1])), root, says="nonce")
        late = certificate("Late clock", key, root, root_key, purposes=stamping, start=datetime.datetime(2025, 1, 1))
        row("stamped before the certificate was valid", "fails", make(cert=late, others=()), root, says="not valid at the time")
        early = certificate("Early clock", key, root, root_key, purposes=stamping, end=datetime.datetime(2023, 1, 1))
        row("stamped after the certificate was valid", "fails", make(cert=early, others=()), root, says="not valid at the time")
        old_middle = certificate("Middle", middle_key, root, root_key, ca=True, end=datetime.datetime(2023, 1, 1))
        row("a middle certificate that had expired", "fails", make(others=(old_middle,)), root, says="not valid at the time")
        for label, with_ in (("no purpose", {}), ("purpose not critical", {"purposes": stamping, "critical": False}),
                             ("two purposes", {"purposes": (EKU.TIME_STAMPING, EKU.CODE_SIGNING)}), ("other purpose", {"purposes": (EKU.CODE_SIGNING,)})):
            cert = certificate("Clock of " + label, key, root, root_key, **with_)
            row(label, "fails", make(cert=cert, others=()), root, says="not for time stamps")
        demanding = certificate("Demanding clock", key, root, root_key, purposes=stamping, demand=True)
        row("an unknown critical extension", "unjudged", make(cert=demanding, others=()), root, says="demand")
        no_ca = certificate("Middle", middle_key, root, root_key, ca=False)
        row("a middle certificate that is no authority", "fails", make(others=(no_ca,)), root, says="no authority")
        low_key = new_rsa()
        low = certificate("Low", low_key, middle, middle_key, ca=True)
        deep = certificate("Deep clock", key, low, low_key, purposes=stamping)
        row("a chain that is longer than allowed", "fails", make(cert=deep, others=(low, middle)), root, says="longer")
        web = certificate("Middle", middle_key, root, root_key, ca=True, purposes=(EKU.SERVER_AUTH,))
        row("a middle certificate for other purposes", "fails", make(others=(web,)), root, says="other purposes")
        forged = certificate("Clock", new_rsa(), middle, new_rsa(), purposes=stamping)
        row("a certificate that the authority did not sign", "fails", make(cert=certificate("Clock", key, middle, new_rsa(), purposes=stamping)), root, says="chain")
        changed = bytearray(good)
        at = good.index(b"20240229121314")
        changed[at + 7] ^= 1
        row("another time", "fails", bytes(changed), root, says="altered")
        changed = bytearray(good)
        changed[-5] ^= 1
        row("another signature", "fails", bytes(changed), root, says="signature")
        row("refused", "fails", der(0x30, der(0x30, der(2, b"\x02"), der(0x30, der(0x0C, b"not today")))), root, says="not today")
    # Answers of `openssl ts` itself.
    with tempfile.TemporaryDirectory() as path:
        folder = pathlib.Path(path)
        for file, data in {"file": FILE, "tsa.pem": pem(tsa), "middle.pem": pem(middle), "serial": b"01\n",
                           "key.pem": key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
                           "ts.cnf": b"[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ncrypto_device=builtin\nsigner_cert=tsa.pem\ncerts=chain.pem\n"
                                     b"signer_key=key.pem\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\n"
                                     b"ordering=yes\ntsa_name=yes\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n"}.items():
            (folder / file).write_bytes(data)
        # The signer once more among the others: openssl writes it twice.
        (folder / "chain.pem").write_bytes(pem(tsa) + pem(middle))
        run = lambda *args: subprocess.run(["openssl", "ts", *args], cwd=folder, check=True, capture_output=True)
        run("-query", "-data", "file", "-sha256", "-cert", "-no_nonce", "-out", "q.tsq")
        run("-reply", "-config", "ts.cnf", "-queryfile", "q.tsq", "-out", "r.tsr")
        row("openssl ts", "holds", (folder / "r.tsr").read_bytes(), root, says="no nonce")
    here = pathlib.Path(__file__).parent
    out = {"source": "made by make_stamps.py", "file": base64.b64encode(FILE).decode(), "nonce": NONCE.hex(), "time": "2024-02-29T12:13:14.25Z", "stamps": rows}
    (here / "stamps.json").write_text(json.dumps(out, indent=0) + "\n")
    print(len(rows), "stamps")


main()
