/**
 * Reads text out of base64 (RFC 4648 §4 and §5: either alphabet, padded or not).
 * @returns null where it is no base64, or not of UTF-8 text
 */
export function base64Text(encoded: string): string | null {
  if (!/^[\w+/-]+={0,2}$/.test(encoded)) return null;
  try {
    const octets = atob(encoded.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
    const bytes = Uint8Array.from(octets, (octet) => octet.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
