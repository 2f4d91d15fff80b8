import { describe, expect, it } from 'vitest';
import { Redactor } from '../../../src/core/report/redact-text.ts';

describe('what names a person', () => {
  it.each([
    '02223b6b-aa1d-42d4-9ec0-1b2bb9194438',
    'Abe (MSFT)',
    'a.b*c+d?',
    'x|y',
    'Jean-Luc',
    '[admin]\\{1}/^$',
  ])('is left out whatever characters it has: %s', (name) => {
    const redactor = new Redactor(new Set(), [name]);
    expect(redactor.text(`It tells of "${name}", and of nobody else.`)).toBe(
      'It tells of "…", and of nobody else.',
    );
    expect(redactor.identifier(name)).toBe('…');
  });
});
