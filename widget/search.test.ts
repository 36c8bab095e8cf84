/// <reference types="mocha" />
import { expect } from 'chai';
import { FakeServer } from './testing/fake-server.ts';
import { hideAll, part, partOf, parts, press, show, type TestChat } from './testing/test-chat.ts';
import { eventually } from './testing/until.ts';

describe('the search', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    for (let i = 1; i <= 120; i += 1)
      server.channel('standup').say('bob', i % 50 === 3 ? `the plan, ${i}` : `message ${i}`);
  });
  afterEach(hideAll);

  async function find(words: string): Promise<TestChat> {
    const chat = show(server, 'alice');
    await partOf(chat, 'message');
    part(chat, 'open-search').click();
    const field = await partOf(chat, 'search-input');
    await eventually(() => chat.shadowRoot?.activeElement === field);
    if (!(field instanceof HTMLInputElement)) throw new Error('no field');
    field.value = words;
    field.closest('form')?.requestSubmit();
    await eventually(() => part(chat, 'search-count').textContent !== '');
    return chat;
  }

  it('finds messages of the whole channel, newest first, and leads to their places', async () => {
    const alice = await find('plan');
    expect(part(alice, 'search-count').textContent).to.equal('3 messages');
    expect(parts(alice, 'search-result').map(({ dataset }) => dataset.seq)).to.deep.equal(['103', '53', '3']);
    parts(alice, 'search-result')[2]?.click();
    await eventually(() => alice.shadowRoot?.activeElement?.getAttribute('data-seq') === '3');
    expect(parts(alice, 'search').length).to.equal(0);
  });

  it('opens with what was found last, and with other words in place of the last ones', async () => {
    const alice = await find('plan');
    parts(alice, 'search-result')[1]?.click();
    await eventually(() => alice.shadowRoot?.activeElement?.getAttribute('data-seq') === '53');
    part(alice, 'open-search').click();
    const field = await partOf(alice, 'search-input');
    await eventually(() => alice.shadowRoot?.activeElement === field);
    expect(parts(alice, 'search-result').map(({ dataset }) => dataset.seq)).to.deep.equal(['103', '53', '3']);
    expect(
      field instanceof HTMLInputElement && field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0),
    ).to.equal('plan');
  });

  it('shows more where there is more, and goes on with the first of them', async () => {
    const alice = await find('message');
    expect(part(alice, 'search-count').textContent).to.equal('50+ messages');
    const last = parts(alice, 'search-result').at(-1)?.dataset.seq;
    server.fate = ({ name }) => (name === 'search' ? { code: 'unavailable', message: 'no' } : 'ok');
    part(alice, 'search-more').click();
    await eventually(() => part(alice, 'search-count').textContent?.includes('did not reach') === true);
    expect(parts(alice, 'search-result').length).to.equal(50);
    server.fate = () => 'ok';
    part(alice, 'search-more').click();
    await eventually(() => part(alice, 'search-count').textContent === '117 messages');
    expect(parts(alice, 'search-more').length).to.equal(0);
    expect(Number(alice.shadowRoot?.activeElement?.getAttribute('data-seq'))).to.be.below(Number(last));
    expect(alice.shadowRoot?.activeElement).to.equal(parts(alice, 'search-result')[50]);
  });

  it('marks in each message what was searched for, also far behind its beginning', async () => {
    server.channel('standup').say('bob', `${'word '.repeat(500)}and the Überraschung, again`);
    const alice = await find('uberraschung');
    const mark = part(alice, 'search-result').querySelector('mark');
    expect(mark?.textContent).to.equal('Überraschung');
    const [hit, sheet] = [mark?.getBoundingClientRect(), part(alice, 'search').getBoundingClientRect()];
    const text = part(alice, 'search-result').querySelector('.result-text')?.getBoundingClientRect();
    expect(hit && text && hit.bottom <= text.bottom && hit.right <= sheet.right).to.equal(true);
  });

  it('says that there is nothing, and that the server was not reached', async () => {
    const alice = await find('nowhere');
    expect(part(alice, 'search-count').textContent).to.equal('Nothing found');
    server.fate = ({ name }) => (name === 'search' ? { code: 'unavailable', message: 'no' } : 'ok');
    part(alice, 'search-input').closest('form')?.requestSubmit();
    await eventually(() => part(alice, 'search-count').textContent?.includes('did not reach') === true);
  });

  it('a name without spaces that is wider than the sheet takes neither time nor text out of sight', async () => {
    const { members } = server.channel('standup');
    const sender = { id: 'eve', name: `${'firstname.lastname.'.repeat(4)}@example.com` };
    members.eve = { name: sender.name, role: 'participant', state: 'online' };
    server.channel('standup').say('eve', 'wide', undefined, { sender });
    const alice = await find('wide');
    const { left, right } = part(alice, 'search').getBoundingClientRect();
    for (const shown of part(alice, 'search-result').querySelectorAll('bdi, time, .result-text')) {
      const box = shown.getBoundingClientRect();
      expect([box.left >= left, box.right <= right]).to.deep.equal([true, true]);
    }
  });

  it('Escape closes it and gives the focus back', async () => {
    const alice = await find('plan');
    press(part(alice, 'search-input'), 'Escape');
    await eventually(() => alice.shadowRoot?.activeElement === part(alice, 'open-search'));
  });
});
