/** What the server at this address says in its metrics; 0 where it has not counted it yet. */
export async function figure(server: string, name: string): Promise<number> {
  const lines = (await (await fetch(new URL('metrics', server))).text()).split('\n');
  return Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length) ?? 0);
}
