import { hash } from 'node:crypto';

/** SM3 of bytes, or of a text's UTF-8 bytes, in lower-case hexadecimal. */
export const sm3Hex = (content: string | Uint8Array): string => hash('sm3', content, 'hex');
