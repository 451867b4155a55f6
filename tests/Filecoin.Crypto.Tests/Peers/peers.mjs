// Answers a list of calls [name, ...arguments] read from standard input, bytes as hex.
// An answer is a string, a boolean, or null where the library refuses.
import { blake2b } from "@noble/hashes/blake2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { ripemd160 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bls12_381 as bls } from "@noble/curves/bls12-381.js";
import { bn254 } from "@noble/curves/bn254.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import blst from "@chainsafe/blst";

const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (data) => Buffer.from(data).toString("hex");
const scalar = (text) => BigInt("0x" + text);
const word = (number) => number.toString(16).padStart(64, "0");
const { PublicKey, SecretKey, Signature } = blst;

const calls = {
  blake2b: (data, length) => hex(blake2b(bytes(data), { dkLen: length })),
  keccak256: (data) => hex(keccak_256(bytes(data))),
  ripemd160: (data) => hex(ripemd160(bytes(data))),
  sha256: (data) => hex(sha256(bytes(data))),

  secpPublicKey: (secret) => hex(secp256k1.getPublicKey(bytes(secret), false)),
  secpSign: (hash, secret) => {
    const signature = secp256k1.sign(bytes(hash), bytes(secret), { lowS: true });
    return hex(signature.toCompactRawBytes()) + hex([signature.recovery]);
  },
  secpRecover: (hash, signature) => {
    const data = bytes(signature);
    return hex(
      secp256k1.Signature.fromCompact(data.subarray(0, 64))
        .addRecoveryBit(data[64])
        .recoverPublicKey(bytes(hash))
        .toRawBytes(false),
    );
  },

  multiplyG1: (number) => hex(bls.G1.ProjectivePoint.BASE.multiply(scalar(number)).toRawBytes(true)),
  multiplyG2: (number) =>
    hex(bls.G2.ProjectivePoint.BASE.multiply(scalar(number)).toRawBytes(false)),
  hashToG1: (message, domain) =>
    hex(bls.G1.hashToCurve(bytes(message), { DST: bytes(domain) }).toRawBytes(false)),
  hashToG2: (message, domain) =>
    hex(bls.G2.hashToCurve(bytes(message), { DST: bytes(domain) }).toRawBytes(false)),
  pairing: (first, second) =>
    hex(
      bls.fields.Fp12.toBytes(
        bls.pairing(
          bls.G1.ProjectivePoint.BASE.multiply(scalar(first)),
          bls.G2.ProjectivePoint.BASE.multiply(scalar(second)),
        ),
      ),
    ),

  bnMultiplyG1: (number) => {
    const { x, y } = bn254.G1.ProjectivePoint.BASE.multiply(scalar(number)).toAffine();
    return word(x) + word(y);
  },
  bnMultiplyG2: (number) => {
    const { x, y } = bn254.G2.ProjectivePoint.BASE.multiply(scalar(number)).toAffine();
    return word(x.c1) + word(x.c0) + word(y.c1) + word(y.c0);
  },

  blstPublicKey: (secret) => hex(SecretKey.fromBytes(bytes(secret)).toPublicKey().toBytes(true)),
  blstReadKey: (key) => hex(PublicKey.fromBytes(bytes(key), true).toBytes(false)),
  blstReadSignature: (signature) =>
    hex(Signature.fromBytes(bytes(signature), true, false).toBytes(false)),
};

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const answers = JSON.parse(Buffer.concat(chunks).toString()).map(([name, ...args]) => {
  const call = calls[name];
  if (!call) throw new Error("no call " + name);
  try {
    return call(...args);
  } catch {
    return null;
  }
});
process.stdout.write(JSON.stringify(answers));
