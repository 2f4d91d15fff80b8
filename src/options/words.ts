/** Every word of the options page. What is wrong with a field is said by the configuration itself. */
import type { Configuration } from '../core/model/configuration.ts';

function count(amount: number, one: string, many: string): string {
  return `${new Intl.NumberFormat().format(amount)} ${amount === 1 ? one : many}`;
}

/** "1 client, 2 resources and 3 accepted uses". */
function contents({
  clients,
  resources,
  trustedIssuers,
  severities,
  acceptedByDesign,
}: Configuration): string {
  const parts = [
    [clients.length, 'client', 'clients'],
    [resources.length, 'resource', 'resources'],
    [trustedIssuers.length, 'trusted issuer', 'trusted issuers'],
    [Object.keys(severities).length, 'severity', 'severities'],
    [acceptedByDesign.length, 'accepted use', 'accepted uses'],
  ] as const;
  const told = parts.filter(([amount]) => amount > 0).map(([amount, one, many]) => count(amount, one, many));
  return told.length === 0 ? 'nothing' : new Intl.ListFormat('en').format(told);
}

export const OPTIONS = {
  title: 'Aud-it options',
  intro:
    'Aud-it judges by what the traffic shows. Here you tell it what no traffic shows. All of it is optional and applies at once to what was already seen, too.',
  kept: 'Kept in this browser’s profile only. It holds no secret: names of clients, hosts and issuers. Export it to use it in other browsers and with the command line (aud-it.config.json).',
  parts: 'Parts of the options',
  import: 'Import…',
  export: 'Export',
  save: 'Save',
  discard: 'Discard',
  undo: 'Undo',
  dismiss: 'Dismiss',
  remove: 'Remove',
  unsaved: 'There are changes that are not saved.',
  mistakes: (amount: number) =>
    `${count(amount, 'mistake has', 'mistakes have')} to be put right before this can be saved.`,
  saved: 'Saved. Open panels show it already.',
  notSaved: (why: string) => `It could not be saved: ${why}`,
  imported: (file: string, configuration: Configuration) =>
    `${file} was imported: ${contents(configuration)}. Open panels show it already.`,
  undone: 'What was there before is in use again.',
  exported: 'Exported as aud-it.config.json.',
  refused: (file: string, amount: number) =>
    `${file} was not imported: ${count(amount, 'mistake', 'mistakes')} in it. Nothing has changed.`,
  tooLarge: 'the file is larger than any configuration',
  unreadable: 'What was kept can’t be read, so nothing of it is in use. Saving replaces it.',
  clients: {
    title: 'Clients',
    about:
      'The registrations of your app. A client_id among a token’s audiences speaks for an ID token, also where the app’s login was not seen.',
    none: 'No client is declared.',
    add: 'Add a client',
    name: (number: number) => `Client ${number}`,
    clientId: 'Client ID (client_id)',
    issuer: 'Issuer',
    issuerHint: 'To the letter as in “iss”.',
    origins: 'Origins of its pages',
    originsHint: 'One on each line, such as https://app.example.com.',
  },
  resources: {
    title: 'Resources',
    about:
      'Your APIs and what they expect in “aud”. Whatever else a token names, it is not meant for them. Audiences that are no URLs can only be compared this way.',
    none: 'No resource is declared.',
    add: 'Add a resource',
    name: (number: number) => `Resource ${number}`,
    host: 'Host',
    hostHint: 'api.example.com, *.example.com, localhost:8080 or example.com/api.',
    audiences: 'Audiences',
    audiencesHint: 'One on each line, to the letter as in “aud”.',
  },
  trustedIssuers: {
    title: 'Trusted issuers',
    about:
      'The issuers whose tokens your own APIs may take. As soon as one is named, tokens of all others are reported there.',
    label: 'Issuers',
    hint: 'One on each line, to the letter as in “iss”; some end in a slash.',
  },
  severities: {
    title: 'Rules',
    about: 'How much each rule counts. What a rule itself holds milder, for want of evidence, is not raised.',
    rule: 'Rule',
    severity: 'Severity',
    byDefault: (severity: string) => `Default (${severity.toLowerCase()})`,
    off: 'Off',
    strict: 'Strict',
    strictHint:
      'What vendors document, such as ID tokens sent to APIs by Firebase and Amazon Cognito, counts in full instead of as a notice.',
  },
  accepted: {
    title: 'Accepted by design',
    about:
      'Uses that your team has looked at and keeps for now. They are shown as accepted, with the reason, until their last day. All that an entry names must fit.',
    none: 'Nothing is accepted.',
    add: 'Accept a use',
    name: (number: number) => `Accepted use ${number}`,
    rules: 'Rules',
    addRule: 'Add a rule…',
    removeRule: (rule: string) => `Remove ${rule}`,
    scope: 'Only for (at least one)',
    issuer: 'Issuer',
    client: 'Client ID',
    host: 'Host',
    kind: 'Kind of token',
    anyKind: 'Any kind',
    reason: 'Reason',
    until: 'Until and including (UTC)',
    expired: 'Expired: it counts no more.',
  },
} as const;
