/** Which of so many a name falls to: always the same one, on every instance. */
export function spreadOver(count: number, name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at += 1) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0;
  return (hash >>> 0) % count;
}
