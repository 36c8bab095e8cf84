import { isComposing } from '../views/composing.ts';

/** Arrow keys, Home and End go round the items; Escape and, where there are items, Tab close the menu. */
export function menuKeyed(event: KeyboardEvent, dismiss: () => void): void {
  const menu = event.currentTarget;
  if (!(menu instanceof HTMLElement) || isComposing(event)) return;
  const items = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  if (event.key === 'Escape' || (event.key === 'Tab' && items.length > 0)) {
    event.preventDefault();
    event.stopPropagation();
    dismiss();
    return;
  }
  const index = items.findIndex((item) => item.matches(':focus'));
  const next = items[nextIndex(event.key, index, items.length)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function nextIndex(key: string, index: number, count: number): number {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return (index + 1) % count;
    case 'ArrowUp':
    case 'ArrowLeft':
      return (index - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}
