import { DEFAULT_PORT, DEFAULT_SECONDS } from './options.ts';

/** What `npm start -- --help` says. */
export const HELP = `Opens a browser with Aud-it in it, and an app to try it on.

  npm start                                     the lab's app in Chromium or Chrome
  npm start -- --browser firefox                … in Firefox
  npm start -- --url https://my.app --no-lab    your own app
  npm start -- --headless                       no window: walks through the lab, prints what was found

The lab is an OpenID provider, an app that signs in with it, two APIs and a third party, all on this machine. The app
has a button for each habit, good or bad, that an app can have with its tokens. The browser starts with a fresh
profile, which is deleted when it ends; your own is not touched.

Options
  --browser NAME   chromium (chrome is the same) or firefox. Default: chromium
  --url ADDRESS    open this http or https address instead of the lab's app; the lab still runs
  --no-lab         start no lab; takes --url
  --port N         the lab's port; 0 takes a free one. Default: ${DEFAULT_PORT}, or a free one if that is taken
  --headless       open no window, print a table of the findings, save a picture of the panel and end.
                   So it is anyway on a Linux without DISPLAY and WAYLAND_DISPLAY
  --seconds N      how long to watch --url with --headless. Default: ${DEFAULT_SECONDS}
  -h, --help       this

The browser is the one that CHROME_PATH or FIREFOX_PATH names, else one that is installed, else Debian's package,
where it may be installed.

Exit codes
  0  done: the browser was closed, Ctrl-C was pressed, or the walk found just what was expected
  1  the walk found something else than expected, or something failed
  2  the command line is wrong, or there is no browser
`;
