import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Ends the processes that a finished step left behind, and names them. They are known by the mark that the step put into
 * their environment: a child that was orphaned or became a daemon has lost its parent and its group, but not that.
 */
export async function endLeftovers(mark) {
  const patience = Date.now() + 2_000;
  let left = marked(mark);
  // What was told to end needs a moment to do so.
  while (left.length > 0 && Date.now() < patience) {
    await wait(50);
    left = marked(mark);
  }
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Ended between the look and the signal.
    }
  }
  return left.map(({ pid, command }) => `${command} (${pid})`);
}

/** Linux only; elsewhere there is no such list, and nothing is found. */
function marked(mark) {
  const found = [];
  for (const pid of processIds()) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`MEETING_CHAT_STEP=${mark}\0`)) continue;
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, 3).join(' ').trim();
      // A zombie has no command line: it has ended, and only its parent has not looked yet.
      if (command) found.push({ pid, command });
    } catch {
      // It ended while we looked, or belongs to another user.
    }
  }
  return found;
}

function processIds() {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}
