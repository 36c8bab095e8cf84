import { readFileSync } from 'node:fs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, test } from 'vitest';

test('the package as it is published can be imported by everyone whom it invites to', async () => {
  const { messages } = await publint({ pkgDir: '.', strict: true });
  const described: object = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(messages.map((message) => formatMessage(message, described, { color: false }))).toEqual([]);
});
