/** Every word of the options page. What is wrong with a field is said by the configuration itself. */
import type { Configuration } from '../core/model/configuration.ts';
import type { Severity } from '../core/model/finding.ts';
import { locale, t } from '../core/text.ts';
import { formatNumber } from '../panel/words.ts';

/** "1 client, 2 resources and 3 accepted uses". */
function contents({
  clients,
  resources,
  trustedIssuers,
  severities,
  acceptedByDesign,
}: Configuration): string {
  const levels = Object.keys(severities).length;
  const told = [
    amountOf(clients.length, t`1 client`, (many) => t`${many} clients`),
    amountOf(resources.length, t`1 resource`, (many) => t`${many} resources`),
    amountOf(trustedIssuers.length, t`1 trusted issuer`, (many) => t`${many} trusted issuers`),
    amountOf(levels, t`1 severity`, (many) => t`${many} severities`),
    amountOf(acceptedByDesign.length, t`1 accepted use`, (many) => t`${many} accepted uses`),
  ].filter((part) => part !== '');
  return told.length === 0 ? t`nothing` : new Intl.ListFormat(locale()).format(told);
}

function amountOf(amount: number, one: string, many: (amount: string) => string): string {
  return amount === 0 ? '' : amount === 1 ? one : many(formatNumber(amount));
}

const BY_DEFAULT: Readonly<Record<Severity, string>> = {
  error: t`Default (error)`,
  warning: t`Default (warning)`,
  notice: t`Default (notice)`,
};

export const OPTIONS = {
  title: t`Aud-it options`,
  intro: t`Aud-it judges by what the traffic shows. Here you tell it what no traffic shows. All of it is optional and applies at once to what was already seen, too.`,
  kept: t`Kept in this browser’s profile only. It holds no secret: names of clients, hosts and issuers. Export it to use it in other browsers and with the command line (aud-it.config.json).`,
  parts: t`Parts of the options`,
  import: t`Import…`,
  export: t`Export`,
  save: t`Save`,
  discard: t`Discard`,
  undo: t`Undo`,
  dismiss: t`Dismiss`,
  remove: t`Remove`,
  removeThis: (name: string) => t`Remove ${name}`,
  unsaved: t`There are changes that are not saved.`,
  mistakes: (amount: number) =>
    amount === 1
      ? t`1 mistake has to be put right before this can be saved.`
      : t`${formatNumber(amount)} mistakes have to be put right before this can be saved.`,
  saved: t`Saved. Open panels show it already.`,
  notSaved: (why: string) => t`It could not be saved: ${why}`,
  imported: (file: string, configuration: Configuration) =>
    t`${file} was imported: ${contents(configuration)}. Open panels show it already.`,
  undone: t`What was there before is in use again.`,
  exported: t`Exported as aud-it.config.json.`,
  refused: (file: string, amount: number) =>
    amount === 1
      ? t`${file} was not imported: 1 mistake in it. Nothing has changed.`
      : t`${file} was not imported: ${formatNumber(amount)} mistakes in it. Nothing has changed.`,
  tooLarge: t`the file is larger than any configuration`,
  unreadable: t`What was kept can’t be read, so nothing of it is in use. Saving replaces it.`,
  clients: {
    title: t`Clients`,
    about: t`The registrations of your app. A client_id among a token’s audiences speaks for an ID token, also where the app’s login was not seen.`,
    none: t`No client is declared.`,
    add: t`Add a client`,
    name: (number: number) => t`Client ${number}`,
    clientId: t`Client ID (client_id)`,
    issuer: t`Issuer`,
    issuerHint: t`To the letter as in “iss”.`,
    origins: t`Origins of its pages`,
    originsHint: t`One on each line, such as https://app.example.com.`,
  },
  resources: {
    title: t`Resources`,
    about: t`Your APIs and what they expect in “aud”. Whatever else a token names, it is not meant for them. Audiences that are no URLs can only be compared this way.`,
    none: t`No resource is declared.`,
    add: t`Add a resource`,
    name: (number: number) => t`Resource ${number}`,
    host: t`Host`,
    hostHint: t`api.example.com, *.example.com, localhost:8080 or example.com/api.`,
    audiences: t`Audiences`,
    audiencesHint: t`One on each line, to the letter as in “aud”.`,
  },
  trustedIssuers: {
    title: t`Trusted issuers`,
    about: t`The issuers whose tokens your own APIs may take. As soon as one is named, tokens of all others are reported there.`,
    label: t`Issuers`,
    hint: t`One on each line, to the letter as in “iss”; some end in a slash.`,
  },
  severities: {
    title: t`Rules`,
    about: t`How much each rule counts. What a rule itself holds milder, for want of evidence, is not raised.`,
    rule: t`Rule`,
    severity: t`Severity`,
    byDefault: BY_DEFAULT,
    off: t`Off`,
    strict: t`Strict`,
    strictHint: t`What vendors document, such as ID tokens sent to APIs by Firebase and Amazon Cognito, counts in full instead of as a notice.`,
  },
  accepted: {
    title: t`Accepted by design`,
    about: t`Uses that your team has looked at and keeps for now. They are shown as accepted, with the reason, until their last day. All that an entry names must fit.`,
    none: t`Nothing is accepted.`,
    add: t`Accept a use`,
    name: (number: number) => t`Accepted use ${number}`,
    rules: t`Rules`,
    addRule: t`Add a rule…`,
    scope: t`Only for (at least one)`,
    issuer: t`Issuer`,
    client: t`Client ID`,
    host: t`Host`,
    kind: t`Kind of token`,
    anyKind: t`Any kind`,
    reason: t`Reason`,
    until: t`Until and including (UTC)`,
    expired: t`Expired: it counts no more.`,
  },
} as const;
