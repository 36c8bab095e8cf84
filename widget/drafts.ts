/** Where storage is blocked a draft lives as long as the page. */
const kept = new Map<string, string>();

/** What was written and not sent, for a reload of the page: for this tab alone, and as long as it lives. */
export const drafts = {
  read(address: string): string {
    try {
      return sessionStorage.getItem(key(address)) ?? kept.get(address) ?? '';
    } catch {
      return kept.get(address) ?? '';
    }
  },

  write(address: string, text: string): void {
    kept.delete(address);
    try {
      if (text === '') sessionStorage.removeItem(key(address));
      else sessionStorage.setItem(key(address), text);
    } catch {
      // Blocked, or full.
      if (text !== '') kept.set(address, text);
    }
  },
};

function key(address: string): string {
  return `meeting-chat:draft:${address}`;
}
