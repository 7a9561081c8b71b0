import { sha256 as digestOf } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/**
 * SHA-256 of the bytes, in lower-case hexadecimal, on any platform: a browser has no digest of its own on pages without
 * TLS, and none that answers at once. For whole files in Node.js, `sha256` of the folder files is faster.
 */
export const sha256 = (bytes: Uint8Array): string => bytesToHex(digestOf(bytes));
