import { type RefObject, useLayoutEffect, useRef } from 'react';

/** CSS `--ease-out`. */
const EASE_OUT = 'cubic-bezier(.2, .8, .2, 1)';

const prefersReducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Milliseconds of a move, 180 to 240 by distance in pixels. */
const durationOf = (distance: number): number => Math.min(240, 180 + Math.abs(distance) / 8);

/**
 * Animates the children marked `data-flip` when they change places (first, last, invert, play; transform only, all together), fades new ones
 * in and removed ones out. With reduced motion places change at once and a moved row gets the class `is-moved-tint`.
 * `scope` names what is listed: another scope (queue, tab) replaces the list without animation.
 */
export const useFlip = (container: RefObject<HTMLElement | null>, scope: string): void => {
  const before = useRef<{ scope: string; places: Map<string, { top: number; element: HTMLElement }> }>({ scope, places: new Map() });

  useLayoutEffect(() => {
    const list = container.current;
    if (!list) return;
    const places = new Map<string, { top: number; element: HTMLElement }>();
    for (const element of list.querySelectorAll<HTMLElement>('[data-flip]'))
      places.set(element.dataset['flip'] ?? '', { top: element.offsetTop, element });
    const last = before.current;
    before.current = { scope, places };
    if (last.scope !== scope || last.places.size === 0) return;
    if (prefersReducedMotion()) {
      for (const [key, { top, element }] of places) element.classList.toggle('is-moved-tint', (last.places.get(key)?.top ?? top) !== top);
      return;
    }
    const view = { from: list.scrollTop - 200, to: list.scrollTop + list.clientHeight + 200 };
    for (const [key, { top, element }] of places) {
      const from = last.places.get(key)?.top;
      if (from === undefined) {
        element.animate(
          [
            { opacity: 0, transform: 'translateY(4px)' },
            { opacity: 1, transform: 'none' },
          ],
          { duration: 180, easing: EASE_OUT },
        );
      } else if (from !== top && (inView(top, view) || inView(from, view))) {
        element.animate([{ transform: `translateY(${from - top}px)` }, { transform: 'none' }], {
          duration: durationOf(from - top),
          easing: EASE_OUT,
        });
      }
    }
    for (const [key, { top, element }] of last.places) if (!places.has(key) && inView(top, view)) fadeOut(list, element, top);
  });
};

const inView = (top: number, view: { from: number; to: number }): boolean => top >= view.from && top <= view.to;

/** A removed row stays for 120 ms as a picture of itself, which nobody can press or hear. */
const fadeOut = (list: HTMLElement, element: HTMLElement, top: number): void => {
  const ghost = element.cloneNode(true) as HTMLElement;
  delete ghost.dataset['flip'];
  ghost.setAttribute('aria-hidden', 'true');
  ghost.inert = true;
  ghost.classList.add('row-ghost');
  ghost.style.insetBlockStart = `${top}px`;
  list.append(ghost);
  ghost.animate([{ opacity: 1 }, { opacity: 0 }], { duration: 120, easing: 'cubic-bezier(.4, 0, 1, 1)' }).finished.then(
    () => ghost.remove(),
    () => ghost.remove(),
  );
};
