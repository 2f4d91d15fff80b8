import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { DocumentDriver } from '../browsers/panel-driver.ts';

/** @returns what axe finds wrong in a document (WCAG 2.2 A and AA, and its best practices), a line each */
export async function axeFindings(document: DocumentDriver): Promise<readonly string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await document.evaluate(`(() => { ${source}; return true; })()`);
  return document.evaluate<readonly string[]>(
    `window.axe.run(document).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary.slice(0, 200))))`,
  );
}
