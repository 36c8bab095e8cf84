const companions = ['Robin', 'Kim'];

/** Who visits which meeting, as the page's address says, or else as a newcomer finds it. */
export function visitor(nameless = 'Alex') {
  const asked = new URLSearchParams(location.search);
  const name = asked.get('name')?.trim() || nameless;
  const meeting = channelId(asked.get('meeting') ?? '') || 'welcome';
  /** Who sits on the other side: never a namesake, or both sides would be one user. */
  const companion = companions.find((other) => other.toLowerCase() !== name.toLowerCase());
  return { name, meeting, companion };
}

/** "Team sync!" → "team-sync": whatever was typed becomes an id of the alphabet that channels have. */
function channelId(text) {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._:@+]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
}
