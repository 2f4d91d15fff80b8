import type { JsonObject } from '../model/json.ts';
import type { Evidence } from '../model/token.ts';
import { stringMember } from '../syntax/json.ts';
import { t } from '../text.ts';

/** A member of the JOSE Header by which a vendor's tokens of another kind are told, by its documentation. */
interface HeaderMark {
  readonly vendor: string;
  readonly name: string;
  readonly value: RegExp;
  readonly text: string;
  readonly source: string;
}

const HEADER_MARKS: readonly HeaderMark[] = [
  {
    vendor: 'AWS',
    name: 'signer',
    value: /^arn:aws[\w-]*:elasticloadbalancing:/,
    text: t`A load balancer signed it for the backend behind it`,
    source:
      'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html',
  },
  {
    vendor: 'Twilio',
    name: 'cty',
    value: /^twilio-fpa;/,
    text: t`Its content type is that of tokens for Twilio's client libraries`,
    source: 'https://www.twilio.com/docs/iam/access-tokens',
  },
];

/** @returns what a vendor's mark in the JOSE Header says of a token; null where there is none */
export function fromHeaderMark(header: JsonObject): Evidence | null {
  for (const { vendor, name, value, text, source } of HEADER_MARKS) {
    if (!value.test(stringMember(header, name) ?? '')) continue;
    return { source: 'vendor', says: 'unknown_jwt', text: `${text} (${vendor}: ${source}).`, exchange: null };
  }
  return null;
}
