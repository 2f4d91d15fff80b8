import type { CommandName } from './arguments.ts';

const STATUS = `Exit status: 0 nothing at or above the level; 1 findings; 2 the command or a file was wrong (what could be read of the
files is reported all the same).
`;

export const HELP = `aud-it: which token is this, and was it meant for this API?

  aud-it audit FILE…            audits recorded traffic: HAR files of Chrome, Firefox, Playwright, Charles, mitmproxy
  aud-it merge REPORT…          joins JSON reports, such as those of a test run's shards, in one
  aud-it compare BEFORE AFTER   tells what is new, still there and fixed
  aud-it explain [RULE]         says what a rule finds, why it matters and how to fix it; without one, lists all

  aud-it --help                 this; aud-it COMMAND --help tells a command's options
  aud-it --version              the version

Traffic is judged at the time at which it was recorded, and no connection is opened unless --online says so. Reports are
redacted: they hold no token, no query values and no names of people; the HAR itself holds all of them, so take care of it.

${STATUS}
Example: aud-it audit login.har --jwks keys.json --format html --output report.html --fail-on warning
`;

const REPORTING = `    --output, -o FILE      writes there, not to standard output; the file is complete or as it was
    --fail-on LEVEL        error (default), warning, notice or never: what counts for the exit status`;

const FORMAT = `    --format FORMAT        text, for people in a terminal
                           html, a page to hand over: a summary, the map, findings with why and fix; printable
                           markdown, for merge requests and issues
                           json, the whole report, for programs; merge, compare and --baseline read it
                           sarif (2.1.0), for code scanning; junit, for build servers; csv, for spreadsheets`;

const KEYS = `    --jwks FILE            the issuers' keys: a JWK Set, an object of issuer → JWK Set, or PEM
    --online               fetches keys from the authorization servers that the traffic shows; without it, no
                           connection is opened, and keys come from --jwks and from the traffic itself
    --config FILE          what you declare of your app: clients, resources, trusted issuers, severities, accepted uses
                           (default: aud-it.config.json in the working directory, if there is one; docs/configuration.md)`;

/** What each command's `--help` teaches. */
export const COMMAND_HELP: Readonly<Record<CommandName, string>> = {
  audit: `aud-it audit FILE…: audits recorded traffic, all files in one report

FILE is a HAR file (also gzipped, of any size), a HAR with its attachments as Playwright writes it (a folder's .har file or
a .zip), a JSON report of Aud-it's, - for standard input, or a pattern such as 'traffic/**/*.har'; in quotation marks it is
not your shell but Aud-it that expands it. Each finding says which entry of which file it is.

${FORMAT} (default: text)
${REPORTING}
${KEYS}
    --baseline FILE        reports only what is new since FILE: a JSON report, or a HAR. A finding is known where rule,
                           method, URL without parameters, and issuer, client and audience of the token are the same.

Chrome's HAR leaves out the Authorization header unless you export it "with sensitive data" (DevTools settings,
Network). Of a broken file, what could be read is reported; a line says where it breaks.

${STATUS}
Examples: aud-it audit login.har --jwks keys.json
          aud-it audit 'test-results/**/*.har' --format sarif --output aud-it.sarif
          aud-it audit today.har --baseline accepted.json --fail-on warning
`,
  merge: `aud-it merge REPORT…: joins JSON reports in one

Nothing is judged anew: what one shard learned does not count for another. To have it count, audit the shards' HAR files
together.

${FORMAT} (default: json)
${REPORTING}

${STATUS}
Example: aud-it merge 'reports/shard-*.json' --format html --output report.html
`,
  compare: `aud-it compare BEFORE AFTER: tells what is new, still there and fixed, by rule and endpoint

BEFORE and AFTER are JSON reports, or HAR files, which are audited first. What got worse counts as new.

    --format FORMAT        text (default), markdown or json
${REPORTING}; what is new counts
${KEYS}

${STATUS}
Example: aud-it compare release-1.json release-2.json --fail-on warning
`,
  explain: `aud-it explain [RULE]: says what a rule finds, why it matters and how to fix it

Without RULE, lists all rules with their severities.

Example: aud-it explain id-token-as-bearer
`,
};
