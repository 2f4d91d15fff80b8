// Runs in Firefox's browser window (browser.xhtml) with the rights of Firefox itself. firefox-parent.ts sends this file's text and
// calls one of the functions by name; what goes in and comes out is JSON. Nothing is kept here between two calls.
(() => {
  const devtools = () =>
    ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs').require(
      'devtools/client/framework/devtools',
    ).gDevTools;

  const MARK = 'aud-it-tab';

  function findTab(mark) {
    const tab = gBrowser.tabs.find((candidate) => candidate.getAttribute(MARK) === mark);
    if (!tab) throw new Error('The tab is closed');
    return tab;
  }

  function findExtension(id) {
    const extension = WebExtensionPolicy.getByID(id)?.extension;
    if (!extension) throw new Error(`The extension ${id} is not installed`);
    return extension;
  }

  function findTool(mark, title) {
    const toolbox = devtools().getToolboxForTab(findTab(mark));
    if (!toolbox) throw new Error('DevTools are not open (any more)');
    const tool = [...toolbox.additionalToolDefinitions.values()].find(({ label }) => label === title);
    return { toolbox, tool };
  }

  /** The `<browser>` that shows a document: `{ tab }`, `{ tab, panel: title }` or `{ backgroundOf: extension id }`. */
  function findBrowser({ tab, panel, backgroundOf }) {
    if (backgroundOf) {
      const view = [...findExtension(backgroundOf).views].find(({ viewType }) => viewType === 'background');
      if (!view) throw new Error("The extension's background does not run");
      return view.xulBrowser;
    }
    if (!panel) return findTab(tab).linkedBrowser;
    const { toolbox, tool } = findTool(tab, panel);
    const frame = tool && toolbox.doc.getElementById(`toolbox-panel-iframe-${tool.id}`);
    const browser = frame?.contentDocument.getElementById('webext-panels-browser');
    if (!browser) throw new Error('The panel is not open (any more)');
    return browser;
  }

  /** Brings the document's tab and window to the front and gives it the keyboard. */
  function focus(where) {
    gBrowser.selectedTab = findTab(where.tab);
    const browser = findBrowser(where);
    browser.ownerDocument.defaultView.browsingContext.topChromeWindow.focus();
    browser.focus();
  }

  return {
    markSelectedTab: (mark) => gBrowser.selectedTab.setAttribute(MARK, mark),

    url: (where) => findBrowser(where).currentURI.spec,

    focus,

    /** Runs a frame script (a function's source) in the document's process and resolves with what it resolves with. */
    inDocument(where, script, args) {
      const browser = findBrowser(where);
      const messages = browser.messageManager;
      const name = `aud-it:${Services.uuid.generateUUID()}`;
      const { promise, resolve } = Promise.withResolvers();
      const gone = () => resolve({ error: 'The document has moved to another process' });
      messages.addMessageListener(name, ({ data }) => resolve(data));
      browser.addEventListener('XULFrameLoaderCreated', gone, { once: true });
      messages.loadFrameScript(
        `data:application/javascript;charset=utf-8,${encodeURIComponent(
          `(${script}).call(this, this, ...${JSON.stringify(args)})
            .then((value) => ({ value }), (error) => ({ error: String(error) }))
            .then((answer) => sendAsyncMessage(${JSON.stringify(name)}, answer))`,
        )}`,
        false,
      );
      return promise.then(({ value, error }) => {
        browser.removeEventListener('XULFrameLoaderCreated', gone);
        if (error !== undefined) throw new Error(error);
        return value;
      });
    },

    /** A picture of what is visible of the document: a `data:` URL of a PNG. */
    async picture(where) {
      const { browsingContext } = findBrowser(where);
      const bitmap = await browsingContext.currentWindowGlobal.drawSnapshot(null, 1, 'white');
      const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext('2d').drawImage(bitmap, 0, 0);
      bitmap.close();
      return canvas.toDataURL('image/png');
    },

    async openToolbox(mark, size) {
      const tab = findTab(mark);
      gBrowser.selectedTab = tab;
      const fresh = !devtools().getToolboxForTab(tab);
      const toolbox = await devtools().showToolboxForTab(tab, {});
      if (fresh && toolbox.hostType === 'window') toolbox.topWindow.resizeTo(size.width, size.height);
    },

    closeToolbox: (mark) => devtools().closeToolboxForTab(findTab(mark)),

    /** Whether the panel existed and is selected now. */
    async selectPanel(mark, title) {
      const { toolbox, tool } = findTool(mark, title);
      if (tool) await toolbox.selectTool(tool.id);
      return tool !== undefined;
    },

    /** Makes this the language of extensions, as if its language pack were there: Firefox's own words stay English. */
    speak(language) {
      Services.locale.availableLocales = [language, 'en-US'];
      Services.locale.requestedLocales = [language];
    },

    setPref: (name, value) => Services.prefs.setStringPref(name, value),

    /** Gives the document's `<browser>` a size of its own, whatever the size of the window around it. */
    resize(where, { width, height }) {
      Object.assign(findBrowser(where).style, {
        flex: 'none',
        width: `${width}px`,
        height: `${height}px`,
      });
    },

    badgeText(extensionId, mark) {
      const { global } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
        .ExtensionParent.apiManager;
      return global.browserActionFor(findExtension(extensionId)).action.getContextData(findTab(mark))
        .badgeText;
    },

    extensionUrl: (extensionId, path) => WebExtensionPolicy.getByID(extensionId).getURL(path),

    backgroundState: (extensionId) => findExtension(extensionId).backgroundState,

    /** Whether the background that ran is gone; whoever still needs it may have started another one by then. */
    async terminateBackground(extensionId) {
      const extension = findExtension(extensionId);
      if (extension.backgroundState === 'stopped') return true;
      const { backgroundContext } = extension;
      await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
      // There is none yet while the background starts.
      return Boolean(backgroundContext) && extension.backgroundContext !== backgroundContext;
    },
  };
})();
