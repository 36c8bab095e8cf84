/** Where a reader's settings lie, for all pages of the host page's origin. */
export const settingsKey = 'meeting-chat:settings';

/** Whether the reader has ever set anything: only then is there code to fetch for it. */
export function hasSettings(): boolean {
  try {
    return localStorage.getItem(settingsKey) !== null;
  } catch {
    // Storage can be blocked.
    return false;
  }
}
