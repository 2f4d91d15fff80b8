import type { JsonObject } from '../model/json.ts';
import type { DecodedToken } from '../model/token.ts';
import { stringMember, stringsMember } from '../syntax/json.ts';
import { t } from '../text.ts';

interface Sanction {
  readonly vendor: string;
  /** Issuers, from the start of the `iss` claim. */
  readonly issuer: RegExp;
  /** Where it goes: paths that the vendor's API has. */
  readonly path?: RegExp;
  /** What more its claims must be. */
  readonly fits?: (claims: JsonObject) => boolean;
  readonly text: string;
}

/**
 * Paths that only the API of Kubernetes has (https://kubernetes.io/docs/reference/using-api/api-concepts/), also behind a
 * dashboard: those of the core group by the names of its resources, those of others by the name of the group.
 */
const KUBERNETES =
  /\/(?:api\/v1\/(?:watch\/)?(?:namespaces|nodes|pods|configmaps|persistentvolumes|componentstatuses)|apis\/(?:apps|batch|autoscaling|policy|[\w-]+(?:\.[\w-]+)*\.k8s\.io)\/v\d\w*)(?:\/|$)/;

/** Vendors who have ID tokens sent to APIs on purpose, by their own documentation. */
const SANCTIONS: readonly Sanction[] = [
  {
    vendor: 'Firebase',
    issuer: /^https:\/\/securetoken\.google\.com\//,
    text: t`Firebase has apps send the ID token to their own backend, which verifies it (https://firebase.google.com/docs/auth/admin/verify-id-tokens).`,
  },
  {
    vendor: 'Amazon Cognito',
    issuer: /^https:\/\/cognito-idp\.[\w-]+\.amazonaws\.com\//,
    text: t`API Gateway authorizers take Cognito ID tokens (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html).`,
  },
  {
    vendor: 'Google',
    issuer: /^(?:https:\/\/)?accounts\.google\.com$/,
    fits: isForAnotherClient,
    text: t`Google gives the apps of one project ID tokens for their backend's client_id, to be sent there, also through the Identity-Aware Proxy (https://cloud.google.com/iap/docs/authentication-howto).`,
  },
  {
    vendor: 'Kubernetes',
    issuer: /./,
    path: KUBERNETES,
    text: t`The API server of Kubernetes takes ID tokens of the issuer that it is set up for (https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens).`,
  },
];

/**
 * @param path where the request went
 * @returns the vendor's own word that ID tokens like this one may go to APIs; null where there is none
 */
export function acceptedByDesign(
  token: DecodedToken,
  path: string,
): Pick<Sanction, 'vendor' | 'text'> | null {
  if (token.form !== 'jwt') return null;
  const { claims } = token;
  const issuer = stringMember(claims, 'iss') ?? '';
  return (
    SANCTIONS.find(
      (sanction) =>
        sanction.issuer.test(issuer) &&
        (sanction.path?.test(path) ?? true) &&
        (sanction.fits?.(claims) ?? true),
    ) ?? null
  );
}

/** Issued to one client ("azp") for another one. */
function isForAnotherClient(claims: JsonObject): boolean {
  const party = stringMember(claims, 'azp');
  const audiences = stringsMember(claims, 'aud');
  return party !== null && audiences.length > 0 && !audiences.includes(party);
}
