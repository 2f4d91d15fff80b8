import { afterEach, expect, it, vi } from 'vitest';
import { messagesOf, translating } from '../../fixtures/catalogue.ts';

afterEach(() => vi.resetModules());

/** What is wrong with a configuration, as a program that speaks German says it. */
async function problemsOf(configuration: object): Promise<readonly string[]> {
  vi.resetModules();
  const { speak } = await import('../../../src/core/text.ts');
  speak(translating(messagesOf('de')), { tag: 'de', direction: 'ltr' });
  const { checkConfiguration, problemLine } = await import(
    '../../../src/core/configure/read-configuration.ts'
  );
  const reading = checkConfiguration(configuration);
  return 'problems' in reading ? reading.problems.map(problemLine) : [];
}

it('names the place and what was expected in German, and suggests the words that programs read', async () => {
  expect(
    await problemsOf({
      severities: { 'token-in-url': 'warnign', 'token-in-ulr': 'off' },
      trustedIssuers: ['https://login.example', 'https://login.example'],
      clients: [{ clientId: 'shop' }],
      acceptedByDesign: [{ rules: ['token-in-ulr'], host: 'a.example', reason: 'Weil', until: '2027-02-30' }],
    }),
  ).toMatchInlineSnapshot(`
    [
      "clients[0].issuer: ist erforderlich und fehlt",
      "trustedIssuers[1]: erwartet: jeder Eintrag nur einmal, aber dieser wiederholt [0], gefunden: "https://login.example"",
      "severities.token-in-url: erwartet: "error", "warning", "notice" oder "off", gefunden: "warnign" (war "warning" gemeint?)",
      "severities.token-in-ulr: unbekannte Regel "token-in-ulr": Die Dokumentation führt alle Regeln auf",
      "acceptedByDesign[0].rules[0]: erwartet: die ID einer Regel, gefunden: "token-in-ulr" (war "token-in-url" gemeint?)",
      "acceptedByDesign[0].until: erwartet: ein Tag, den es im Kalender gibt, gefunden: "2027-02-30"",
    ]
  `);
});
