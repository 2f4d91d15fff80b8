/**
 * What a request of the protocol itself says, as far as rules ask: no values that could be replayed, only which
 * parameters it has.
 */
export type ProtocolMessage = AuthorizationRequest | TokenRequest | AuthorizationResponse | EndSessionRequest;

/** OpenID Connect Core 1.0 §3.1.2.1, RFC 6749 §4.1.1, RFC 7636 §4.3. */
export interface AuthorizationRequest {
  readonly message: 'authorization_request';
  readonly clientId: string;
  /** The words of `response_type` (OAuth 2.0 Multiple Response Type Encoding Practices §3). */
  readonly responseType: readonly string[];
  readonly responseMode: string | null;
  readonly scope: readonly string[];
  readonly hasState: boolean;
  readonly hasNonce: boolean;
  /** null where there is no `code_challenge`; without a method it is `plain` (RFC 7636 §4.3). */
  readonly codeChallengeMethod: string | null;
  /** Its parameters were pushed (RFC 9126) or stand in a request object (RFC 9101): what is missing may be there. */
  readonly isByReference: boolean;
  /** `prompt=none`: nobody is asked anything (OpenID Connect Core 1.0 §3.1.2.1). */
  readonly isSilent?: true;
}

/** RFC 6749 §4.1.3, §4.3.2, §6. */
export interface TokenRequest {
  readonly message: 'token_request';
  readonly clientId: string | null;
  readonly grantType: string;
  /** Where a client secret that is not empty stood (RFC 6749 §2.3.1). */
  readonly clientSecret: 'body' | 'basic' | null;
  readonly hasCodeVerifier: boolean;
}

/** What the authorization server sends the browser back with: RFC 6749 §4.1.2, OpenID Connect Core 1.0 §3.1.2.5. */
export interface AuthorizationResponse {
  readonly message: 'authorization_response';
  readonly brings: 'code' | 'tokens' | 'error';
  /** The error code (RFC 6749 §4.1.2.1), a word. */
  readonly error: string | null;
}

/** OpenID Connect RP-Initiated Logout 1.0 §2. */
export interface EndSessionRequest {
  readonly message: 'end_session_request';
  readonly hasIdTokenHint: boolean;
}
