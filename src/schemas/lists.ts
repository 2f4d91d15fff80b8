import * as v from 'valibot';

/** A list that nobody changes, as the model's are. */
export const array = <T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, readonly T[]> =>
  v.array(item);

export const strings = array(v.string());
