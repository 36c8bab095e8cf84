import { Cell, type Readable } from '../client/cell.ts';
import { isObject } from '../client/guards.ts';
import type { Hearing } from '../narrator.ts';
import { settingsKey } from '../settings-key.ts';

export type TextSize = 'small' | 'normal' | 'large' | 'largest';

/** What a reader has set, for every chat on this page's origin. */
export type Settings = {
  readonly sound: boolean;
  readonly notifications: boolean;
  readonly hearing: Hearing;
  readonly textSize: TextSize;
};

export const defaults: Settings = Object.freeze({
  sound: false,
  notifications: false,
  hearing: 'all',
  textSize: 'normal',
});

export const hearings: readonly Hearing[] = ['all', 'mentions', 'none'];
export const textSizes: readonly TextSize[] = ['small', 'normal', 'large', 'largest'];

// One for all elements of the page: what is set in one holds in the others at once.
const cell = new Cell(read());
addEventListener('storage', ({ key }) => key === settingsKey && cell.set(read()));

export const settings: Readable<Settings> = cell;

/** Holds at once, and for as long as storage lets it. */
export function change(news: Partial<Settings>): void {
  const changed = { ...cell.value, ...news };
  try {
    localStorage.setItem(settingsKey, JSON.stringify(changed));
  } catch {
    // Blocked, or full: then it holds as long as the page.
  }
  cell.set(changed);
}

/** What lies there may be of another version, or by another hand. */
function read(): Settings {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(settingsKey) ?? '{}');
    if (!isObject(kept)) return defaults;
    return {
      sound: kept.sound === true,
      notifications: kept.notifications === true,
      hearing: hearings.find((name) => name === kept.hearing) ?? defaults.hearing,
      textSize: textSizes.find((name) => name === kept.textSize) ?? defaults.textSize,
    };
  } catch {
    return defaults;
  }
}
