import { hash } from 'node:crypto';

/** SM3 of a text's UTF-8 bytes, in lower-case hexadecimal. */
export const sm3Hex = (text: string): string => hash('sm3', text, 'hex');
