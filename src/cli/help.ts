export const HELP = `aud-it: which token is this, and was it meant for this API?

  aud-it audit FILE…       audits recorded traffic: HAR files of Chrome, Firefox, Playwright, Charles, mitmproxy

    --format text|json     text for people (default), json for programs
    --output, -o FILE      writes the report there, not to standard output
    --jwks FILE            the issuers' keys: a JWK Set, an object of issuer → JWK Set, or PEM
    --online               fetches keys from the authorization servers that the traffic shows; without it, no
                           connection is opened, and keys come from --jwks and from the traffic itself
    --config FILE          what you declare of your app: clients, resources, trusted issuers, severities, accepted uses
                           (default: aud-it.config.json in the working directory, if there is one; docs/configuration.md)
    --fail-on LEVEL        error (default), warning, notice or never: what counts for the exit status

  aud-it --help            this
  aud-it --version         the version

Traffic is judged at the time at which it was recorded. Chrome's HAR leaves out the Authorization header unless you
export it "with sensitive data" (DevTools settings, Network). Reports are redacted: they hold no token, no query values
and no names of people; the HAR itself holds all of them, so take care of it.

Exit status: 0 nothing at or above the level; 1 findings; 2 the command or a file was wrong (what could be read of the
files is reported all the same).

Example: aud-it audit login.har --jwks keys.json --format json --output report.json --fail-on warning
`;
