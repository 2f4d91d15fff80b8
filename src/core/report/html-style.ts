/** The style of the page: light and dark, on a screen and on paper. No font, picture or other thing from outside. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c1e21; --quiet: #57606a; --paper: #fff; --card: #f6f8fa; --line: #d0d7de;
  --error: #b42318; --warning: #8a5300; --notice: #0b5cad; --good: #1a6e35; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --quiet: #a0a8b2; --paper: #16181b; --card: #212429;
  --line: #3c4148; --error: #ff8a7a; --warning: #e8b04a; --notice: #7fb8ff; --good: #6fce8b; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 72rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 0; }
p { margin: .5rem 0; }
a { color: var(--notice); }
code { font: 13px/1.45 ui-monospace, monospace; direction: ltr; unicode-bidi: isolate; overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: .75rem; background: var(--card); border-radius: 6px; white-space: pre-wrap; }
.quiet { color: var(--quiet); }
.verdict { font-size: 1.2rem; margin: 1rem 0; }
.cards { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; margin: 1rem 0; list-style: none; }
.cards li { flex: 1 1 8rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
.cards b { display: block; font-size: 1.7rem; line-height: 1.2; }
.error { color: var(--error); } .warning { color: var(--warning); } .notice { color: var(--notice); }
.good { color: var(--good); }
section.rule { margin: 1rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-inline-start: 5px solid;
  border-radius: 8px; }
section.rule > * { color: var(--ink); }
section.rule > .badge { color: inherit; font-weight: 700; letter-spacing: .04em; text-transform: uppercase; font-size: .8rem; }
section.rule .quiet { color: var(--quiet); }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin: .75rem 0; font-size: 14px; }
caption { text-align: start; color: var(--quiet); padding-bottom: .25rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; }
td ul { margin: .25rem 0 0; padding-inline-start: 1.1rem; }
svg.map { direction: ltr; width: 100%; height: auto; min-width: 38rem; max-width: 60rem; }
svg.map text { font: 13px system-ui, sans-serif; fill: var(--ink); }
svg.map .label { font-size: 11px; fill: var(--quiet);
  paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
svg.map rect { fill: var(--card); stroke: var(--line); }
svg.map path { fill: none; stroke: var(--good); stroke-width: 2; }
svg.map path.error { stroke: var(--error); stroke-width: 3; } svg.map path.warning { stroke: var(--warning); }
svg.map path.notice { stroke: var(--notice); } svg.map path.cantTell { stroke: var(--quiet); stroke-dasharray: 5 4; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: 13px; }
@media (forced-colors: active) { svg.map { --ink: CanvasText; --quiet: CanvasText; --paper: Canvas; --card: Canvas;
  --line: CanvasText; --error: CanvasText; --warning: CanvasText; --notice: CanvasText; --good: CanvasText; } }
@media print { :root { --ink: #000; --quiet: #444; --paper: #fff; --card: #fff; --line: #999; --error: #8f1a11;
  --warning: #6b4100; --notice: #084a8c; --good: #14562a; }
  body { max-width: none; padding: 0; font-size: 11pt; } svg.map { min-width: 0; } .wide { overflow: visible; }
  h2, h3, .badge, thead { break-after: avoid; } tr, .cards li { break-inside: avoid; }
  a[href]::after { content: " <" attr(href) ">"; color: var(--quiet); font-size: .85em; overflow-wrap: anywhere; } }
`;
