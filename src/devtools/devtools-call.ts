/**
 * Calls a method of the DevTools API: in Chromium it takes a callback also where the namespace is called `browser`, in
 * Firefox and behind the polyfill it gives a promise (of an array, where there are several answers).
 * @returns the answers; none where it fails or isn't there. Never rejects.
 */
export function answerOf(
  target: object,
  method: string,
  ...parameters: readonly unknown[]
): Promise<readonly unknown[]> {
  const call: unknown = Reflect.get(target, method);
  if (typeof call !== 'function') return Promise.resolve([]);
  return new Promise((resolve) => {
    const run = (callback: readonly unknown[]): void => {
      const promised: unknown = Reflect.apply(call, target, [...parameters, ...callback]);
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
