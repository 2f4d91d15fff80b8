import { t } from '../text.ts';
import type { VendorProfile } from './vendor-profile.ts';

/** Tokens of machines, which their platforms call ID tokens: the subject is a job or a service, the audience a service. */
export const WORKLOADS: readonly VendorProfile[] = [
  {
    vendor: 'Kubernetes',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { sub: /^system:serviceaccount:/ },
    text: t`Its subject is a service account of a cluster`,
    source: 'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/',
  },
  {
    vendor: 'SPIFFE',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { sub: /^spiffe:\/\// },
    text: t`Its subject is a workload (JWT-SVID §3.1)`,
    source: 'https://github.com/spiffe/spiffe/blob/main/standards/JWT-SVID.md',
  },
  {
    vendor: 'GitHub Actions',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { iss: /^https:\/\/token\.actions\.githubusercontent\.com(?:\/|$)/ },
    text: t`Its subject is a workflow run`,
    source: 'https://docs.github.com/actions/reference/security/oidc',
  },
  {
    vendor: 'GitLab CI/CD',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { sub: /^project_path:/, iss: true },
    text: t`Its subject is a job of a project`,
    source: 'https://docs.gitlab.com/ci/secrets/id_token_authentication/',
  },
  {
    vendor: 'Vercel',
    says: 'unknown_jwt',
    confidence: 'strong',
    claims: { iss: /^https:\/\/oidc\.vercel\.com(?:\/|$)/, owner_id: true, project_id: true },
    text: t`Its subject is a deployment of a project`,
    source: 'https://vercel.com/docs/oidc/reference',
  },
  {
    vendor: 'a workload’s platform',
    says: 'unknown_jwt',
    confidence: 'strong',
    // Pairs of names and values; a URN, a DID or an ARN is no such list.
    claims: { iss: true, aud: true, sub: /^(?!urn:|did:|arn:)[a-z_]+:[^:]+(?::[a-z_]+:[^:]+)+$/ },
    without: ['client_id', 'azp', 'cid', 'scp', 'at_hash', 'c_hash', 'nonce'],
    text: t`Its subject is a list of names and values, as those of jobs and deployments are`,
    source: 'https://docs.spacelift.io/integrations/cloud-providers/oidc',
  },
];
