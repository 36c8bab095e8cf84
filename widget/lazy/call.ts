import type { Members } from '../../protocol/entities.ts';

/** An @ that is being written: where it stands, and what stands between it and the caret. */
export type Call = { readonly at: number; readonly begun: string };

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly online: boolean;
  /** What is written behind the @: the name, or the id where several have that name. */
  readonly word: string;
};

/** More than this are never offered: whoever is looked for is found by another letter. */
const offeredAtMost = 20;

/** Undefined when none is being written. Behind a Latin letter or a digit an @ belongs to an address, as the server has it. */
export function callAt(text: string, caret: number): Call | undefined {
  const [, begun] = /(?<!\w)@([^@\n]{0,60})$/u.exec(text.slice(0, caret)) ?? [];
  return begun === undefined || begun.startsWith(' ') ? undefined : { at: caret - begun.length - 1, begun };
}

/** Whose name, or a word of it, begins so: first those whose name does, first those who are there. */
export function peopleFor(begun: string, members: Members, me: string | undefined): Person[] {
  const wanted = begun.toLowerCase();
  const names = Object.values(members).map(({ name }) => name.toLowerCase());
  return Object.entries(members)
    .filter(([id, { name }]) => id !== me && rank(name, id, wanted) < 3)
    .map(([id, { name, state }]) => {
      const isAlone = names.filter((other) => other === name.toLowerCase()).length === 1;
      return { id, name, online: state === 'online', word: isAlone ? name : id };
    })
    .sort(
      (a, b) =>
        rank(a.name, a.id, wanted) - rank(b.name, b.id, wanted) ||
        Number(b.online) - Number(a.online) ||
        a.name.localeCompare(b.name),
    )
    .slice(0, offeredAtMost);
}

function rank(name: string, id: string, wanted: string): number {
  const lower = name.toLowerCase();
  if (lower.startsWith(wanted)) return 0;
  if (lower.split(/\s+/u).some((word) => word.startsWith(wanted))) return 1;
  return id.toLowerCase().startsWith(wanted) ? 2 : 3;
}
