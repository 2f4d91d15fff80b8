import browser from 'webextension-polyfill';

/** @returns all that the network log has, from before we were there too (Chromium; Firefox from when its monitor runs) */
export async function networkLog(): Promise<readonly object[]> {
  const [log] = await answerOf(browser.devtools.network, 'getHAR');
  if (typeof log !== 'object' || log === null) return [];
  const entries: unknown = Reflect.get(log, 'entries');
  return Array.isArray(entries) ? entries.filter((entry) => typeof entry === 'object' && entry !== null) : [];
}

/**
 * Reads the body of an entry's response.
 * @returns null where the browser has it no more
 */
export async function responseContent(request: object): Promise<string | null> {
  const [content, encoding] = await answerOf(request, 'getContent');
  return decoded(content, encoding);
}

/**
 * Calls a method of the DevTools API: in Chromium it takes a callback also where the namespace is called `browser`, in
 * Firefox and behind the polyfill it gives a promise (of an array, where there are several answers).
 * @returns the answers; none where it fails or isn't there. Never rejects.
 */
function answerOf(target: object, method: string): Promise<readonly unknown[]> {
  const call: unknown = Reflect.get(target, method);
  if (typeof call !== 'function') return Promise.resolve([]);
  return new Promise((resolve) => {
    const run = (parameters: readonly unknown[]): void => {
      const promised: unknown = Reflect.apply(call, target, parameters);
      if (promised === undefined) return;
      Promise.resolve(promised).then(
        (answer) => resolve(Array.isArray(answer) ? answer : [answer]),
        () => resolve([]),
      );
    };
    try {
      run([(...answers: readonly unknown[]) => resolve(answers)]);
    } catch {
      // The polyfill refuses a callback.
      try {
        run([]);
      } catch {
        resolve([]);
      }
    }
  });
}

function decoded(content: unknown, encoding: unknown): string | null {
  if (typeof content !== 'string') return null;
  if (encoding !== 'base64') return content;
  try {
    const octets = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(octets);
  } catch {
    return null;
  }
}
