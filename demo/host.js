// What the host application owes the chat: a signed-in visitor, whose token lies where the element looks for it. A real
// application has its own sign-in and its backend signs the token; the demo asks the chat server, which signs for anyone.
import { visitor } from './visitor.js';

const role = document.documentElement.dataset.role;
const chat = document.querySelector('meeting-chat');
const problem = document.querySelector('[data-problem]');
const { name, meeting } = visitor(role === 'organizer' ? 'Alex' : 'Robin');
const renewBeforeMs = 60_000;
const retryMs = 2_000;

for (const place of document.querySelectorAll('[data-meeting]')) place.textContent = meeting;
document.querySelector('[data-name]').textContent = name;
document.title = `${meeting} · ${document.title}`;

await signIn();
chat.setAttribute('meeting', meeting);

/** Anew at every load: a server that was set up again in the meantime knows nothing of the token that lies here. */
async function signIn() {
  try {
    const answer = await fetch('token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, meeting, role }),
    });
    if (!answer.ok) throw new Error(`The demo gave no token (${answer.status}).`);
    const { token, expiresAt } = await answer.json();
    localStorage.setItem(chat.getAttribute('token-storage'), token);
    problem.hidden = true;
    setTimeout(signIn, Math.max(retryMs, expiresAt - Date.now() - renewBeforeMs));
  } catch (error) {
    problem.textContent = `${error.message} Trying again …`;
    problem.hidden = false;
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    await signIn();
  }
}
