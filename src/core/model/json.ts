/** A JSON value (RFC 8259 §3), as read from a token, a body or a configuration. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. Own keys only: values from the network are read with `Object.hasOwn`. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}
