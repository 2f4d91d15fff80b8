/** Anything that may be a sign-in endpoint: generous, for where a sign-in excuses. */
const MAY_SIGN_IN =
  /(?:^|[/_.-])(?:auth|oauth2?|oidc|sso|log-?in|sign-?in|session|token|verify|callback|log-?out|sign-?out)/i;

/** A segment that nothing but a sign-in has: strict, for where a sign-in accuses. */
const SIGNS_IN =
  /^(?:(?:[\w-]+-)?auth|authenticate|sso|sessions?|callback|(?:social|token)?[-_]?(?:log|sign)-?in(?:[-_.]\w+)*)$/i;

/** What follows such a segment where no one is signed in: tokens are renewed, looked at, given back. */
const NO_SIGN_IN =
  /^(?:refresh|renew|revoke|introspect|verify|validate|check|log-?out|sign-?out|userinfo|user|users|me|profile)$/i;

/** Vendors' services that take other parties' tokens to sign people in: there they are at home. */
const SIGN_IN_SERVICES: readonly RegExp[] = [
  // https://cloud.google.com/identity-platform/docs/reference/rest/v1/accounts/signInWithIdp
  /^(?:identitytoolkit|securetoken)\.googleapis\.com$/,
  // https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html,
  // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html
  /^cognito-(?:identity|idp)(?:-fips)?\.[\w-]+\.amazonaws\.com(?:\.cn)?$/,
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
  /^sts(?:\.[\w-]+)?\.amazonaws\.com(?:\.cn)?$/,
];

/** True where a path may be that of a sign-in endpoint (or of a sign-out), by its words. */
export function maySignIn(path: string): boolean {
  return MAY_SIGN_IN.test(path);
}

/** True where a path is hardly anything but a sign-in endpoint's: `/login`, `/api/auth/google`, `/sessions`. */
export function signsIn(path: string): boolean {
  const segments = path.split('/', 64).filter((segment) => segment !== '');
  return segments.some((segment) => SIGNS_IN.test(segment)) && !NO_SIGN_IN.test(segments.at(-1) ?? '');
}

/** @param host as in a URL */
export function isSignInService(host: string): boolean {
  return SIGN_IN_SERVICES.some((service) => service.test(host));
}
