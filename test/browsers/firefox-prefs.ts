export type FirefoxPrefs = Readonly<Record<string, string | number | boolean>>;

/** Preferences of a Firefox that starts without questions and talks to nobody but the pages that it is sent to. */
export const QUIET_PREFS: FirefoxPrefs = {
  // No pages, questions or tips that nobody asked for.
  'browser.aboutwelcome.enabled': false,
  'browser.messaging-system.whatsNewPanel.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.rights.3.shown': true,
  'browser.sessionstore.resume_from_crash': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage': 'about:blank',
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'browser.tabs.warnOnClose': false,
  'browser.termsofuse.bypassNotification': true,
  'browser.translations.enable': false,
  'browser.uitour.enabled': false,
  'browser.warnOnQuit': false,
  'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
  'devtools.selfxss.count': 100,
  'devtools.toolbox.splitconsole.open': false,
  'toolkit.startup.max_resumed_crashes': -1,
  'trailhead.firstrun.didSeeAboutWelcome': true,

  // No updates, telemetry, experiments, block lists, connectivity probes or guesses.
  'app.normandy.enabled': false,
  'app.shield.optoutstudies.enabled': false,
  'app.update.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.discovery.enabled': false,
  'browser.newtabpage.activity-stream.feeds.topsites': false,
  'browser.newtabpage.activity-stream.telemetry': false,
  'browser.ping-centre.telemetry': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.blockedURIs.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'browser.search.update': false,
  'browser.topsites.contile.enabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.usage.uploadEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.blocklist.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'geo.provider.network.url': '',
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.http.speculative-parallel-limit': 0,
  'network.prefetch-next': false,
  'network.trr.mode': 5,
  'nimbus.rollouts.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'signon.management.page.breach-alerts.enabled': false,
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
  'toolkit.telemetry.unified': false,

  // http stays http: the lab has no certificates.
  'dom.security.https_first': false,
  'dom.security.https_only_mode': false,

  // A page that is not in front keeps its timers, as in the other browser.
  'dom.min_background_timeout_value': 4,
  'dom.timeout.enable_budget_timer_throttling': false,
  'widget.windows.window_occlusion_tracking.enabled': false,
};

/** Preferences where nobody sits in front of the screen. */
export const HEADLESS_PREFS: FirefoxPrefs = {
  // DevTools open with their lightest tool: the inspector would only be left for the panel.
  'devtools.toolbox.selectedTool': 'options',
  // The theme must not depend on the desktop: 1 is light.
  'devtools.theme': 'light',
  'layout.css.prefers-color-scheme.content-override': 1,
  // Nobody can answer the question that permissions.request asks.
  'extensions.webextOptionalPermissionPrompts': false,
  'ui.prefersReducedMotion': 1,
};

/** A temporary add-on goes with its data when the browser ends; one that a person installed does not. */
export const LASTING_PREFS: FirefoxPrefs = {
  'extensions.webextensions.keepStorageOnUninstall': true,
  'extensions.webextensions.keepUuidOnUninstall': true,
};

/** Saves to a folder, without a question or a window that says so. */
export function savingTo(folder: string): FirefoxPrefs {
  return {
    'browser.download.dir': folder,
    'browser.download.folderList': 2,
    'browser.download.useDownloadDir': true,
    'browser.download.alwaysOpenPanel': false,
  };
}

/** Preferences that send all https to a proxy on a port of 127.0.0.1: Firefox can't be told where a host's port is. */
export function securePrefs(port: number): FirefoxPrefs {
  return {
    'network.proxy.type': 1,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': port,
    // A page of such a host may post to one of the lab's, which has no certificate: nobody could answer the question.
    'security.warn_submit_secure_to_insecure': false,
  };
}

/** The text of a profile's user.js. */
export function userJs(prefs: FirefoxPrefs): string {
  return Object.entries(prefs)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}
