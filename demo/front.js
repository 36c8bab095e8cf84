import { visitor } from './visitor.js';

const { name, meeting, companion } = visitor();
const form = document.querySelector('form');
form.elements.name.value = name;
form.elements.meeting.value = meeting;

for (const [role, who] of [
  ['organizer', name],
  ['participant', companion],
]) {
  const page = `demo/${role}.html?${new URLSearchParams({ name: who, meeting })}`;
  find(`[data-show=${role}]`).textContent = who;
  find(`[data-open=${role}]`).href = page;
  find(`[data-frame=${role}]`).src = page;
}

for (const place of document.querySelectorAll('[data-server]')) place.textContent = new URL('.', location.href).href;
find('[data-meeting]').textContent = meeting;
const copy = find('[data-copy]');
// A page that came over plain HTTP from another machine has no clipboard.
copy.hidden = !navigator.clipboard;
copy.addEventListener('click', async () => {
  await navigator.clipboard.writeText(find('[data-snippet]').textContent);
  copy.textContent = 'Copied';
});

function find(selector) {
  return document.querySelector(selector);
}
