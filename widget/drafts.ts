/** What was written and not sent, for a reload of the page: for this tab alone, and as long as it lives. */
export const drafts = {
  read(address: string): string {
    try {
      return sessionStorage.getItem(key(address)) ?? '';
    } catch {
      // Storage can be blocked; then a draft lives as long as the page.
      return '';
    }
  },

  write(address: string, text: string): void {
    try {
      if (text === '') sessionStorage.removeItem(key(address));
      else sessionStorage.setItem(key(address), text);
    } catch {
      // Blocked, or full.
    }
  },
};

function key(address: string): string {
  return `meeting-chat:draft:${address}`;
}
