import type { ClientLesson, Lesson } from '../model/knowledge.ts';

/** An app: one client_id, or several that share an origin. */
export interface ClientGroup {
  readonly clientIds: readonly string[];
  readonly origins: readonly string[];
}

/** More registrations than any session of a real app shows. */
const MAX_CLIENTS = 500;

/**
 * Puts together the client_ids and origins that are one app: those that share an origin.
 * @returns the group of each client_id and of each origin
 */
export function groupClients(lessons: readonly Lesson[]): {
  readonly byClientId: ReadonlyMap<string, ClientGroup>;
  readonly byOrigin: ReadonlyMap<string, ClientGroup>;
} {
  const known = lessons.filter((lesson): lesson is ClientLesson => lesson.learned === 'client');
  const groups: { clientIds: Set<string>; origins: Set<string> }[] = [];
  for (const { clientId, origins } of known.slice(0, MAX_CLIENTS)) {
    const own = groups.filter(
      (group) => group.clientIds.has(clientId) || origins.some((origin) => group.origins.has(origin)),
    );
    const merged = { clientIds: new Set([clientId]), origins: new Set(origins) };
    for (const group of own) {
      for (const id of group.clientIds) merged.clientIds.add(id);
      for (const origin of group.origins) merged.origins.add(origin);
      groups.splice(groups.indexOf(group), 1);
    }
    groups.push(merged);
  }
  const byClientId = new Map<string, ClientGroup>();
  const byOrigin = new Map<string, ClientGroup>();
  for (const group of groups) {
    const sorted = { clientIds: [...group.clientIds].sort(), origins: [...group.origins].sort() };
    for (const id of sorted.clientIds) byClientId.set(id, sorted);
    for (const origin of sorted.origins) byOrigin.set(origin, sorted);
  }
  return { byClientId, byOrigin };
}
