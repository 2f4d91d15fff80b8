/** Words in the paths of authorization servers' own endpoints, and of their sign-in, sign-out and account pages. */
const OF_THE_PROTOCOL =
  /oauth|oidc|openid|connect|authoriz|token|log-?out|log-?in|sign-?in|sign-?out|end-?session|session|saml|adfs|wsfed|userinfo|introspect|revo|device|interaction|consent|account|\.well-known|^\/?$/i;

/** True for a path at an authorization server that may be its own, by its words; false for that of an API beside it. */
export function mayBeOfTheProtocol(path: string): boolean {
  return OF_THE_PROTOCOL.test(path);
}
