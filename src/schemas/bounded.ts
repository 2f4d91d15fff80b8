/** Values of a file or a disk, which may be anything: each with a bound. */
import * as v from 'valibot';

/** Longer texts nothing has that we wrote: they were cut before. */
const MAX_TEXT = 65_536;
/** A HAR of many gigabytes has so many requests with a token. */
const MAX_LIST = 1_000_000;

export const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
export const list = <T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, readonly T[]> =>
  v.pipe(v.array(item), v.maxLength(MAX_LIST));
export const texts = list(text);
export const optionalText = v.nullable(text);
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A moment that a Date can be (ECMA-262 §21.4.1.1), in ms since the epoch. */
export const moment = v.pipe(v.number(), v.minValue(-8.64e15), v.maxValue(8.64e15));
export const isoTime = v.pipe(
  text,
  v.check((value) => !Number.isNaN(Date.parse(value))),
);
