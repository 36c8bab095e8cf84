import { expect, test } from 'vitest';
import { tokenOf, tokensOf } from './tokens.ts';

// Whoever changes these owes a rebuild of the stored indexes.
test.each([
  ['standup', 'whello', '26po8eycyca'],
  ['standup', 'salice', 'kxgajjm67u'],
  ['a', 'w漢字', '15hz4c6u2a6'],
  ['general', `w${'x'.repeat(40)}`, 'bsbmyabjja'],
])('the token of a term is what stored indexes hold: %s %s', (channel, term, token) => {
  expect(tokenOf(channel, term)).toBe(token);
});

test('a message has the tokens of its terms in its channel', () => {
  const message = { seq: 1, type: 'message', id: '1', key: 'k', text: 'Hello hello', sentAt: 1 } as const;
  const tokens = tokensOf('standup', { ...message, sender: { id: 'alice', name: 'Alice' } });
  expect(tokens).toBe([tokenOf('standup', 'whello'), tokenOf('standup', 'salice')].join(' '));
});
