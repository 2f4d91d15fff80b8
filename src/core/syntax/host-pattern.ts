import { parse } from 'tldts';
import type { HostPattern } from '../model/configuration.ts';
import { t } from '../text.ts';
import { parseUrl } from './url.ts';

const MAX_LENGTH = 512;

/** What a pattern may look like, for people. */
export const HOST_PATTERN = t`a host such as api.example.com, *.example.com, localhost:8080 or example.com/api`;

/**
 * Reads a host pattern: a host, or `*.` and a domain for all hosts below it (at any depth, without the domain itself);
 * then `:port` or `:*` (without: the scheme's default port); then a path for all that is at it or below it.
 * @returns the pattern, or why it is none: what was expected, in words that fit behind "expected"
 */
export function readHostPattern(text: string): HostPattern | { readonly expected: string } {
  if (text.length > MAX_LENGTH) return { expected: t`at most ${MAX_LENGTH} characters` };
  if (text.includes('://')) return { expected: t`${HOST_PATTERN}, without a scheme` };
  if (/[?#]/.test(text)) return { expected: t`${HOST_PATTERN}, without a query or a fragment` };
  const match =
    /^(?<wild>\*\.)?(?<name>\[[0-9a-f:.]+\]|[^\s:/@\\*[\]]+)(?::(?<port>\d{1,5}|\*))?(?<path>\/[^\s\\*]*)?$/iu.exec(
      text,
    );
  const { wild, name = '', port, path = '' } = match?.groups ?? {};
  const url = match === null ? null : parseUrl(`https://${name}${path}`);
  if (url === null || url.port !== '' || (port !== undefined && port !== '*' && !isPort(port)))
    return { expected: HOST_PATTERN };
  const isWildcard = wild !== undefined;
  if (isWildcard && (/^\[|^[\d.]+$/.test(url.hostname) || isPublicSuffix(url.hostname)))
    return { expected: t`a domain of one party behind "*.", such as *.example.com` };
  return {
    text,
    hostname: url.hostname,
    isWildcard,
    port: port === undefined ? null : port === '*' ? port : String(Number(port)),
    path: withoutSlashes(url.pathname),
  };
}

/** @param url an absolute URL, http(s) or ws(s) */
export function isMatch(pattern: HostPattern, url: URL): boolean {
  const isHost = pattern.isWildcard
    ? url.hostname.endsWith(`.${pattern.hostname}`)
    : url.hostname === pattern.hostname;
  return isHost && isPortOf(pattern, url) && isBelow(pattern.path, url.pathname);
}

/** Orders patterns: those that say more of a host and a path come first, and are the ones that count. */
export function mostSpecificFirst(a: HostPattern, b: HostPattern): number {
  return (
    Number(a.isWildcard) - Number(b.isWildcard) ||
    b.hostname.length - a.hostname.length ||
    b.path.length - a.path.length ||
    Number(a.port === '*') - Number(b.port === '*')
  );
}

/** Names what a pattern matches: two patterns with one name are the same. */
export function patternKey({ isWildcard, hostname, port, path }: HostPattern): string {
  return `${isWildcard ? '*.' : ''}${hostname}:${port ?? ''}${path}`;
}

function isPortOf({ port }: HostPattern, url: URL): boolean {
  if (port === '*') return true;
  if (port === null) return url.port === '';
  return port === (url.port === '' ? (/^(?:https|wss):$/.test(url.protocol) ? '443' : '80') : url.port);
}

function isBelow(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

/** Not by a regular expression: on many slashes that are not at the end it would take its time. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}

function isPort(text: string): boolean {
  return Number(text) > 0 && Number(text) <= 65_535;
}

/** `com`, `co.uk`: everybody's. Names that no registry knows (`test`, `internal`) are a network's own. */
function isPublicSuffix(hostname: string): boolean {
  const { isIcann, publicSuffix } = parse(`a.${hostname}`);
  return isIcann === true && publicSuffix === hostname;
}
