/** Before the word, tools write brackets, and the name of what stood there. */
const BLANKED =
  /^[[(<{*#]*(?:[\w-]+ )?[[(<{*#]*(?:redacted|removed|masked|hidden|scrubbed|sanitized|filtered|x{4,}|\*{3,})(?![\w-]*=)/i;

/** The shortest signature that any algorithm makes is the 32 octets of HS256 (RFC 7518 §3.2): so long in base64url. */
const MIN_SIGNATURE = 43;

/** True for what tools put in the place of a secret: `[redacted]`, `[access_token redacted]`, `***`, `xxxx`. */
export function isBlanked(value: string): boolean {
  return BLANKED.test(value);
}

/** True for a value that is not as it was sent: blanked, or a JWT without (the whole of) its signature. */
export function isCut(value: string): boolean {
  if (isBlanked(value)) return true;
  const parts = value.split('.', 4);
  return parts.length === 3 && value.startsWith('eyJ') && (parts[2] ?? '').length < MIN_SIGNATURE;
}
