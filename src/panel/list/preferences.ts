/** How a person likes the list. Nothing of what they look at: no filter, no host, no request. */
import * as v from 'valibot';
import { COLUMNS, type Column, NARROWEST, WIDEST, type Widths } from './columns.ts';
import { GROUPINGS, type Grouping } from './row-groups.ts';

export interface Preferences {
  readonly hidden: readonly Column[];
  readonly widths: Widths;
  readonly grouping: Grouping;
  /** The log stays when the page navigates: a sign-in navigates. */
  readonly preserve: boolean;
}

export const DEFAULTS: Preferences = { hidden: [], widths: {}, grouping: 'none', preserve: true };

/** Where it is kept. */
export const PREFERENCES_KEY = 'panel-preferences';

const schema: v.GenericSchema<unknown, Preferences> = v.object({
  hidden: v.array(v.picklist(COLUMNS)),
  widths: v.record(v.picklist(COLUMNS), v.pipe(v.number(), v.minValue(NARROWEST), v.maxValue(WIDEST))),
  grouping: v.picklist(GROUPINGS),
  preserve: v.boolean(),
});

/** What was kept; the defaults for what another version kept, or nobody. */
export function readPreferences(kept: unknown): Preferences {
  const result = v.safeParse(schema, kept);
  return result.success ? result.output : DEFAULTS;
}
