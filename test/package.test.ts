import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, test } from 'vitest';

test('the package as it is published can be imported by everyone whom it invites to', async () => {
  const { messages } = await publint({ pkgDir: '.', strict: true });
  const described: object = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(messages.map((message) => formatMessage(message, described, { color: false }))).toEqual([]);
});

test('what a page imports can be imported where pages are rendered on a server, and does nothing there', () => {
  const program = "import { MeetingChat } from 'meeting-chat'; console.log(typeof MeetingChat);";
  expect(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })).toBe(
    'undefined\n',
  );
});
