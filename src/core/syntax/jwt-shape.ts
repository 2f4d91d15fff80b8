/** Longer than any header a server takes. What is longer is not read. */
export const MAX_TOKEN_LENGTH = 65_536;

/** What a JWT (JWS or JWE, compact) looks like: cheap enough for every value of every request. */
const JWT_SHAPE =
  /^e[wy][\w-]{8,}={0,2}\.(?:[\w-]*={0,2}\.[\w-]*={0,2}|[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+)(?:~[\w~.=-]*)?$/;

/** True where a value that nothing names as a token is shaped like a JWT. */
export function looksLikeJwt(value: string): boolean {
  if (value.length < 20 || value.length > MAX_TOKEN_LENGTH || value.charCodeAt(0) !== 0x65) return false;
  return JWT_SHAPE.test(value);
}
