// Frame scripts: each of these functions is sent, as text, into the process of one document and runs there with Firefox's rights.
// `global` is the frame script's own scope, `global.content` the document's window.
({
  /** Evaluates source that yields a promise of a string, as the document's own console would: its CSP does not matter. */
  async evaluate({ content }, source) {
    const { addDebuggerToGlobal } = ChromeUtils.importESModule('resource://gre/modules/jsdebugger.sys.mjs');
    const sandbox = Cu.Sandbox(Services.scriptSecurityManager.getSystemPrincipal(), {
      freshCompartment: true,
    });
    addDebuggerToGlobal(sandbox);
    const document = new sandbox.Debugger().makeGlobalObjectReference(content);
    const completion = document.executeInGlobal(source);
    if (completion?.throw) throw new Error(completion.throw.unsafeDereference?.() ?? completion.throw);
    const { promise, resolve, reject } = Promise.withResolvers();
    const gone = ({ target }) => target === content.document && reject(new Error('The document has gone'));
    content.addEventListener('pagehide', gone, { once: true });
    completion.return.unsafeDereference().then(resolve, reject);
    return promise;
  },

  /** Presses the mouse's main button on the element. Whether there was an element. */
  async click({ content }, selector) {
    const element = content.document.querySelector(selector);
    element?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    const box = element?.getClientRects()[0];
    if (!box) return false;
    const input = { window: content, parent: content, _EU_Ci: Ci, _EU_Cc: Cc };
    Services.scriptloader.loadSubScript('chrome://remote/content/external/EventUtils.js', input);
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    input.synthesizeMouseAtPoint(x, y, { type: 'mousemove' }, content);
    input.synthesizeMouseAtPoint(x, y, {}, content);
    return true;
  },

  /** Presses keys one after the other: characters, or names like `ArrowDown`. */
  async press({ content }, keys) {
    const input = { window: content, parent: content, _EU_Ci: Ci, _EU_Cc: Cc };
    Services.scriptloader.loadSubScript('chrome://remote/content/external/EventUtils.js', input);
    for (const key of keys) {
      if ([...key].length === 1) input.sendString(key, content);
      else input.synthesizeKey(`KEY_${key}`, {}, content);
    }
  },
});
