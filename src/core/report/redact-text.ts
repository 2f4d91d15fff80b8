import { looksLikeJwt } from '../syntax/jwt-shape.ts';
import { remembering } from '../syntax/remember.ts';
import { parseUrl, webOrigin } from '../syntax/url.ts';
import { redactUrl } from './redact-url.ts';

const REDACTED = '…';
/** In a path, where the URL may be parsed again: as it stays then. */
const REDACTED_SEGMENT = '***';

/** Longer words, names and identifiers are cut: no real one is so long. */
const MAX_IDENTIFIER = 512;
const MAX_TEXT = 4096;
/** Texts and words of which is remembered what is left of them. */
const MAX_REMEMBERED = 1_024;

/** An address of a person; a robot's account at Google is written like one and names nobody. */
const E_MAIL = /[\p{L}\p{N}._+'-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[a-z]{2,}/giu;
const ROBOT = /\.gserviceaccount\.com$/i;

const UUID = /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i;

/**
 * Makes what an audit says fit to be shared. What it knows beside the words' shape: the identifiers that the report
 * lists anyway (issuers, audiences, clients, key ids), and what the tokens say of people.
 */
export class Redactor {
  readonly #listed: ReadonlySet<string>;
  readonly #people: ReadonlySet<string>;
  readonly #named: readonly RegExp[];

  /**
   * @param listed identifiers that may be shown though they look random
   * @param people names, addresses and subjects that must not appear, whatever they look like
   */
  constructor(listed: ReadonlySet<string>, people: Iterable<string>) {
    this.#listed = listed;
    // Shorter ones are in every other word, and name nobody.
    this.#people = new Set(
      [...people].filter((name) => name.length >= 3 && name.length <= MAX_IDENTIFIER && !listed.has(name)),
    );
    this.#named = wordsOf(this.#people);
  }

  /** An issuer, audience, client_id, scope, key id, or name of a parameter: as it is, but for secrets and people in it. */
  identifier(value: string): string {
    if (looksLikeJwt(value) || this.#people.has(value)) return REDACTED;
    const url = webOrigin(value) === null ? null : parseUrl(value);
    return this.#withoutPeople(url === null ? value : redactedIdentifierUrl(value, url)).slice(
      0,
      MAX_IDENTIFIER,
    );
  }

  /** As {@link identifier}, where the value may also be a random key that a hostile or careless app made up. */
  name(value: string): string {
    return looksRandom(value) && !this.#listed.has(value) ? REDACTED : this.identifier(value);
  }

  /** A URL whose query and fragment were redacted before: without what looks like an id in its path. */
  url(value: string): string {
    const match = /^([a-z][\w+.-]*:\/\/[^/?#]*)([^?#]*)(.*)$/is.exec(value);
    if (match === null) return REDACTED;
    const [, origin = '', path = '', rest = ''] = match;
    return `${origin}${this.#path(path)}${this.#withoutPeople(this.#parameters(rest))}`;
  }

  /**
   * A sentence of ours. Rules and checks put into quotation marks what a token or a request said; the rest is their
   * own words, with hosts and URLs.
   */
  readonly text: (value: string) => string = remembering((value) => this.#text(value), MAX_REMEMBERED);

  #text(value: string): string {
    const parts = value.slice(0, MAX_TEXT).split('"');
    const redacted = parts
      .map((part, index) =>
        index % 2 === 1 && index < parts.length - 1 ? this.#quoted(part) : this.#words(part),
      )
      .join('"');
    return this.#withoutPeople(redacted);
  }

  #quoted(value: string): string {
    return this.#listed.has(value) ? this.identifier(value) : this.#words(this.name(value));
  }

  #words(text: string): string {
    return text.replace(/[^\s()<>",;]+/g, (word) => {
      if (this.#listed.has(word)) return this.identifier(word);
      const end = /[.:!?]*$/.exec(word)?.[0] ?? '';
      const bare = word.slice(0, word.length - end.length);
      return this.#redactedWord(bare) + end;
    });
  }

  /** Rules and checks say the same of one exchange after the other. */
  readonly #redactedWord = remembering((word) => this.#word(word), MAX_REMEMBERED);

  #word(word: string): string {
    if (this.#listed.has(word)) return this.identifier(word);
    if (webOrigin(word) !== null) {
      const anchor = /#[a-z][a-z-]*$/i.exec(word)?.[0] ?? '';
      return this.url(redactUrl(word)) + anchor;
    }
    if (!word.includes('/')) return looksRandom(word) ? REDACTED : word;
    const [host = '', ...segments] = word.split('/');
    return [host, this.#path(segments.join('/'))].join('/').replace(/\?.*$/s, REDACTED);
  }

  /** A parameter's value that is shown may be a URL with an id in its path: a redirect_uri, a resource. */
  #parameters(rest: string): string {
    return rest.replace(/=([^&#]*)/g, (all, value: string) => {
      const text = decoded(value);
      return /^[a-z][\w+.-]*:\/\//i.test(text) ? `=${encodeURIComponent(this.url(text))}` : all;
    });
  }

  #path(path: string): string {
    return path
      .split('/')
      .map((segment) => (this.#isPrivate(segment) ? REDACTED_SEGMENT : segment))
      .join('/');
  }

  #isPrivate(segment: string): boolean {
    const text = decoded(segment);
    return (
      /^\d+$/.test(text) ||
      /^@./.test(text) ||
      text.length > 64 ||
      this.#people.has(text) ||
      text.search(E_MAIL) !== -1 ||
      looksRandom(text) ||
      this.#withoutPeople(text) !== text
    );
  }

  #withoutPeople(text: string): string {
    const unnamed = this.#named.reduce((rest, names) => rest.replace(names, REDACTED), text);
    return unnamed
      .replace(E_MAIL, (address) => (ROBOT.test(address) ? address : REDACTED))
      .replace(/…{2,}/g, REDACTED);
  }
}

/** An identifier that is a URL stays as its owner writes it, to the slash: it is compared by letter. */
function redactedIdentifierUrl(value: string, url: URL): string {
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return isPlain && !url.pathname.split('/').some(looksLikeJwt) ? value : redactUrl(value);
}

/** True for what no person would write: an id, a key, a token. */
function looksRandom(word: string): boolean {
  if (looksLikeJwt(word) || UUID.test(word) || word.length > 128) return true;
  return word.split(/[-_.~:]/).some((part) => {
    const digits = part.replace(/\D/g, '').length;
    if (/^[0-9a-f]{12,}$/i.test(part) && digits > 0) return true;
    const letters = part.replace(/[^a-z]/gi, '').length;
    const mixed = /[a-z]/.test(part) && /[A-Z]/.test(part);
    return (part.length >= 10 && digits >= 2 && letters >= 2) || (part.length >= 32 && mixed);
  });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Match any of these where it stands as a word; several, as a hostile session may name thousands. */
function wordsOf(names: ReadonlySet<string>): readonly RegExp[] {
  const choices = [...names]
    .sort((a, b) => b.length - a.length)
    .flatMap((name) => [name, encodeURIComponent(name)])
    .map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const distinct = [...new Set(choices)];
  return Array.from({ length: Math.ceil(distinct.length / 500) }, (_, chunk) => {
    const some = distinct.slice(chunk * 500, chunk * 500 + 500).join('|');
    return new RegExp(`(?<![\\p{L}\\p{N}])(?:${some})(?![\\p{L}\\p{N}])`, 'gu');
  });
}
