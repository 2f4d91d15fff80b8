import { t } from '../core/text.ts';

/** What a value of a HAR is to the scanner. */
export type Role = 'file' | 'log' | 'entries' | 'pages' | 'entry' | 'page' | 'creator' | 'other';

/** A container that is open. */
export interface Frame {
  readonly role: Role;
}

interface RoleFacts {
  /** For people. */
  readonly name: string;
  /** True for what the scanner goes into. */
  readonly isContainer: boolean;
  readonly open: number;
  readonly close: number;
  /** What its members are, by name; of those that are not named, nothing is read. */
  readonly members: Readonly<Record<string, Role>>;
  /** What its elements are; null for an object. */
  readonly element: Role | null;
  /** True for what is handed over. */
  readonly isRead: boolean;
}

function members(named: Readonly<Record<string, Role>>): Readonly<Record<string, Role>> {
  // A member may be called "__proto__".
  return Object.assign(Object.create(null), named);
}

const VALUE = { isContainer: false, open: 0, close: 0, members: members({}), element: null } as const;
const OBJECT = { isContainer: true, open: 0x7b, close: 0x7d, element: null, isRead: false } as const;
const ARRAY = { isContainer: true, open: 0x5b, close: 0x5d, members: members({}), isRead: false } as const;

/** The part of HAR 1.2 that the scanner knows: where entries, pages and the creator stand. */
export const ROLES: Readonly<Record<Role, RoleFacts>> = {
  file: { ...OBJECT, name: t`the file`, members: members({ log: 'log' }) },
  log: {
    ...OBJECT,
    name: '"log"',
    members: members({ entries: 'entries', pages: 'pages', creator: 'creator' }),
  },
  entries: { ...ARRAY, name: '"log.entries"', element: 'entry' },
  pages: { ...ARRAY, name: '"log.pages"', element: 'page' },
  entry: { ...VALUE, name: t`an entry`, isRead: true },
  page: { ...VALUE, name: t`a page`, isRead: true },
  creator: { ...VALUE, name: '"log.creator"', isRead: true },
  other: { ...VALUE, name: t`a value`, isRead: false },
};
